import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { ENTRY_DEFAULTS, ENTRY_LIMITS, needsPin, type Algorithm, type EntryType } from '../../../core/entry'
import { text } from '../../../i18n/text'
import type { EntryDraft } from '../../../rpc/account-calls'
import { addByHand } from '../../actions/accounts'
import { backToList } from '../../actions/navigation'
import { Choice, Field } from '../../components/field'
import { Form } from '../../components/form'
import { TYPE_NAMES } from '../../components/kind-line'
import { ScreenHead } from '../../components/screen-head'

const ALGORITHMS: readonly Algorithm[] = ['SHA1', 'SHA256', 'SHA512', 'SHA224', 'SHA384', 'MD5']
const DIGITS = { from: ENTRY_LIMITS.minDigits, to: ENTRY_LIMITS.maxDigits }
const PERIOD = { from: 1, to: ENTRY_LIMITS.maxPeriodSeconds }
const COUNTER = { from: 0, to: Number.MAX_SAFE_INTEGER }

type Name = 'type' | 'issuer' | 'label' | 'secret' | 'site' | 'algorithm' | 'digits' | 'period' | 'counter' | 'pin'
type Draft = Readonly<Record<Name, Signal<string>>>

/** An account typed from what a site shows in words. */
export function ByHand(): VNode {
  const draft = useDraft()
  const checked = useSignal(false)
  const problems = checked.value ? problemsOf(draft) : {}
  const check = () => {
    checked.value = true
    return Object.keys(problemsOf(draft)).length === 0
  }
  return (
    <div class="screen">
      <ScreenHead title={text('by_hand_title')} />
      <main class="scroll padded">
        <Form
          place="by-hand"
          check={check}
          onSubmit={() => void addByHand(entryDraft(draft))}
          submit={text('save')}
          others={
            <button type="button" onClick={backToList}>
              {text('cancel')}
            </button>
          }
        >
          <Field label={text('issuer')} value={draft.issuer} problem={problems.name ?? null} autofocus />
          <Field label={text('account')} value={draft.label} />
          <Field
            label={text('secret')}
            value={draft.secret}
            hint={text(draft.type.value === 'motp' ? 'secret_hint_hex' : 'secret_hint')}
            problem={problems.secret ?? null}
          />
          <Field label={text('site')} value={draft.site} optional hint={text('site_hint')} />
          <ParameterFields draft={draft} problems={problems} />
        </Form>
      </main>
    </div>
  )
}

function ParameterFields({ draft, problems }: { draft: Draft; problems: Problems }): VNode {
  const type = draft.type.value as EntryType
  return (
    <fieldset>
      <legend>{text('parameters')}</legend>
      <p class="hint">{text('more_settings')}</p>
      <div class="pair">
        <Choice
          label={text('type')}
          value={draft.type}
          choices={Object.entries(TYPE_NAMES)}
          onChange={(next) => takeUsual(draft, next as EntryType)}
        />
        <Choice
          label={text('algorithm')}
          value={draft.algorithm}
          choices={ALGORITHMS.map((one) => [one, one] as const)}
        />
      </div>
      <div class="pair">
        <NumberField label={text('digits')} value={draft.digits} range={DIGITS} problem={problems.digits} />
        <NumberField label={text('period')} value={draft.period} range={PERIOD} problem={problems.period} hint />
      </div>
      {type === 'hotp' && (
        <NumberField label={text('counter')} value={draft.counter} range={COUNTER} problem={problems.counter} />
      )}
      {needsPin(type) && <Field label={text('motp_pin')} value={draft.pin} problem={problems.pin ?? null} />}
    </fieldset>
  )
}

interface Range {
  from: number
  to: number
}

interface NumberFieldProps {
  label: string
  value: Signal<string>
  range: Range
  problem: string | undefined
  hint?: boolean
}

function NumberField({ label, value, range, problem, hint }: NumberFieldProps): VNode {
  return (
    <Field
      label={label}
      value={value}
      type="number"
      min={range.from}
      max={range.to}
      problem={problem ?? null}
      {...(hint ? { hint: text('period_hint') } : {})}
    />
  )
}

function useDraft(): Draft {
  return {
    type: useSignal<string>('totp'),
    issuer: useSignal(''),
    label: useSignal(''),
    secret: useSignal(''),
    site: useSignal(''),
    algorithm: useSignal<string>(ENTRY_DEFAULTS.totp.algorithm),
    digits: useSignal(String(ENTRY_DEFAULTS.totp.digits)),
    period: useSignal(String(ENTRY_DEFAULTS.totp.periodSeconds)),
    counter: useSignal('0'),
    pin: useSignal(''),
  }
}

/** Another type begins with what its accounts use unless the site says otherwise. */
function takeUsual(draft: Draft, type: EntryType): void {
  const { algorithm, digits, periodSeconds } = ENTRY_DEFAULTS[type]
  draft.algorithm.value = algorithm
  draft.digits.value = String(digits)
  draft.period.value = String(periodSeconds)
}

type Problems = Partial<Record<'name' | 'secret' | 'digits' | 'period' | 'counter' | 'pin', string>>

function problemsOf(draft: Draft): Problems {
  const problems: Problems = {}
  if (!draft.issuer.value.trim() && !draft.label.value.trim()) problems.name = text('name_missing')
  if (!draft.secret.value.trim()) problems.secret = text('secret_missing')
  if (!isWithin(draft.digits.value, DIGITS)) problems.digits = text('number_between', DIGITS)
  if (!isWithin(draft.period.value, PERIOD)) problems.period = text('number_between', PERIOD)
  if (draft.type.value === 'hotp' && !isWithin(draft.counter.value, COUNTER)) {
    problems.counter = text('number_between', COUNTER)
  }
  if (needsPin(draft.type.value as EntryType) && !draft.pin.value) problems.pin = text('pin_needed')
  return problems
}

function isWithin(typed: string, { from, to }: Range): boolean {
  const number = Number(typed)
  return typed.trim() !== '' && Number.isInteger(number) && number >= from && number <= to
}

function entryDraft(draft: Draft): EntryDraft {
  const type = draft.type.value as EntryType
  return {
    type,
    issuer: draft.issuer.value.trim(),
    label: draft.label.value.trim(),
    secret: draft.secret.value,
    algorithm: draft.algorithm.value as Algorithm,
    digits: Number(draft.digits.value),
    periodSeconds: Number(draft.period.value),
    site: draft.site.value.trim(),
    ...(type === 'hotp' ? { counter: Number(draft.counter.value) } : {}),
    ...(needsPin(type) ? { pin: draft.pin.value } : {}),
  }
}
