import type { Extra } from './answers'
import type { Call } from './call'
import type { User } from './user'

/** A user as the server answers it: with a token, and with stored secrets that a client must drop. */
export function userAnswer(call: Call, user: User, appId: string): Extra {
  const token = call.tokens.issue('user', call.now, user.id, appId)
  const expiresAt = (call.tokens.read(token)?.expiresAt ?? 0) * 1000
  return {
    id: user.id,
    username: user.id,
    nickname: null,
    email: user.email,
    emailVerified: true,
    phone: user.phone,
    phoneVerified: user.phone !== null,
    photo: null,
    token,
    tokenExpiredAt: new Date(expiresAt).toISOString(),
    password: `stored-password-hash-of-${user.id}`,
    salt: `stored-salt-of-${user.id}`,
    status: 'Activated',
  }
}
