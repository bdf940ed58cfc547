import type { TargetedEvent, VNode } from 'preact'
import { useId } from 'preact/hooks'
import type { Preference } from '../actions/preferences'

interface PreferenceChoiceProps<T extends string | number> {
  label: string
  hint?: string
  preference: Preference<T>
  choices: readonly (readonly [value: T, name: string])[]
}

/** A setting with few values; a choice is in force at once. */
export function PreferenceChoice<T extends string | number>(props: PreferenceChoiceProps<T>): VNode {
  const { label, hint, preference, choices } = props
  const id = useId()
  const change = (event: TargetedEvent<HTMLSelectElement>) => {
    const chosen = choices[event.currentTarget.selectedIndex]
    if (chosen) void preference.choose(chosen[0])
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={String(preference.shown.value ?? '')}
        onChange={change}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        {choices.map(([value, name]) => (
          <option key={value} value={String(value)}>
            {name}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
