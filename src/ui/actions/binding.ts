import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import type { ConfirmResult } from '../../rpc/server-calls'
import { background } from '../../rpc/client'
import { bindingNote, recoveryToKeep, type FlowNote } from '../flow-state'
import { refreshAccounts, restoreAccount } from './accounts'
import { attempt, failedFor } from './attempt'
import { atNextStep } from './next-step'
import { loadServers, readServers } from './servers'
import { say } from './toast'

/** Has the server make a secret and stores it; nothing is in force until it is confirmed. */
export async function bind(serverId: string): Promise<void> {
  const entry = await attempt(
    `factors:${serverId}`,
    () => background.bind(serverId),
    () => bind(serverId),
  )
  if (entry) await reload()
}

/** Sends the entry's code, so that the server asks for its codes from now on; the next one where this one was used. */
export async function confirmBinding(entry: EntryView): Promise<void> {
  const place = `factors:${entry.serverId}`
  const clockWasWrong = failedFor(place, 'mfa/clock-wrong')
  const send = async () => {
    // The clock may have been set since; the server's answer to any question tells.
    if (clockWasWrong && entry.serverId !== null) await background.factors(entry.serverId)
    return background.confirmBinding(entry.id)
  }
  const result = await attempt(place, send, () => confirmBinding(entry))
  // What can be done about it is beside the failure.
  if (failedFor(place, 'mfa/clock-wrong')) await readServers()
  if (!result) return
  note(entry.id, result)
  await reload()
  if (result.kind !== 'waiting') return
  const stillWanted = () => bindingNote.value.get(entry.id) === result
  atNextStep(result.until, stillWanted, () => confirmBinding(entry))
}

function note(entryId: string, result: ConfirmResult): void {
  if (result.kind !== 'bound') return setNote(entryId, result)
  setNote(entryId, null)
  recoveryToKeep.value = { code: result.recoveryCode, reason: 'bound' }
  say({ text: text('bound_done') })
}

/** Asks the server about a flow whose outcome is unknown (BND-4). */
export async function settleBinding(entry: EntryView): Promise<void> {
  const phase = await attempt(
    `factors:${entry.serverId}`,
    () => background.settleBinding(entry.id),
    () => settleBinding(entry),
  )
  if (!phase) return
  setNote(entry.id, null)
  if (phase === 'bound') say({ text: text('bound_done') })
  if (phase === 'associated') say({ text: text('bound_not') })
  if (phase === 'unbound') say({ text: text('unbound_done') })
  await reload()
}

/** Asks the server first; only its word moves the account to the trash (BND-7). */
export async function unbind(entry: EntryView): Promise<void> {
  const result = await attempt(
    `factors:${entry.serverId}`,
    () => background.unbind(entry.id),
    () => unbind(entry),
  )
  if (!result) return
  setNote(entry.id, result.kind === 'unknown' ? { kind: 'unknown' } : null)
  if (result.kind !== 'unknown') say({ text: text(result.kind === 'unbound' ? 'unbound_done' : 'unbound_not_asked') })
  await reload()
}

/** Stores what is bound at the server and missing here. */
export async function adopt(serverId: string, factorId: string): Promise<void> {
  const entry = await attempt(
    `factors:${serverId}`,
    () => background.adopt(serverId, factorId),
    () => adopt(serverId, factorId),
  )
  if (!entry) return
  say({ text: text('adopted') })
  await reload()
}

/** What the server does not ask for goes on as a plain account. */
export async function keepPlain(entry: EntryView): Promise<void> {
  if (await letGo(entry, 'plain')) say({ text: text('kept_plain') })
}

/** What the server does not ask for goes to the trash, and back by `Undo`. */
export async function trashUnbound(entry: EntryView): Promise<void> {
  if (await letGo(entry, 'trash')) say({ text: text('trashed'), undo: () => void restoreAccount(entry.id) })
}

async function letGo(entry: EntryView, as: 'plain' | 'trash'): Promise<boolean> {
  const gone = await attempt(
    `factors:${entry.serverId}`,
    () => background.letGo(entry.id, as),
    () => letGo(entry, as),
  )
  if (gone === null) return false
  setNote(entry.id, null)
  await reload()
  return true
}

async function reload(): Promise<void> {
  await refreshAccounts()
  await loadServers()
}

function setNote(entryId: string, value: FlowNote | null): void {
  const rest = [...bindingNote.value].filter(([id]) => id !== entryId)
  bindingNote.value = new Map(value ? [...rest, [entryId, value]] : rest)
}
