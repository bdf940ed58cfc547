import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import type { ConfirmResult } from '../../rpc/server-calls'
import { background } from '../../rpc/client'
import { bindingNote, recoveryToKeep, type FlowNote } from '../flow-state'
import { refreshAccounts } from './accounts'
import { attempt, failedFor } from './attempt'
import { atNextStep } from './next-step'
import { loadServers } from './servers'
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
  if (result.kind === 'unbound') say({ text: text('unbound_done') })
  await reload()
}

async function reload(): Promise<void> {
  await refreshAccounts()
  await loadServers()
}

function setNote(entryId: string, value: FlowNote | null): void {
  const rest = [...bindingNote.value].filter(([id]) => id !== entryId)
  bindingNote.value = new Map(value ? [...rest, [entryId, value]] : rest)
}
