import { useSignal } from '@preact/signals'
import type { IconNode } from 'lucide'
import type { ComponentChildren, VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { focusOnce } from './field'
import { Icon } from './icon'

/** One line of a menu. */
export interface MenuItem {
  name: string
  icon: IconNode
  /** Whether the drawing points on, and so the other way where reading does. */
  turning?: boolean
  start: () => void
}

interface MenuButtonProps {
  /** What the menu is called. */
  label: string
  items: readonly MenuItem[]
  /** How the button looks. */
  class?: string
  /** Where the menu opens and how the whole is placed. */
  placed?: string
  children: ComponentChildren
}

/** A button that opens a menu. Escape and leaving close it; the button has the focus again. */
export function MenuButton({ label, items, children, placed = '', ...rest }: MenuButtonProps): VNode {
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    open.value = false
    button.current?.focus()
  }
  return (
    <div class={`menu-place ${placed}`} onFocusOut={(event) => leave(event, () => (open.value = false))}>
      <button
        ref={button}
        type="button"
        class={rest.class ?? ''}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        {children}
      </button>
      {open.value && <Items label={label} items={items} onClose={close} />}
    </div>
  )
}

function Items({ label, items, onClose }: Pick<MenuButtonProps, 'label' | 'items'> & { onClose: () => void }): VNode {
  return (
    <div role="menu" class="menu" aria-label={label} onKeyDown={(event) => moveInMenu(event, onClose)}>
      {items.map(({ name, icon, turning, start }, index) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={turning ? 'turning' : ''}
          ref={index === 0 ? focusOnce : null}
          onClick={() => {
            onClose()
            start()
          }}
        >
          <Icon node={icon} size={17} /> {name}
        </button>
      ))}
    </div>
  )
}

function moveInMenu(event: KeyboardEvent, close: () => void): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const target = targets[event.key]
  if (event.key === 'Escape') {
    event.preventDefault()
    close()
  }
  if (target === undefined) return
  event.preventDefault()
  items.at(target % items.length)?.focus()
}

function leave(event: FocusEvent, close: () => void): void {
  const next = event.relatedTarget
  const inside = next instanceof Node && (event.currentTarget as Node).contains(next)
  if (next && !inside) close()
}
