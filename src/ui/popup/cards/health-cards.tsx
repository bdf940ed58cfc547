import type { ComponentChildren, VNode } from 'preact'
import { Archive, HeartPulse, X, type IconNode } from 'lucide'
import { text } from '../../../i18n/text'
import { readNotice, takeSnapshot } from '../../actions/health'
import { openHealth, openTransfer } from '../../actions/navigation'
import { preferences } from '../../actions/preferences'
import { backupText } from '../../components/backup-text'
import { IconButton } from '../../components/button'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { NoticeLines } from '../../components/notice-lines'
import { backupReminder } from '../../health-state'

/** Records that do not open any more, and the way to see which (VLT-2). */
export function DamageCard(): VNode {
  return (
    <FailureNote place="damaged">
      <button type="button" class="link" onClick={openHealth}>
        {text('lost_see')}
      </button>
    </FailureNote>
  )
}

/** A copy was damaged and has been put right; said once (VLT-3). */
export function NoticeCard(): VNode | null {
  const notice = preferences.copiesReport.shown.value
  if (!notice || notice.read) return null
  return (
    <Card icon={HeartPulse} onClose={() => void readNotice()}>
      <NoticeLines notice={notice} />
      <button type="button" class="link" onClick={openHealth}>
        {text('health_see')}
      </button>
    </Card>
  )
}

/** The newest snapshot does not open: there is no way back until another one does. */
export function ProofCard(): VNode | null {
  if (preferences.lastProof.shown.value?.opened !== false) return null
  return (
    <Card icon={HeartPulse}>
      <p>{text('proof_failed')}</p>
      <FailureNote place="health" />
      <button type="button" class="link" onClick={() => void takeSnapshot()}>
        {text('snapshot_take')}
      </button>
    </Card>
  )
}

/** An account has been without a backup for a week (VLT-15). */
export function BackupCard(): VNode | null {
  if (!backupReminder.value) return null
  return (
    <Card icon={Archive} onClose={() => (backupReminder.value = false)}>
      <p>{text('backup_due')}</p>
      <p class="soft">{backupText(preferences.lastExportAt.shown.value)}</p>
      <button type="button" class="link" onClick={openTransfer}>
        {text('backup_now')}
      </button>
    </Card>
  )
}

interface CardProps {
  icon: IconNode
  /** Absent where it stays for as long as it is true. */
  onClose?: () => void
  children: ComponentChildren
}

function Card({ icon, onClose, children }: CardProps): VNode {
  return (
    <div class="note" role="status">
      <Icon node={icon} size={16} />
      <div class="note-text">{children}</div>
      {onClose && <IconButton node={X} name={text('close')} onClick={onClose} />}
    </div>
  )
}
