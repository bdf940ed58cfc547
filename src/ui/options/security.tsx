import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { AUTO_LOCK_MINUTES, CLIPBOARD_SECONDS } from '../../settings'
import { text } from '../../i18n/text'
import { preferences } from '../actions/preferences'
import { changePassphrase, lock } from '../actions/vault'
import { say } from '../actions/toast'
import { PASSPHRASE_LENGTH } from '../components/create-vault'
import { FailureNote } from '../components/failure-note'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { PreferenceChoice } from '../components/preference-choice'
import { AdminSwitch } from './admin-switch'
import { Section } from './section'

/** When the vault locks, and what opens it. */
export function Security(): VNode {
  return (
    <Section name="security">
      <FailureNote place="preferences" />
      <div class="pair">
        <PreferenceChoice
          label={text('auto_lock')}
          hint={text('auto_lock_hint')}
          preference={preferences.autoLockMinutes}
          choices={AUTO_LOCK_MINUTES.map((minutes) => [minutes, text('minutes_choice', { minutes })] as const)}
        />
        <PreferenceChoice
          label={text('clipboard_clear')}
          hint={text('clipboard_clear_hint')}
          preference={preferences.clipboardClearSeconds}
          choices={CLIPBOARD_SECONDS.map((seconds) => [seconds, text('seconds_choice', { seconds })] as const)}
        />
      </div>
      <div class="actions start">
        <button type="button" onClick={() => void lock()}>
          {text('lock_now')}
        </button>
      </div>
      <ChangePassphrase />
      <AdminSwitch />
    </Section>
  )
}

function ChangePassphrase(): VNode {
  const current = useSignal('')
  const next = useSignal('')
  const repeated = useSignal('')
  const checked = useSignal(false)
  const tooShort = [...next.value].length < PASSPHRASE_LENGTH
  const differs = repeated.value !== next.value
  const check = () => {
    checked.value = true
    return current.value !== '' && !tooShort && !differs
  }
  const change = async () => {
    if (!(await changePassphrase(current.value, next.value))) return
    for (const field of [current, next, repeated]) field.value = ''
    checked.value = false
    say({ text: text('passphrase_changed') })
  }
  const problem = (wrong: boolean, words: string) => (checked.value && wrong ? words : null)
  return (
    <details class="panel">
      <summary>{text('change_passphrase')}</summary>
      <Form place="change-passphrase" check={check} onSubmit={() => void change()} submit={text('change_passphrase')}>
        <Field
          label={text('current_passphrase')}
          value={current}
          type="password"
          problem={problem(current.value === '', text('passphrase_missing'))}
        />
        <Field
          label={text('new_passphrase')}
          value={next}
          type="password"
          hint={text('passphrase_hint')}
          problem={problem(tooShort, text('passphrase_too_short'))}
        />
        <Field
          label={text('repeat_new_passphrase')}
          value={repeated}
          type="password"
          problem={problem(!tooShort && differs, text('passphrases_differ'))}
        />
      </Form>
    </details>
  )
}
