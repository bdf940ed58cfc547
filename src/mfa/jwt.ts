import { base64ToBytes } from '../core/bytes'
import { parseJson } from './json'
import { member, numeric } from './members'

/** When a token of the server was issued and when it ends, in epoch seconds; undefined where it does not say. */
export interface TokenTimes {
  iat?: number
  exp?: number
}

/** Reads the times of a JWT. The signature is the server's business: nothing here is decided by what else it says. */
export function tokenTimes(jwt: string): TokenTimes {
  const payload = base64ToBytes(jwt.split('.')[1] ?? '')
  if (payload === null) return {}
  try {
    const claims = parseJson(payload)
    return { ...time('iat', member(claims, 'iat')), ...time('exp', member(claims, 'exp')) }
  } catch {
    // Not a JWT: a token is opaque, it need not say anything.
    return {}
  }
}

function time(name: 'iat' | 'exp', value: unknown): TokenTimes {
  const seconds = numeric(typeof value === 'number' ? Math.floor(value) : value)
  return seconds === undefined ? {} : { [name]: seconds }
}
