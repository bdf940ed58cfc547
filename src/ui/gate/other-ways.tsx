import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { loadWays, unlockWithSheet } from '../actions/ways'
import { ways } from '../ways-state'
import { FailureNote } from '../components/failure-note'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { PasskeyButton } from './passkey-button'
import { StartAnew } from './start-anew'

/** For who has forgotten the passphrase: what else opens the vault (KEY-10). */
export function OtherWays(): VNode | null {
  useEffect(() => void loadWays(), [])
  const known = ways.value
  if (!known) return <FailureNote place="ways" />
  return (
    <>
      {known.sheet && <BySheet />}
      {known.passkeys.length > 0 && <PasskeyButton label={text('use_passkey')} forgotten />}
      {!known.sheet && known.passkeys.length === 0 && <p>{text('other_ways_none')}</p>}
      <StartAnew />
    </>
  )
}

function BySheet(): VNode {
  const code = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return code.value.trim() !== ''
  }
  return (
    <Form
      place="unlock"
      check={check}
      onSubmit={() => void unlockWithSheet(code.value)}
      submit={text('use_sheet')}
      submitting={text('unlocking')}
      class="wide-submit"
    >
      <Field
        label={text('sheet_code')}
        value={code}
        hint={text('use_sheet_lead')}
        problem={checked.value && code.value.trim() === '' ? text('sheet_code_missing') : null}
        autofocus
      />
    </Form>
  )
}
