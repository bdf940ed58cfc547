import { randomInt } from 'node:crypto'
import { done, Refusal, type Answer } from './answers'
import { loggingIn, requiredText, type Call, type Session } from './call'
import { userAnswer } from './user-answer'

const LIFETIME_MS = { phone: 60_000, email: 300_000 } as const

/** A way by which a code reaches a user. */
export type Channel = keyof typeof LIFETIME_MS

/** `POST /api/v2/sms/send` and `/api/v2/email/send`: keeps a four-digit code in the outbox. */
export function sendCode(call: Call, channel: Channel): Answer {
  deliver(call, channel, requiredText(call, channel))
  return done()
}

/** Keeps a code for `to`, exactly as the request gave it. */
export function deliver(call: Call, channel: Channel, to: string): void {
  const code = String(randomInt(10_000)).padStart(4, '0')
  call.state.delivered.push({ to, code, expiresAt: call.now + LIFETIME_MS[channel], spent: false })
}

/** `POST /api/v2/applications/mfa/sms/verify` and its twin for email. */
export function verifyDeliveredCode(call: Call, channel: Channel): Answer {
  const session = loggingIn(call)
  passDeliveredCode(call, channel, session, call.body)
  return done(userAnswer(call, session.user, session.appId))
}

/** Accepts the second factor by SMS or email; an address on nobody's file becomes the user's own. */
export function passDeliveredCode(
  call: Call,
  channel: Channel,
  { user }: Session,
  given: Readonly<Record<string, unknown>>,
): void {
  const to = given[channel]
  if (typeof to !== 'string' || to === '') throw new Refusal(400, { status: 400 })
  if (!isFree(call, channel, user.id, to)) throw new Refusal(1001)
  spendDeliveredCode(call, to, given['code'])
  if (channel === 'phone') user.phone ??= to
}

/** Spends the newest code sent to `to`; 2001 if it is another, 2300 if it is too old. */
export function spendDeliveredCode(call: Call, to: string, code: unknown): void {
  const newest = call.state.delivered.findLast((delivered) => delivered.to === to)
  if (!newest || newest.spent || newest.code !== code) throw new Refusal(2001)
  if (newest.expiresAt <= call.now) throw new Refusal(2300)
  newest.spent = true
}

/** `POST /api/v2/applications/mfa/check`: true unless phone or email is another user's. */
export function isBindable(call: Call): Answer {
  const { user } = loggingIn(call)
  const asked = (['phone', 'email'] as const).filter((channel) => typeof call.body[channel] === 'string')
  if (asked.length === 0) throw new Refusal(400, { status: 400 })
  return done(asked.every((channel) => isFree(call, channel, user.id, String(call.body[channel]))))
}

function isFree(call: Call, channel: Channel, userId: string, to: string): boolean {
  return call.state.users.every((user) => user[channel] !== to || user.id === userId)
}
