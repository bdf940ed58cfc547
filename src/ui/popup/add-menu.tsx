import { useSignal } from '@preact/signals'
import { Camera, ClipboardPaste, Image, Keyboard, Plus, ScanLine, type IconNode } from 'lucide'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { text, type TextKey } from '../../i18n/text'
import { show } from '../actions/navigation'
import { openCamera, openImages, scanTab, stopScanning } from '../actions/scanning'
import { Icon } from '../components/icon'
import { focusOnce } from '../components/field'
import { running } from '../state'

const ways: readonly { key: TextKey; icon: IconNode; start: () => void }[] = [
  { key: 'scan_this_tab', icon: ScanLine, start: () => void scanTab() },
  { key: 'choose_image', icon: Image, start: () => void openImages() },
  { key: 'use_camera', icon: Camera, start: () => void openCamera() },
  { key: 'paste', icon: ClipboardPaste, start: () => show({ name: 'paste' }) },
  { key: 'enter_by_hand', icon: Keyboard, start: () => show({ name: 'by-hand' }) },
]

/** The button that opens the ways to add an account. While a picture is read it says so, and stops it. */
export function AddMenu({ prominent = false }: { prominent?: boolean }): VNode {
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    open.value = false
    button.current?.focus()
  }
  if (running.value.has('scan')) return <Scanning />
  return (
    <div
      class={prominent ? 'add add-prominent' : 'add'}
      onFocusOut={(event) => leave(event, () => (open.value = false))}
    >
      <button
        ref={button}
        type="button"
        class={prominent ? 'primary' : ''}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon node={Plus} size={16} /> {text('add_account')}
      </button>
      {open.value && <Ways onClose={close} />}
    </div>
  )
}

function Ways({ onClose }: { onClose: () => void }): VNode {
  return (
    <div role="menu" class="menu" aria-label={text('add_menu')} onKeyDown={(event) => moveInMenu(event, onClose)}>
      {ways.map(({ key, icon, start }, index) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          ref={index === 0 ? focusOnce : null}
          onClick={() => {
            onClose()
            start()
          }}
        >
          <Icon node={icon} size={17} /> {text(key as 'paste')}
        </button>
      ))}
    </div>
  )
}

function Scanning(): VNode {
  return (
    <div class="add scanning">
      <span role="status">{text('scanning')}</span>
      <button type="button" onClick={stopScanning}>
        {text('stop')}
      </button>
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
