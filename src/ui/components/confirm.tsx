import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { GuardedButton } from './button'
import { Dialog } from './dialog'
import { FailureNote } from './failure-note'

interface ConfirmProps {
  title: string
  lead: string
  /** What the button that goes on says. */
  agree: string
  place: string
  onAgree: () => void
  onClose: () => void
}

/** Asks before something is taken away. */
export function Confirm({ title, lead, agree, place, onAgree, onClose }: ConfirmProps): VNode {
  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      <p>{lead}</p>
      <FailureNote place={place} />
      <div class="actions">
        <button type="button" onClick={onClose}>
          {text('cancel')}
        </button>
        <GuardedButton class="danger" onClick={onAgree}>
          {agree}
        </GuardedButton>
      </div>
    </Dialog>
  )
}
