import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { dayText } from './moment-text'

/** An account may be without a backup for this long before the user is reminded (VLT-15). */
const UNBACKED_MS = 7 * 24 * 60 * 60 * 1000

/** When all accounts were last written to a file, in words. */
export function backupText(lastExportAt: number | null): string {
  if (lastExportAt === null) return text('backup_never')
  return text('backup_last', { date: dayText(lastExportAt) })
}

/** A reminder comes at most so often. */
const REMIND_EVERY_MS = UNBACKED_MS

/** When the last backup was made and the last reminder given. */
interface BackupMoments {
  lastExportAt: number | null
  remindedAt: number | null
  now: number
}

/** Whether to remind of a backup now. A clock that was set back does not keep it away for ever. */
export function isReminderDue(
  entries: readonly EntryView[],
  { lastExportAt, remindedAt, now }: BackupMoments,
): boolean {
  const lately = remindedAt !== null && Math.abs(now - remindedAt) < REMIND_EVERY_MS
  return !lately && isBackupDue(entries, lastExportAt, now)
}

/** Whether an account has been here for a week and is in no backup. */
export function isBackupDue(entries: readonly EntryView[], lastExportAt: number | null, now: number): boolean {
  return entries.some(({ createdAt }) => createdAt > (lastExportAt ?? 0) && createdAt < now - UNBACKED_MS)
}
