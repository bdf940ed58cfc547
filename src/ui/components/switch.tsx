import type { VNode } from 'preact'
import { useId } from 'preact/hooks'

interface SwitchProps {
  label: string
  /** What it does, in a line. */
  hint: string
  on: boolean
  onChange: (on: boolean) => void
}

/** What is on or off, and explained. */
export function Switch({ label, hint, on, onChange }: SwitchProps): VNode {
  const id = useId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
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
