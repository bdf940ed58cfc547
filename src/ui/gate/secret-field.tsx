import type { Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { RescueSecret } from '../../rpc/health-calls'
import { Choice, Field } from '../components/field'

/** What was typed as the kind that was chosen. */
export function typedSecret(kind: string, typed: string): RescueSecret {
  return kind === 'sheet' ? { sheet: typed } : { passphrase: typed }
}

interface SecretFieldProps {
  kind: Signal<string>
  typed: Signal<string>
  missing: boolean
}

/** The passphrase or the code of the recovery sheet, as the user chooses. */
export function SecretField({ kind, typed, missing }: SecretFieldProps): VNode {
  const sheet = kind.value === 'sheet'
  return (
    <>
      <Choice
        label={text('rescue_with')}
        value={kind}
        choices={[
          ['passphrase', text('passphrase')],
          ['sheet', text('sheet_code')],
        ]}
        onChange={() => (typed.value = '')}
      />
      <Field
        key={kind.value}
        label={text(sheet ? 'sheet_code' : 'passphrase')}
        value={typed}
        type="password"
        problem={missing ? text(sheet ? 'sheet_code_missing' : 'passphrase_missing') : null}
      />
    </>
  )
}
