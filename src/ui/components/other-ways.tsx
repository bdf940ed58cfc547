import { useSignal } from '@preact/signals'
import { KeyRound } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { loadWays, unlockWithPasskey, unlockWithSheet } from '../actions/ways'
import { running } from '../state'
import { ways } from '../ways-state'
import { FailureNote } from './failure-note'
import { Field } from './field'
import { Form } from './form'
import { Icon } from './icon'

/** For who has forgotten the passphrase: what else opens the vault (KEY-10). */
export function OtherWays(): VNode | null {
  useEffect(() => void loadWays(), [])
  const known = ways.value
  if (!known) return <FailureNote place="ways" />
  return (
    <>
      {known.sheet && <BySheet />}
      {known.passkeys.length > 0 && <ByPasskey alone={known.sheet === null} />}
      {!known.sheet && known.passkeys.length === 0 && <p>{text('other_ways_none')}</p>}
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

/** Beside a sheet its form shows why a try failed. */
function ByPasskey({ alone }: { alone: boolean }): VNode {
  return (
    <>
      {alone && <FailureNote place="unlock" />}
      <button
        type="button"
        class="wide with-icon"
        aria-disabled={running.value.has('unlock')}
        onClick={() => void unlockWithPasskey({ forgotten: true })}
      >
        <Icon node={KeyRound} size={17} />
        {text('use_passkey')}
      </button>
    </>
  )
}
