import { randomBytes, randomUUID } from 'node:crypto'
import { readJwt, signJwt } from './jwt'
import { POOL } from './seed'

const LIFETIME_SECONDS = { user: 15 * 24 * 3600, mfa: 360, management: 12 * 3600 } as const

/** What a bearer may be: a signed-in user, a login that awaits its second factor, or an administrator. */
export type TokenKind = keyof typeof LIFETIME_SECONDS

/** A token of ours as read back. `userId` and `appId` are empty in a management token. */
export interface Token {
  readonly kind: TokenKind
  readonly id: string
  readonly userId: string
  readonly appId: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** Issues and reads tokens; the moment is the server's, in ms. */
export interface Tokens {
  issue(kind: TokenKind, now: number, userId?: string, appId?: string): string
  /** `null` for what is not a token of ours; an expired one is read all the same. */
  read(token: string): Token | null
}

/** Tokens signed with a key of this emulator alone. */
export function createTokens(): Tokens {
  const key = randomBytes(32)
  return {
    issue: (kind, now, userId = '', appId = '') => signJwt(claimsFor(kind, now, userId, appId), key),
    read(token) {
      const claims = readJwt(token, key)
      return claims ? tokenFrom(claims) : null
    },
  }
}

function claimsFor(kind: TokenKind, now: number, userId: string, appId: string) {
  const iat = Math.floor(now / 1000)
  const common = { jti: randomUUID(), iat, exp: iat + LIFETIME_SECONDS[kind] }
  const arn = `arn:cn:authing:${POOL.id}:user:${userId}`
  if (kind === 'mfa') return { data: { userPoolId: POOL.id, userId, appId, arn, stage: 1 }, ...common }
  if (kind === 'user')
    return { sub: userId, data: { type: 'user', id: userId, userPoolId: POOL.id, appId, arn }, ...common }
  return { data: { type: 'management', userPoolId: POOL.id }, ...common }
}

function tokenFrom(claims: Readonly<Record<string, unknown>>): Token {
  const data = claims['data'] as Readonly<Record<string, string | number>>
  return {
    kind: data['stage'] === 1 ? 'mfa' : data['type'] === 'user' ? 'user' : 'management',
    id: String(claims['jti']),
    userId: String(data['userId'] ?? data['id'] ?? ''),
    appId: String(data['appId'] ?? ''),
    issuedAt: Number(claims['iat']),
    expiresAt: Number(claims['exp']),
  }
}
