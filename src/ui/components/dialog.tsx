import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface DialogProps {
  title: string
  /** `alertdialog` for a question that must be answered before anything is lost. */
  role?: 'dialog' | 'alertdialog'
  /** Called on Escape. */
  onClose: () => void
  children: ComponentChildren
}

/** A window over the page: the browser keeps the focus inside and the rest out of reach. */
export function Dialog({ title, role = 'dialog', onClose, children }: DialogProps): VNode {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
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
