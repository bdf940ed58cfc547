import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { backToList } from '../actions/navigation'
import { Gate } from '../gate/gate'
import { Lazy } from '../components/lazy'
import { ToastLine } from '../components/toast'
import { found, keepingRecoveryFor, screen, status } from '../state'
import { List } from './list/list'

const loadDialogs = async () => (await import('./behind')).Dialogs

/** Loads the screens behind the list. */
export async function loadBehind(): Promise<() => VNode | null> {
  return (await import('./behind')).Behind
}

/** The popup. Drawn anew with the lock: a gate that draws itself alone leaves what stood behind it with whoever drew the gate (MEM-1). */
export function App({ onRetry }: { onRetry: () => void }): VNode {
  useEffect(listenForEscape, [])
  return (
    <div class="popup">
      <Gate key={status.value} onRetry={onRetry}>
        {() => (
          <>
            <CurrentScreen />
            {(found.value !== null || keepingRecoveryFor.value !== null) && <Lazy load={loadDialogs} />}
            <ToastLine />
          </>
        )}
      </Gate>
    </div>
  )
}

function CurrentScreen(): VNode {
  return screen.value.name === 'list' ? <List /> : <Lazy load={loadBehind} />
}

/** On the document: a screen may have nothing in it that has the focus. */
function listenForEscape(): () => void {
  document.addEventListener('keydown', escapeToList)
  return () => document.removeEventListener('keydown', escapeToList)
}

/** Escape leaves a screen behind the list; on the list it is the browser's, which closes the popup. */
function escapeToList(event: KeyboardEvent): void {
  const inDialog = document.querySelector('dialog[open]') !== null
  if (event.key !== 'Escape' || event.defaultPrevented || inDialog || screen.value.name === 'list') return
  event.preventDefault()
  backToList()
}
