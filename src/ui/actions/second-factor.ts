import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import type { VerifyResult } from '../../rpc/server-calls'
import { background } from '../../rpc/client'
import { deliveredTo, recoveryToKeep, signInNote, typedRecoveryAt, type Answering, type FlowNote } from '../flow-state'
import { status } from '../state'
import { attempt } from './attempt'
import { atNextStep } from './next-step'
import { loadServers } from './servers'
import { say } from './toast'

/** Where a code is to be sent. */
export type Recipient = { phone: string; phoneCountryCode?: string } | { email: string }

/** Answers the second factor with the code of a stored account; with the next code where this one was used (BND-10). */
export async function verifyWithAccount(serverId: string, entryId: string): Promise<void> {
  const result = await attempt(place(serverId), () => background.verifyTotp(serverId, entryId))
  await finish(serverId, 'account', result)
  if (result?.kind !== 'waiting') return
  const stillWanted = () => signInNote.value.get(serverId)?.note === result
  atNextStep(result.until, stillWanted, () => verifyWithAccount(serverId, entryId))
}

/** Has a code sent, after the server agreed that the phone or address is the user's own. */
export async function sendCode(serverId: string, to: Recipient): Promise<void> {
  const sent = await attempt(place(serverId), async () => {
    const asked = 'phone' in to ? { phone: to.phone } : to
    if (!(await background.isBindable(serverId, asked))) throw new AppError('mfa/not-bindable')
    await background.sendDelivered(serverId, to)
  })
  if (sent === null) return
  setNote(serverId, null)
  deliveredTo.value = new Map(deliveredTo.value).set(serverId, recipientName(to))
}

/** What tells one recipient from another. */
export function recipientName(to: Recipient): string {
  return 'phone' in to ? `${to.phoneCountryCode ?? ''} ${to.phone}` : to.email
}

/** Answers the second factor with a code that was sent. */
export async function verifyDelivered(serverId: string, to: Recipient, code: string): Promise<void> {
  const result = await attempt(place(serverId), () => background.verifyDelivered(serverId, to, code))
  await finish(serverId, 'delivered', result)
}

/** Answers with a recovery code, empty for the one kept; the server gives a new one, which the user has to keep. */
export async function answerWithRecoveryCode(serverId: string, recoveryCode: string): Promise<void> {
  const result = await attempt(place(serverId), () => background.useRecoveryCode(serverId, recoveryCode))
  if (!result) return
  if (result.kind === 'code-rejected') return setNote(serverId, { by: 'recovery', note: result })
  typedRecoveryAt(serverId).value = ''
  // Locked meanwhile, what the vault holds is not shown any more (KEY-8); what it does not hold waits for its owner (BND-6).
  if (!result.kept) recoveryToKeep.value = { code: result.recoveryCode, reason: 'recovered-lost' }
  else if (status.value !== 'locked') recoveryToKeep.value = { code: result.recoveryCode, reason: 'recovered-kept' }
  await finish(serverId, 'recovery', { kind: 'signed-in' })
}

/** The user has the new recovery code. */
export function acknowledgeRecoveryCode(): void {
  recoveryToKeep.value = null
}

/** Gives up a sign-in that waits for its second factor. */
export async function startOver(serverId: string): Promise<void> {
  forgetSignIn(serverId)
  await attempt(
    place(serverId),
    () => background.signOut(serverId),
    () => startOver(serverId),
  )
  await loadServers()
}

async function finish(serverId: string, by: Answering, result: VerifyResult | null): Promise<void> {
  if (!result) return
  if (result.kind !== 'signed-in') return setNote(serverId, { by, note: result })
  forgetSignIn(serverId)
  say({ text: text('signed_in') })
  await loadServers()
}

/** The next sign-in begins without a word about this one. */
function forgetSignIn(serverId: string): void {
  setNote(serverId, null)
  deliveredTo.value = new Map([...deliveredTo.value].filter(([id]) => id !== serverId))
}

function place(serverId: string): string {
  return `server:${serverId}`
}

function setNote(serverId: string, note: { by: Answering; note: FlowNote } | null): void {
  const rest = [...signInNote.value].filter(([id]) => id !== serverId)
  signInNote.value = new Map(note ? [...rest, [serverId, note]] : rest)
}
