import { useSignal, useSignalEffect, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { judged, madePassphrase, prepareJudge } from '../actions/passphrase'
import { Field } from '../components/field'
import { StrengthMeter, strengthText } from './strength-meter'

/** The shortest passphrase that is taken, however it is judged. */
export const PASSPHRASE_LENGTH = 8

/** A passphrase that is being chosen. */
export interface NewPassphrase {
  readonly chosen: Signal<string>
  readonly repeated: Signal<string>
  /** The one that we made, as long as it stands in the field. */
  readonly made: Signal<string | null>
  /** Whether what was typed has been looked at once. */
  readonly checked: Signal<boolean>
}

/** For the screen that asks for one. */
export function useNewPassphrase(): NewPassphrase {
  const chosen = useSignal('')
  const repeated = useSignal('')
  const made = useSignal<string | null>(null)
  useSignalEffect(() => {
    if (chosen.value !== '') void prepareJudge()
    if (made.value === null || made.value === chosen.value) return
    // From here on it is the user's own, and typed twice.
    made.value = null
    repeated.value = ''
  })
  return { chosen, repeated, made, checked: useSignal(false) }
}

/** Whether it may be sent; from now on the fields say why not. What the estimator has not seen yet, the action judges. */
export function isAccepted(passphrase: NewPassphrase): boolean {
  passphrase.checked.value = true
  return problemOf(passphrase) === null && !differs(passphrase)
}

/** Empties the fields. */
export function forgetChosen({ chosen, repeated, made, checked }: NewPassphrase): void {
  chosen.value = ''
  repeated.value = ''
  made.value = null
  checked.value = false
}

function problemOf({ chosen }: NewPassphrase): string | null {
  if ([...chosen.value].length < PASSPHRASE_LENGTH) return text('passphrase_too_short')
  const strength = judged(chosen.value)
  return strength && !strength.enough ? strengthText(strength) : null
}

function differs({ chosen, repeated }: NewPassphrase): boolean {
  return chosen.value !== repeated.value
}

interface FieldsProps {
  passphrase: NewPassphrase
  labels: readonly [chosen: string, repeated: string]
  autofocus?: boolean
}

/** Asks for a passphrase, twice; says how good it is, and makes one on demand, which nobody has to repeat. */
export function NewPassphraseFields({ passphrase, labels, autofocus = false }: FieldsProps): VNode {
  const { chosen, repeated, made, checked } = passphrase
  const problem = checked.value ? problemOf(passphrase) : null
  const strength = chosen.value === '' ? null : judged(chosen.value)
  const hint = strength ? strengthText(strength) : text('passphrase_hint')
  return (
    // The estimator is large: loaded when somebody comes here, while they think.
    <div class="form" onFocusIn={() => void prepareJudge()}>
      <Field
        label={labels[0]}
        value={chosen}
        type="password"
        {...(problem ? {} : { hint })}
        problem={problem}
        autofocus={autofocus}
        aside={<MakeButton passphrase={passphrase} />}
        meter={<StrengthMeter strength={strength} />}
      />
      {made.value === null ? (
        <Field
          label={labels[1]}
          value={repeated}
          type="password"
          problem={checked.value && !problem && differs(passphrase) ? text('passphrases_differ') : null}
        />
      ) : (
        <Made words={made.value} />
      )}
    </div>
  )
}

function MakeButton({ passphrase: { chosen, repeated, made } }: { passphrase: NewPassphrase }): VNode {
  const make = async () => {
    const words = await madePassphrase()
    made.value = words
    chosen.value = words
    repeated.value = words
  }
  return (
    <button type="button" class="link small-link" onClick={() => void make()}>
      {text('make_passphrase')}
    </button>
  )
}

/** Plain to read, and not to be copied: what is to last belongs on paper, not on the clipboard. */
function Made({ words }: { words: string }): VNode {
  return (
    <div class="made" role="status">
      <p class="hint">{text('made_passphrase')}</p>
      <p class="secret made-words" lang="en">
        {words}
      </p>
    </div>
  )
}
