import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { settings } from '../../settings'
import { momentText } from '../components/moment-text'
import { isReminderDue } from '../components/backup-text'
import { backupReminder, lost, snapshots } from '../health-state'
import { inUse } from '../state'
import { attempt, load, whileOpen } from './attempt'
import { say } from './toast'
import { preferences } from './preferences'
import { refresh } from './vault'

/** Reads what the options page says of the vault's health. */
export async function loadHealth(): Promise<void> {
  await load('health', readHealth, loadHealth)
}

async function readHealth(): Promise<void> {
  lost.value = await whileOpen(background.lostAccounts())
  snapshots.value = await whileOpen(background.snapshots())
}

export async function takeSnapshot(): Promise<void> {
  const taken = await attempt('health', async () => {
    await background.takeSnapshot()
    await readHealth()
  })
  if (taken !== null) say({ text: text('snapshot_taken') })
}

/** Opens the newest snapshot in memory and says how that went. */
export async function proveSnapshot(): Promise<void> {
  const proof = await attempt('health', async () => ({ opened: await background.proveSnapshot() }))
  if (proof?.opened) say({ text: text('snapshot_proven') })
  if (proof?.opened === null) say({ text: text('snapshots_none') })
}

/** Goes back to a snapshot and offers to take that back. */
export async function goBack(takenAt: number): Promise<boolean> {
  const here = await attempt('health', async () => {
    const before = await background.restoreSnapshot(takenAt)
    await refresh()
    await readHealth()
    return before
  })
  if (here === null) return false
  say({ text: text('went_back', { date: momentText(takenAt) }), undo: () => void goBack(here) })
  return true
}

/** Puts back what snapshots have of the lost accounts. */
export async function bringBackLost(): Promise<void> {
  const count = await attempt('health', () => afterwards(background.bringBackLost()))
  if (count !== null) say({ text: text('lost_brought_back', { count }) })
}

/** Takes the lost accounts off the list. */
export async function letGoOfLost(): Promise<boolean> {
  return (await attempt('health', () => afterwards(background.letGoOfLost()))) !== null
}

async function afterwards<T>(work: Promise<T>): Promise<T> {
  const result = await work
  await refresh()
  await readHealth()
  return result
}

/** The user has read what was found wrong with a copy. */
export async function readNotice(): Promise<void> {
  const notice = preferences.copiesReport.shown.value
  if (notice) await preferences.copiesReport.choose({ ...notice, read: true })
}

/** Reminds of a backup where one is due, at most once a week (VLT-15). What cannot be asked is not told. */
export async function remindOfBackup(now: number): Promise<void> {
  const moments = [settings.lastExportAt.get(), settings.backupRemindedAt.get()]
  const [lastExportAt = null, remindedAt = null] = await Promise.all(moments).catch(() => [null, now])
  if (!isReminderDue(inUse.value, { lastExportAt, remindedAt, now })) return
  backupReminder.value = true
  await settings.backupRemindedAt.set(now).catch(() => undefined)
}
