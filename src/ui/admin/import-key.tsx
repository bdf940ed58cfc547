import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { decodeBase32 } from '../../core/base32'
import { text } from '../../i18n/text'
import { importKey } from '../actions/admin'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { Secret } from '../components/secret'
import { importedRecoveryCode } from './state'

const LEAST_BYTES = 16

/** Gives a user a TOTP key made elsewhere, with the recovery code that goes with it (ADM-4). */
export function ImportKey(): VNode {
  const userId = useSignal('')
  const again = useSignal('')
  const secret = useSignal('')
  const recoveryCode = useSignal('')
  const checked = useSignal(false)
  const differs = again.value.trim() !== userId.value.trim()
  const weak = !isStrong(secret.value)
  const check = () => {
    checked.value = true
    return userId.value.trim() !== '' && !differs && !weak
  }
  const send = async () => {
    const code = recoveryCode.value.trim()
    const key = { userId: userId.value.trim(), secret: secret.value.trim(), ...(code ? { recoveryCode: code } : {}) }
    if (!(await importKey(key))) return
    for (const field of [again, secret, recoveryCode]) field.value = ''
    checked.value = false
  }
  const problem = (wrong: boolean, words: string) => (checked.value && wrong ? words : null)
  return (
    <section class="panel" aria-labelledby="import-key">
      <h2 id="import-key">{text('admin_import_title')}</h2>
      <Form place="admin-import" check={check} onSubmit={() => void send()} submit={text('import_key')}>
        <div class="pair">
          <Field
            label={text('user_id')}
            value={userId}
            problem={problem(!userId.value.trim(), text('field_missing'))}
          />
          <Field label={text('user_id_again')} value={again} problem={problem(differs, text('user_id_differs'))} />
        </div>
        <Field label={text('secret')} value={secret} problem={problem(weak, text('secret_too_weak'))} />
        <Field label={text('recovery_code')} value={recoveryCode} optional />
      </Form>
      <Imported />
    </section>
  )
}

function Imported(): VNode {
  return (
    <div role="status">
      {importedRecoveryCode.value !== null && (
        <>
          <p>{text('imported')}</p>
          <Secret>{importedRecoveryCode.value}</Secret>
        </>
      )}
    </div>
  )
}

function isStrong(secret: string): boolean {
  try {
    return decodeBase32(secret).length >= LEAST_BYTES
  } catch {
    // Not Base32: the field says so.
    return false
  }
}
