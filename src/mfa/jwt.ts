import { base64ToBytes } from '../core/bytes'
import { parseJson } from './json'
import { isObject, member, numeric, type JsonObject } from './members'

/** When a token of the server was issued and when it ends, in epoch seconds; undefined where it does not say. */
export interface TokenTimes {
  iat?: number
  exp?: number
}

/** Reads the times of a JWT. The signature is the server's business. */
export function tokenTimes(jwt: string): TokenTimes {
  const claims = claimsOf(jwt)
  return { ...time('iat', member(claims, 'iat')), ...time('exp', member(claims, 'exp')) }
}

/** The user an mfaToken is for (mfa-api §2.3), or null where it does not say. */
export function tokenUserId(mfaToken: string): string | null {
  const data = member(claimsOf(mfaToken), 'data')
  const userId = isObject(data) ? member(data, 'userId') : null
  return typeof userId === 'string' && userId !== '' ? userId : null
}

function claimsOf(jwt: string): JsonObject {
  const payload = base64ToBytes(jwt.split('.')[1] ?? '')
  try {
    return payload === null ? {} : parseJson(payload)
  } catch {
    // Not a JWT: a token is opaque, it need not say anything.
    return {}
  }
}

function time(name: 'iat' | 'exp', value: unknown): TokenTimes {
  const seconds = numeric(typeof value === 'number' ? Math.floor(value) : value)
  return seconds === undefined ? {} : { [name]: seconds }
}
