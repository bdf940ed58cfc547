import type { VNode } from 'preact'
import { backToList } from '../actions/navigation'
import { Gate } from '../gate/gate'
import { Lazy } from '../components/lazy'
import { ToastLine } from '../components/toast'
import { found, keepingRecoveryFor, screen, shownLanguage, status } from '../state'
import { List } from './list/list'

const loadDialogs = async () => (await import('./behind')).Dialogs

/** Loads the screens behind the list. */
export async function loadBehind(): Promise<() => VNode | null> {
  return (await import('./behind')).Behind
}

/**
 * The popup. Drawn anew when the language changes, since texts are no signals, and with the lock: a gate that draws itself alone
 * leaves what stood behind it with whoever drew the gate (MEM-1).
 */
export function App({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <div key={shownLanguage.value} class="popup" onKeyDown={escapeToList}>
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

/** Escape leaves a screen behind the list; on the list it is the browser's, which closes the popup. */
function escapeToList(event: KeyboardEvent): void {
  const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
  if (event.key !== 'Escape' || event.defaultPrevented || inDialog || screen.value.name === 'list') return
  event.preventDefault()
  backToList()
}
