import type { Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { Field } from '../../components/field'

const COUNTER = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** What was typed as a counter; null for what is none. */
export function counterOf(typed: string): number | null {
  const counter = Number(typed)
  return typed.trim() !== '' && Number.isSafeInteger(counter) && counter >= COUNTER.from ? counter : null
}

/** The counter of an HOTP account's next code. */
export function CounterField({ value, checked }: { value: Signal<string>; checked: boolean }): VNode {
  return (
    <Field
      label={text('counter')}
      value={value}
      type="number"
      min={COUNTER.from}
      max={COUNTER.to}
      hint={text('counter_hint')}
      problem={checked && counterOf(value.value) === null ? text('number_between', COUNTER) : null}
    />
  )
}
