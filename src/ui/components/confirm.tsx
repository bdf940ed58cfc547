import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { AccountNames } from './account-names'
import { GuardedButton } from './button'
import { Dialog } from './dialog'
import { FailureNote } from './failure-note'
import { Mark } from './mark'

interface ConfirmProps {
  title: string
  lead: string
  /** What the button that goes on says. */
  agree: string
  place: string
  /** The account it is about. */
  about?: EntryView | undefined
  /** What helps where it has failed. */
  remedy?: VNode | false
  onAgree: () => void
  onClose: () => void
}

/** Asks before something is taken away. */
export function Confirm({ title, lead, agree, place, about, remedy, onAgree, onClose }: ConfirmProps): VNode {
  return (
    <Dialog role="alertdialog" title={title} onClose={onClose}>
      {about && (
        <div class="card-who">
          <Mark name={about.issuer || about.label} />
          <AccountNames entry={about} />
        </div>
      )}
      <p>{lead}</p>
      <FailureNote place={place}>{remedy}</FailureNote>
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
