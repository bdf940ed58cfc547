import { useSignal, type Signal } from '@preact/signals'
import { Info } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { exportAccounts, forgetExport } from '../../actions/transfer-export'
import { Dialog } from '../../components/dialog'
import { Choice, Field } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import { PASSPHRASE_LENGTH } from '../../gate/new-passphrase'
import { EXPORT_CHOICES, type ExportChoice } from '../../export-choices'
import { exported } from '../../transfer-state'
import { ChooseAccounts, type ChosenAccounts } from './transfer-accounts'
import { ExportResult } from './transfer-exported'

interface ExportProps {
  /** The accounts ticked at first, by id; null: all. */
  only: readonly string[] | null
  onClose: () => void
}

/** Writes accounts to a file: which, what kind, with what password, and the passphrase once more. */
export function ExportDialog({ only, onClose }: ExportProps): VNode {
  const result = exported.value
  const close = () => {
    forgetExport()
    onClose()
  }
  return (
    <Dialog title={text('export')} onClose={close}>
      {result ? <ExportResult result={result} onClose={close} /> : <ExportForm only={only} onClose={close} />}
    </Dialog>
  )
}

interface Typed {
  readonly password: Signal<string>
  readonly repeated: Signal<string>
  readonly passphrase: Signal<string>
  /** Whether what was typed has been looked at once. */
  readonly checked: Signal<boolean>
}

function ExportForm({ only, onClose }: ExportProps): VNode {
  const format = useSignal<string>(EXPORT_CHOICES[0].format)
  const protect = useSignal(true)
  const chosen: ChosenAccounts = useSignal(only && new Set(only))
  const typed: Typed = {
    password: useSignal(''),
    repeated: useSignal(''),
    passphrase: useSignal(''),
    checked: useSignal(false),
  }
  const choice: ExportChoice = EXPORT_CHOICES.find((one) => one.format === format.value) ?? EXPORT_CHOICES[0]
  const encrypted = choice.password === 'always' || (choice.password === 'optional' && protect.value)
  const check = () => {
    typed.checked.value = true
    const { tooShort, differs } = judge(typed)
    return typed.passphrase.value !== '' && chosen.value?.size !== 0 && !(encrypted && (tooShort || differs))
  }
  const go = () => {
    const password = encrypted ? typed.password.value : null
    void exportAccounts({
      choice,
      password,
      passphrase: typed.passphrase.value,
      ids: chosen.value && [...chosen.value],
    })
  }
  return (
    <Form
      place="export"
      check={check}
      onSubmit={go}
      submit={text('export')}
      submitting={text('exporting')}
      others={
        <button type="button" onClick={onClose}>
          {text('cancel')}
        </button>
      }
    >
      <Choice
        label={text('export_format')}
        value={format}
        choices={EXPORT_CHOICES.map((one) => [one.format, choiceName(one)] as const)}
      />
      <ChooseAccounts
        chosen={chosen}
        problem={typed.checked.value && chosen.value?.size === 0 ? text('export_none') : null}
      />
      {choice.password === 'optional' && <Protect protect={protect} />}
      {encrypted ? <PasswordFields typed={typed} /> : <PlainWarning choice={choice} />}
      <Field
        label={text('passphrase')}
        value={typed.passphrase}
        type="password"
        hint={text('export_passphrase_hint')}
        problem={typed.checked.value && typed.passphrase.value === '' ? text('passphrase_missing') : null}
      />
    </Form>
  )
}

/** Products by their own names, the rest in our words. */
function choiceName({ format, name }: ExportChoice): string {
  const words = {
    latchkey: 'export_latchkey',
    google: 'export_google',
    otpauth: 'export_otpauth',
    csv: 'export_csv',
    html: 'export_html',
  } as const
  const key = Object.entries(words).find(([one]) => one === format)?.[1]
  return key ? text(key) : (name ?? format)
}

function judge({ password, repeated }: Typed): { tooShort: boolean; differs: boolean } {
  return { tooShort: [...password.value].length < PASSPHRASE_LENGTH, differs: password.value !== repeated.value }
}

function Protect({ protect }: { protect: Signal<boolean> }): VNode {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={protect.value}
        onChange={(event) => (protect.value = event.currentTarget.checked)}
      />
      {text('export_protect')}
    </label>
  )
}

function PasswordFields({ typed }: { typed: Typed }): VNode {
  const { tooShort, differs } = judge(typed)
  const problem = (wrong: boolean, words: string) => (typed.checked.value && wrong ? words : null)
  return (
    <>
      <Field
        label={text('file_password')}
        value={typed.password}
        type="password"
        hint={text('export_password_hint')}
        problem={problem(tooShort, text('passphrase_too_short'))}
      />
      <Field
        label={text('repeat_file_password')}
        value={typed.repeated}
        type="password"
        problem={problem(!tooShort && differs, text('passwords_differ'))}
      />
    </>
  )
}

/** A plain file says what it is before it is made. */
function PlainWarning({ choice }: { choice: ExportChoice }): VNode {
  return (
    <p class="note failure">
      <Icon node={Info} size={16} />
      <span class="note-text">
        {text(choice.format === 'google' ? 'export_google_warning' : 'export_plain_warning')}
      </span>
    </p>
  )
}
