import { done, loginFinished, Refusal, type Answer } from './answers'
import { isWidget, loggingIn, signedIn, signedInOrLoggingIn, type Call, type Session } from './call'
import { qrDataUrl } from './qr'
import { POOL } from './seed'
import type { TotpKey, User } from './user'
import { acceptCode, associate, confirm, confirmable, rotateRecoveryCode } from './totp-keys'
import { userAnswer } from './user-answer'

/** `GET /api/v2/mfa/authenticator`: the binding in force and the pending ones, secrets in clear. */
export function listAuthenticators(call: Call): Answer {
  const { user } = signedInOrLoggingIn(call)
  const pending = confirmable(user, call.state.associateAny)
  return done([
    ...(user.bound ? [authenticator(user, user.bound, true)] : []),
    ...pending.map((key) => authenticator(user, key, false)),
  ])
}

/** `POST /api/v2/mfa/totp/associate`: a new pending key, with its QR code. */
export async function associateTotp(call: Call): Promise<Answer> {
  const { user } = signedInOrLoggingIn(call)
  const key = associate(user, call.now)
  const uri = otpauthUri(user, key)
  return done({
    authenticator_type: 'totp',
    secret: key.secret,
    qrcode_uri: uri,
    qrcode_data_url: await qrDataUrl(uri),
    recovery_code: key.recoveryCode,
  })
}

/**
 * `POST /api/v2/mfa/totp/associate/confirm`. With an mfaToken the login ends here and the user is the answer.
 * A wrong code is HTTP 400, except to the widget, which cannot read that.
 */
export function confirmTotp(call: Call): Answer {
  const session = signedInOrLoggingIn(call)
  const candidates = confirmable(session.user, call.state.associateAny)
  if (!confirm(session.user, candidates, call.body['totp'], call.now)) {
    throw isWidget(call) ? new Refusal(6001) : new Refusal(400, { status: 400 })
  }
  return session.kind === 'mfa' ? done(userAnswer(call, session.user, session.appId)) : done()
}

/** `DELETE /api/v2/mfa/totp/associate`: clears what is bound or pending. */
export function unbindTotp(call: Call): Answer {
  clearTotp(signedIn(call).user)
  return done()
}

/** Takes binding and pending keys from the user. */
export function clearTotp(user: User): void {
  user.bound = null
  user.pending = []
}

/** `POST /api/v2/mfa/totp/verify`, as the SDK asks and reads it. */
export function verifyTotp(call: Call): Answer {
  const session = loggingIn(call)
  passTotp(call, session, call.body['totp'])
  return done(userAnswer(call, session.user, session.appId))
}

/** `POST /api/v2/applications/mfa/totp/verify`, the twin that the widget asks and reads. */
export function verifyTotpTwin(call: Call): Answer {
  const session = loggingIn(call)
  passTotp(call, session, call.body['totp'])
  return loginFinished(userAnswer(call, session.user, session.appId))
}

/** Accepts the code of the binding in force, or refuses with 6001. */
export function passTotp(call: Call, { user }: Session, totp: unknown): void {
  if (!user.bound || !acceptCode(user.bound, totp, call.now)) throw new Refusal(6001)
}

/** `POST /api/v2/mfa/totp/recovery`: the new code stands beside `data`. */
export function verifyRecoveryCode(call: Call): Answer {
  const session = loggingIn(call)
  const recoveryCode = passRecoveryCode(call, session.user, call.body['recoveryCode'])
  return done(userAnswer(call, session.user, session.appId), { recoveryCode })
}

/** Spends the recovery code and answers the new one, or refuses with 6002. */
export function passRecoveryCode(call: Call, user: User, code: unknown): string {
  const next = rotateRecoveryCode(user, code, call.now)
  if (next === null) throw new Refusal(6002)
  return next
}

/** A key as the list and the import answer it. */
export function authenticator(user: User, key: TotpKey, enable: boolean): Readonly<Record<string, unknown>> {
  return {
    id: key.id,
    userId: user.id,
    createdAt: new Date(key.createdAt).toISOString(),
    updatedAt: new Date(key.updatedAt).toISOString(),
    enable,
    authenticatorType: 'totp',
    secret: key.secret,
    recoveryCode: key.recoveryCode,
  }
}

function otpauthUri(user: User, { secret }: TotpKey): string {
  const issuer = encodeURIComponent(POOL.name)
  const label = `${issuer}:${encodeURIComponent(user.email)}`
  return `otpauth://totp/${label}?secret=${secret}&period=30&digits=6&algorithm=SHA1&issuer=${issuer}`
}
