import type { Signal } from '@preact/signals'
import type { ComponentChildren, TargetedEvent, VNode } from 'preact'
import { useId } from 'preact/hooks'
import { hidesCharacters } from '../../i18n/shown-text'
import { text } from '../../i18n/text'

interface FieldProps {
  label: string
  /** The text typed; set as a property, so that it never stands in an attribute (MEM-2). */
  value: Signal<string>
  type?: 'text' | 'password' | 'number' | 'url' | 'email' | 'tel'
  hint?: string
  /** Why this field was not accepted. */
  problem?: string | null
  optional?: boolean
  /** What can be done about this field, beside its label. */
  aside?: ComponentChildren
  /** What is drawn of what was typed, between the field and its hint. */
  meter?: ComponentChildren
  autofocus?: boolean
  min?: number
  max?: number
  lines?: number
}

/** A labelled field with its hint and its problem. */
export function Field({ label, hint, problem, optional, aside, meter, ...rest }: FieldProps): VNode {
  const id = useId()
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        {optional && <span class="faint">{text('optional')}</span>}
        {aside}
      </div>
      <Input id={id} described={describedBy({ id, hint, problem })} invalid={Boolean(problem)} {...rest} />
      {meter}
      <Notes id={id} hint={hint} problem={problem} />
    </div>
  )
}

interface NotesProps {
  id: string
  hint: string | undefined
  problem: string | null | undefined
}

/** What stands below a field, and what describes it to assistive technology. */
function Notes({ id, hint, problem }: NotesProps): VNode {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} class="problem">
          {problem}
        </p>
      )}
    </>
  )
}

function describedBy({ id, hint, problem }: NotesProps): string | undefined {
  return [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ') || undefined
}

type InputProps = Omit<FieldProps, 'label' | 'hint' | 'problem' | 'optional' | 'aside' | 'meter'> & {
  id: string
  described: string | undefined
  invalid: boolean
}

function Input({ id, value, type = 'text', described, invalid, lines, autofocus, min, max }: InputProps): VNode {
  const common = {
    id,
    value: value.value,
    // What is typed must not reach the browser's session files or its form memory.
    autocomplete: 'off',
    spellcheck: false,
    dir: directionOf(type, value.value),
    'aria-invalid': invalid,
    'aria-describedby': described,
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      value.value = event.currentTarget.value
    },
  } as const
  const ref = autofocus ? focusOnce : null
  if (lines) return <textarea {...common} ref={ref} rows={lines} />
  return <input {...common} ref={ref} type={type as 'text'} {...(min === undefined ? {} : { min, max: max ?? min })} />
}

/** Addresses and numbers run from the left; whatever else is typed, the way it is written. */
function directionOf(type: FieldProps['type'], typed: string): 'ltr' | 'auto' | undefined {
  if (type === 'url' || type === 'email' || type === 'tel') return 'ltr'
  return typed === '' ? undefined : 'auto'
}

/** A field for a name that may have come from a stranger: what is invisible in it is said (INP-8). */
export function NameField(props: Pick<FieldProps, 'label' | 'value' | 'problem' | 'autofocus'>): VNode {
  const shown = props.value.value
  return <Field {...props} {...(hidesCharacters(shown) ? { hint: text('hidden_characters', { shown }) } : {})} />
}

const focused = new WeakSet<Element>()

/** A ref that focuses an element when it is first drawn, and never again. */
export function focusOnce(element: HTMLElement | null): void {
  if (!element || focused.has(element)) return
  focused.add(element)
  element.focus()
}

/** The same, unless the user has gone somewhere meanwhile: what they are about to press must not change under their hands. */
export function focusIfFree(element: HTMLElement | null): void {
  const at = document.activeElement
  const searching = at instanceof HTMLInputElement && at.type === 'search' && at.value === ''
  if (searching || isFocusFree()) focusOnce(element)
}

/** Whether nothing on the page has the focus. */
export function isFocusFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

interface ChoiceProps {
  label: string
  value: Signal<string>
  choices: readonly (readonly [value: string, name: string])[]
  hint?: string
  /** Why this choice was not accepted. */
  problem?: string | null
  onChange?: (value: string) => void
}

/** A labelled list to choose from. */
export function Choice({ label, value, choices, hint, problem, onChange }: ChoiceProps): VNode {
  const id = useId()
  const change = (event: TargetedEvent<HTMLSelectElement>) => {
    value.value = event.currentTarget.value
    onChange?.(value.value)
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value.value}
        onChange={change}
        aria-invalid={Boolean(problem)}
        aria-describedby={describedBy({ id, hint, problem })}
      >
        {choices.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
      <Notes id={id} hint={hint} problem={problem} />
    </div>
  )
}
