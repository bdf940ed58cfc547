import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import type { Preference } from '../actions/preferences'

interface PreferenceSwitchProps {
  label: string
  hint: string
  preference: Preference<boolean>
}

/** A setting that is on or off, in force at once. */
export function PreferenceSwitch({ label, hint, preference }: PreferenceSwitchProps): VNode {
  const id = useId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={preference.shown.value ?? false}
        aria-describedby={`${id}-hint`}
        onChange={(event) => void preference.choose(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      </div>
    </div>
  )
}
