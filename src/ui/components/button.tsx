import type { IconNode } from 'lucide'
import type { ComponentChildren, JSX, VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icon'

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'icon'> & { children?: ComponentChildren }

/** A button that only shows a drawing; its name is there to be read aloud. */
export function IconButton({ node, name, ...rest }: ButtonProps & { node: IconNode; name: string }): VNode {
  return (
    <button type="button" class="icon-button" {...rest}>
      <Icon node={node} />
      <span class="sr-only">{name}</span>
    </button>
  )
}

/** How long a pointer is ignored after our window came up. */
const CALM_MS = 400

/**
 * A button that sends a code or agrees to something. A click meant for the page below must not land on it, so the pointer
 * is ignored just after it was painted or the window came back; so is a key held down since before (FIL-8).
 */
export function GuardedButton({ onClick, ...rest }: ButtonProps & { onClick: () => void }): VNode {
  const calmSince = useRef(performance.now())
  useLayoutEffect(() => {
    const restart = () => {
      calmSince.current = performance.now()
    }
    const frame = requestAnimationFrame(restart)
    window.addEventListener('focus', restart)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('focus', restart)
    }
  }, [])
  const click = (event: MouseEvent) => {
    // Clicks by keyboard have no detail.
    const byPointer = event.detail > 0
    if (!byPointer || performance.now() - calmSince.current >= CALM_MS) onClick()
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.repeat) event.preventDefault()
  }
  return <button type="button" {...rest} onClick={click} onKeyDown={keyDown} />
}
