import type { VNode } from 'preact'
import { screen, type Screen } from '../state'
import { ByHand } from './add/by-hand'
import { CameraScreen } from './add/camera'
import { Edit } from './edit/edit'
import { ImageScreen } from './add/image'
import { KeepRecoveryDialog } from './site/keep-recovery'
import { PartScreen } from './add/part'
import { Paste } from './add/paste'
import { FoundDialog } from './add/proposal'
import { Tour } from './tour/tour'
import { Trash } from './trash'

/** The screens behind the list, in a part of their own: the list is there before they are loaded. */
export function Behind(): VNode | null {
  return screenOf(screen.value)
}

/** The dialogs over the list; each shows itself where there is a reason. */
export function Dialogs(): VNode {
  return (
    <>
      <FoundDialog />
      <KeepRecoveryDialog />
    </>
  )
}

function screenOf(current: Screen): VNode | null {
  switch (current.name) {
    case 'list':
      return null
    case 'by-hand':
      return <ByHand />
    case 'paste':
      return <Paste />
    case 'image':
      return <ImageScreen />
    case 'camera':
      return <CameraScreen />
    case 'part':
      return <PartScreen />
    case 'edit':
      return <Edit key={current.entryId} entryId={current.entryId} />
    case 'trash':
      return <Trash />
    case 'tour':
      return <Tour />
  }
}
