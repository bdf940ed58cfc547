import { Archive, LifeBuoy, ShieldCheck } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { openTransfer } from '../../actions/navigation'
import { preferences } from '../../actions/preferences'
import { backupText, isBackupDue } from '../../components/backup-text'
import { Icon } from '../../components/icon'
import { inUse, now } from '../../state'
import { AddMenu } from '../add/add-menu'

/** How the vault fares, and the way to add to it. */
export function Footer(): VNode {
  return (
    <footer class="foot">
      <span class="foot-note">
        <State />
      </span>
      <AddMenu />
    </footer>
  )
}

/** What most needs to be done about the vault's safety, if anything. */
function State(): VNode {
  const missing = inUse.value.filter((entry) => entry.phase === 'bound' && !entry.hasRecoveryCode).length
  const lastExportAt = preferences.lastExportAt.shown.value
  if (missing > 0) {
    return (
      <>
        <Icon node={LifeBuoy} size={15} />
        {text('recovery_missing', { count: missing })}
      </>
    )
  }
  if (isBackupDue(inUse.value, lastExportAt, now.value)) {
    return (
      <>
        <Icon node={Archive} size={15} />
        <button type="button" class="link" onClick={openTransfer}>
          {backupText(lastExportAt)}
        </button>
      </>
    )
  }
  return (
    <>
      <Icon node={ShieldCheck} size={15} />
      {lastExportAt === null ? text('stored_here') : backupText(lastExportAt)}
    </>
  )
}
