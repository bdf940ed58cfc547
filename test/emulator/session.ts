import { done, Refusal, type Answer } from './answers'
import { bearer, signedIn, type Call } from './call'
import { userAnswer } from './user-answer'

/** `GET /api/v2/.well-known`: the key to which passwords are encrypted. */
export function wellKnown(call: Call): Answer {
  return done({ publicKey: call.passwordKey.publicKey })
}

/** `GET /api/v2/users/me`. */
export function currentUser(call: Call): Answer {
  const { user, appId } = signedIn(call)
  return done(userAnswer(call, user, appId))
}

/** `GET /api/v2/logout`: the token is worth nothing afterwards. */
export function logout(call: Call): Answer {
  const token = bearer(call)
  if (!token) throw new Refusal(2020)
  call.state.revokedTokens.add(token.id)
  return done()
}

/** `GET /api/v2/users/me/security-level`. */
export function securityLevel(call: Call): Answer {
  const { user } = signedIn(call)
  const mfa = user.bound !== null || user.face
  return done({
    email: true,
    mfa,
    password: true,
    phone: user.phone !== null,
    passwordSecurityLevel: 2,
    score: mfa ? 80 : 60,
  })
}
