import type { ComponentChildren, VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { running } from '../state'
import { FailureNote } from './failure-note'

interface FormProps {
  /** Where its failures and its being at work are kept. */
  place: string
  /** Answers whether what was typed is complete; if not, the first field with a problem is focused. */
  check?: () => boolean
  onSubmit: () => void
  submit: string
  submitting?: string
  /** Buttons beside the submit button. */
  others?: ComponentChildren
  children: ComponentChildren
  /** Its place shows failures elsewhere, for several forms at once. */
  failureElsewhere?: boolean
  /** For what stands beside the usual way. */
  quiet?: boolean
  class?: string
}

/** Fields, why the last try failed, and the button that sends them. What was typed stays when it fails. */
export function Form({
  place,
  check,
  onSubmit,
  submit,
  submitting,
  others,
  quiet,
  failureElsewhere,
  children,
  ...rest
}: FormProps): VNode {
  const form = useRef<HTMLFormElement>(null)
  const busy = running.value.has(place)
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (busy) return
    if (check && !check()) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    onSubmit()
  }
  return (
    <form ref={form} class={`form ${rest.class ?? ''}`} onSubmit={send} noValidate autocomplete="off">
      {children}
      <div class="form-foot">
        {!failureElsewhere && <FailureNote place={place} />}
        <div class="actions">
          {others}
          <button type="submit" class={quiet ? '' : 'primary'} aria-disabled={busy}>
            {busy && submitting ? submitting : submit}
          </button>
        </div>
      </div>
    </form>
  )
}
