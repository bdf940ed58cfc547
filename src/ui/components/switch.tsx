import type { VNode } from 'preact'
import { useId } from 'preact/hooks'

interface SwitchProps {
  label: string
  /** What it does, in a line; null where the user was told before. */
  hint: string | null
  on: boolean
  onChange: (on: boolean) => void
}

/** What is on or off at once, and explained. */
export function Switch(props: SwitchProps): VNode {
  return <Explained {...props} role="switch" />
}

/** What is ticked until a button sends it, and explained. */
export function Tick(props: SwitchProps): VNode {
  return <Explained {...props} />
}

function Explained({ label, hint, on, onChange, role }: SwitchProps & { role?: 'switch' }): VNode {
  const id = useId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        {...(role ? { role, class: 'switch' } : {})}
        checked={on}
        {...(hint === null ? {} : { 'aria-describedby': `${id}-hint` })}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {hint !== null && (
          <p id={`${id}-hint`} class="hint">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
