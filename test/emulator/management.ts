import { done, Refusal, type Answer } from './answers'
import { requireAdministrator, requiredText, type Call } from './call'
import { userById } from './state'
import { authenticator, clearTotp } from './totp'
import { newTotpKey } from './totp-keys'
import type { User } from './user'

/** `GET /api/v2/users/{userId}/mfa-bound`. */
export function mfaStatus(call: Call): Answer {
  requireAdministrator(call)
  const user = userInPath(call)
  return done({ OTP: user.bound !== null, FACE: user.face })
}

/** `DELETE /api/v2/users/{userId}/mfa-bound?type=OTP|FACE`. */
export function unassociate(call: Call): Answer {
  requireAdministrator(call)
  const user = userInPath(call)
  const type = call.query.get('type')
  if (type !== 'OTP' && type !== 'FACE') throw new Refusal(400, { status: 400 })
  if (type === 'OTP') clearTotp(user)
  else user.face = false
  return done()
}

/** `POST /api/v2/mfa/totp/import`: in force at once, whatever the secret is. */
export function importTotp(call: Call): Answer {
  requireAdministrator(call)
  const user = userById(call.state, requiredText(call, 'userId'))
  if (!user) throw new Refusal(2004)
  const recoveryCode = call.body['recoveryCode']
  const given = typeof recoveryCode === 'string' && recoveryCode !== '' ? { recoveryCode } : {}
  clearTotp(user)
  user.bound = newTotpKey(call.now, { secret: requiredText(call, 'secret'), ...given })
  return done(authenticator(user, user.bound, true))
}

function userInPath(call: Call): User {
  const id = decodeURIComponent(call.path.split('/')[4] ?? '')
  const user = userById(call.state, id)
  if (!user) throw new Refusal(2004)
  return user
}
