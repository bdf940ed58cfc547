import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { isFocusFree } from './field'

interface DialogProps {
  title: string
  /** `alertdialog` for a question that must be answered before anything is lost. */
  role?: 'dialog' | 'alertdialog'
  /** Called on Escape. */
  onClose: () => void
  children: ComponentChildren
}

/**
 * Gives the focus back to where it was, unless somebody has it by now. Closing a dialog does that, too; but Chromium then keeps it,
 * with what it was drawn from, until the page is painted next, and one that nobody sees is not (MEM-3).
 */
function focusAgain(element: Element | null): void {
  if (isFocusFree() && element instanceof HTMLElement) element.focus()
}

/** A window over the page: the browser keeps the focus inside and the rest out of reach. */
export function Dialog({ title, role = 'dialog', onClose, children }: DialogProps): VNode {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => queueMicrotask(() => focusAgain(before))
  }, [])
  const cancel = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog ref={dialog} role={role} aria-labelledby={id} onCancel={cancel}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
