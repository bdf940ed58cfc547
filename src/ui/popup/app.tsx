import type { VNode } from 'preact'
import { backToList } from '../actions/navigation'
import { Gate } from '../components/gate'
import { ToastLine } from '../components/toast'
import { screen, shownLanguage } from '../state'
import { ByHand } from './by-hand'
import { CameraScreen } from './camera'
import { Edit } from './edit'
import { ImageScreen } from './image'
import { KeepRecoveryDialog } from './keep-recovery'
import { List } from './list'
import { Paste } from './paste'
import { FoundDialog } from './proposal'
import { Trash } from './trash'

/** The popup. Drawn anew when the language changes, since texts are no signals. */
export function App({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <div key={shownLanguage.value} class="popup" onKeyDown={escapeToList}>
      <Gate onRetry={onRetry}>
        <CurrentScreen />
        <FoundDialog />
        <KeepRecoveryDialog />
        <ToastLine />
      </Gate>
    </div>
  )
}

function CurrentScreen(): VNode {
  const current = screen.value
  switch (current.name) {
    case 'list':
      return <List />
    case 'by-hand':
      return <ByHand />
    case 'paste':
      return <Paste />
    case 'image':
      return <ImageScreen />
    case 'camera':
      return <CameraScreen />
    case 'edit':
      return <Edit key={current.entryId} entryId={current.entryId} />
    case 'trash':
      return <Trash />
  }
}

/** Escape leaves a screen behind the list; on the list it is the browser's, which closes the popup. */
function escapeToList(event: KeyboardEvent): void {
  const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
  if (event.key !== 'Escape' || event.defaultPrevented || inDialog || screen.value.name === 'list') return
  event.preventDefault()
  backToList()
}
