import { randomUUID } from 'node:crypto'
import { done, Refusal, secondFactorNeeded, type Answer, type Extra } from './answers'
import { applicationOf, languageOf, requiredText, type Call } from './call'
import { spendDeliveredCode } from './delivered-codes'
import type { Application } from './seed'
import { userByAccount } from './state'
import type { User } from './user'
import { userAnswer } from './user-answer'

const FLOW_LIFETIME_MS = 360_000

/** How a first factor ended: signed in, or the second factor is needed. */
export type LoginOutcome =
  | { readonly kind: 'session'; readonly user: Extra }
  | { readonly kind: 'mfa'; readonly code: 1635 | 1636; readonly data: Extra }

/** `POST /api/v2/login/account`: account and encrypted password. */
export function loginByPassword(call: Call): Answer {
  const password = decryptedPassword(call, call.body['password'])
  return loginAnswer(call, passwordLogin(call, call.body['account'], password))
}

/** `POST /boxes/sign-in`: what the demo site's own server would do with its form. */
export function signInOnBoxes(call: Call): Answer {
  return loginAnswer(call, passwordLogin(call, call.body['account'], requiredText(call, 'password')))
}

/** `POST /api/v2/login/email-code`. */
export function loginByEmailCode(call: Call): Answer {
  const email = requiredText(call, 'email')
  return loginAnswer(call, codeLogin(call, email, call.body['code']))
}

/** Checks account and password; 2004 or 2333 where they are wrong. */
export function passwordLogin(call: Call, account: unknown, password: string): LoginOutcome {
  const user = userByAccount(call.state, account)
  if (!user) throw new Refusal(2004)
  if (user.password !== password) throw new Refusal(2333)
  return firstFactorPassed(call, user)
}

/** Checks a code from the outbox instead of a password. */
export function codeLogin(call: Call, to: string, code: unknown): LoginOutcome {
  const user = userByAccount(call.state, to)
  if (!user) throw new Refusal(2004)
  spendDeliveredCode(call, to, code)
  return firstFactorPassed(call, user)
}

/** The password in clear; 2016 if it was not encrypted to our key. */
export function decryptedPassword(call: Call, ciphertext: unknown): string {
  const password = typeof ciphertext === 'string' ? call.passwordKey.decrypt(ciphertext) : null
  if (password === null) throw new Refusal(2016)
  return password
}

/** The outcome as REST answers it. */
export function loginAnswer(call: Call, outcome: LoginOutcome): Answer {
  if (outcome.kind === 'session') return done(outcome.user)
  return secondFactorNeeded(outcome.code, outcome.data, beginFlow(call, outcome.data), languageOf(call))
}

function firstFactorPassed(call: Call, user: User): LoginOutcome {
  const application = applicationOf(call)
  const policed = application.policy.length > 0
  if (!policed && !user.bound) return { kind: 'session', user: userAnswer(call, user, application.id) }
  return { kind: 'mfa', code: policed ? 1636 : 1635, data: trigger(call, user, application) }
}

function trigger(call: Call, user: User, application: Application): Extra {
  const policy = application.policy.length > 0 ? application.policy : ['OTP']
  return {
    mfaToken: call.tokens.issue('mfa', call.now, user.id, application.id),
    nickname: null,
    username: user.id,
    avatar: null,
    email: user.email,
    phone: user.phone,
    phoneCountryCode: null,
    mfaEmail: user.email,
    mfaPhone: user.phone,
    mfaPhoneCountryCode: null,
    faceMfaEnabled: user.face,
    totpMfaEnabled: user.bound !== null,
    passkeyEnabled: false,
    applicationMfa: policy.map((mfaPolicy, sort) => ({ mfaPolicy, status: 1, sort })),
  }
}

function beginFlow(call: Call, data: Extra): string {
  const flowHandle = randomUUID()
  const appId = applicationOf(call).id
  const flow = { userId: String(data['username']), appId, expiresAt: call.now + FLOW_LIFETIME_MS, passed: false }
  call.state.flows.set(flowHandle, flow)
  return flowHandle
}
