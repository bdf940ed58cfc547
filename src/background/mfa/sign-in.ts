import { AppError } from '../../core/errors'
import type { SecondFactor } from '../../core/entry'
import { tokenUserId } from '../../mfa/jwt'
import { type PendingLogin, login } from '../../mfa/login'
import type { User } from '../../mfa/wire'
import type { PageCalls } from '../../rpc/calls'
import type { SignInResult, VerifyResult } from '../../rpc/server-calls'
import type { MfaSignIn } from '../../settings'
import { alone } from './flow-lock'
import { beginSession, beginSignIn, forgetTokens, neededSignIn } from './mfa-sessions'
import { apiOf, pendingView, rememberAccount, serverById } from './servers'

/** Signs in by password. The password is encrypted for the server, sent once, and kept nowhere. */
export function signIn(serverId: string, account: string, password: string): Promise<SignInResult> {
  return alone(() => sendPassword(serverId, account, password))
}

async function sendPassword(serverId: string, account: string, password: string): Promise<SignInResult> {
  const server = await serverById(serverId)
  const api = await apiOf(server)
  await forgetTokens(serverId)
  const result = await login(api, { account: account.trim(), password }, Date.now)
  await rememberAccount(server, account.trim())
  if (result.kind === 'session') {
    await completeSignIn(serverId, account.trim(), result.user)
    return { kind: 'signed-in' }
  }
  const waiting = waitingSignIn(account.trim(), result)
  await beginSignIn(serverId, waiting)
  return { kind: 'second-factor', pending: pendingView(waiting) }
}

/** Forgets the tokens; the server's own log-out needs no answer from us to be safe. */
export async function signOut(serverId: string): Promise<void> {
  await forgetTokens(serverId)
}

function waitingSignIn(account: string, demand: PendingLogin): MfaSignIn {
  return {
    account,
    userId: tokenUserId(demand.mfaToken),
    mfaToken: demand.mfaToken,
    factors: demand.factors.map(({ policy }) => policy).filter(isSupported),
    mustBind: !demand.totpBound,
    phone: demand.phone,
    phoneCountryCode: demand.phoneCountryCode,
    email: demand.email,
    expiresAt: demand.expiresAt,
  }
}

function isSupported(policy: string): policy is SecondFactor {
  return policy === 'OTP' || policy === 'SMS' || policy === 'EMAIL'
}

/** The server took the second factor, or needed none. */
export async function completeSignIn(serverId: string, account: string, { id, token }: User): Promise<void> {
  await beginSession(serverId, { userId: id, account, token })
}

type Destination = Parameters<PageCalls['sendDelivered']>[1]

/** Whether the phone or address may become this user's factor (mfa-api §5.3). */
export async function isBindable(serverId: string, to: Parameters<PageCalls['isBindable']>[1]): Promise<boolean> {
  const { mfaToken } = await neededSignIn(serverId, Date.now())
  return (await apiOf(await serverById(serverId))).isBindable({ mfaToken, ...to })
}

/** Has the server send a code by SMS or email. */
export async function sendDelivered(serverId: string, to: Destination): Promise<void> {
  await neededSignIn(serverId, Date.now())
  const api = await apiOf(await serverById(serverId))
  await ('email' in to ? api.sendEmail(to) : api.sendSms(to))
}

/** Completes the sign-in with a code that was delivered. */
export function verifyDelivered(serverId: string, to: Destination, code: string): Promise<VerifyResult> {
  return alone(() => answerDelivered(serverId, to, code))
}

async function answerDelivered(serverId: string, to: Destination, code: string): Promise<VerifyResult> {
  const { mfaToken, account } = await neededSignIn(serverId, Date.now())
  const api = await apiOf(await serverById(serverId))
  try {
    const { user } = await ('email' in to
      ? api.verifyEmail({ mfaToken, ...to, code })
      : api.verifySms({ mfaToken, ...to, code }))
    await completeSignIn(serverId, account, user)
    return { kind: 'signed-in' }
  } catch (error) {
    if (error instanceof AppError && error.code === 'mfa/delivered-code-rejected') return { kind: 'code-rejected' }
    throw error
  }
}
