import { AppError } from '../../core/errors'
import { announce } from '../../rpc/client'
import { type MfaSession, type MfaSignIn, settings } from '../../settings'
import { TOKENS_LOCK } from '../vault/autolock'
import { vaultKey } from '../vault/unlocked'

/** Who is signed in at a server, or null. */
export async function sessionAt(serverId: string): Promise<MfaSession | null> {
  return (await settings.mfaSessions.get())[serverId] ?? null
}

/** The sign-in at a server that waits for its second factor; null when there is none or its time is over. */
export async function signInAt(serverId: string, now: number): Promise<MfaSignIn | null> {
  const signIn = (await settings.mfaSignIns.get())[serverId]
  return signIn && now < signIn.expiresAt ? signIn : null
}

/** Throws `mfa/login-expired` when no sign-in waits for a second factor. */
export async function neededSignIn(serverId: string, now: number): Promise<MfaSignIn> {
  const signIn = await signInAt(serverId, now)
  if (!signIn) throw new AppError('mfa/login-expired')
  return signIn
}

/** The sign-in is complete. Throws `vault/locked`: an answer that comes after the lock is dropped (KEY-8). */
export async function beginSession(serverId: string, session: MfaSession): Promise<void> {
  await changeTokens(async () => {
    await vaultKey()
    await settings.mfaSessions.set({ ...(await settings.mfaSessions.get()), [serverId]: session })
    await settings.mfaSignIns.set(without(await settings.mfaSignIns.get(), serverId))
  })
}

/** The password was right; the second factor is still to come. Throws `vault/locked`. */
export async function beginSignIn(serverId: string, signIn: MfaSignIn): Promise<void> {
  await changeTokens(async () => {
    await vaultKey()
    await settings.mfaSignIns.set({ ...(await settings.mfaSignIns.get()), [serverId]: signIn })
  })
}

/** Forgets the tokens of a server (ADM-5). */
export async function forgetTokens(serverId: string): Promise<void> {
  await changeTokens(async () => {
    await settings.mfaSessions.set(without(await settings.mfaSessions.get(), serverId))
    await settings.mfaSignIns.set(without(await settings.mfaSignIns.get(), serverId))
  })
}

/** One at a time with the lock, which forgets the key first: tokens written meanwhile are cleared by it (KEY-8). */
async function changeTokens(change: () => Promise<void>): Promise<void> {
  await navigator.locks.request(TOKENS_LOCK, change)
  await announce('servers-changed')
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
