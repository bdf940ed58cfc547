import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import type { ImportedEntry } from './format'
import { isObject, listOf, member, nameOf } from './json'
import { rowName, typeFrom } from './row-parts'
import { entryOf } from './rows'

const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp' }

/** The account that a token of FreeOTP, FreeOTP 2 or FreeOTP+ describes. `secret` is given where it is kept elsewhere. Throws `entry/…`, `format/row-damaged`. */
export function readToken(token: unknown, secret = signedBytes(member(token, 'secret'))): ImportedEntry {
  if (!isObject(token)) throw new AppError('format/row-damaged')
  return entryOf({
    type: typeFrom(TYPES, member(token, 'type')),
    issuer: issuerOf(token),
    label: labelOf(token),
    secret: secret ?? '',
    algorithm: member(token, 'algo'),
    digits: member(token, 'digits'),
    periodSeconds: member(token, 'period'),
    // As stored: the number of the next code that the app itself would show.
    counter: member(token, 'counter'),
  })
}

/** What a token is called where it cannot be read. */
export function tokenName(token: unknown): string {
  return rowName(issuerOf(token), labelOf(token))
}

/** What `tokenOrder` calls a token: its first names, not those that the user gave it later. */
export function tokenKey(token: unknown): string {
  const issuer = nameOf(member(token, 'issuerInt')) || nameOf(member(token, 'issuerExt'))
  const label = nameOf(member(token, 'label'))
  return issuer === '' ? label : `${issuer}:${label}`
}

/** Java's bytes, -128 to 127, as they stand in JSON; null where there are none. Throws `format/row-damaged` for anything else. */
export function signedBytes(value: unknown): Uint8Array<ArrayBuffer> | null {
  if (value === undefined) return null
  const numbers = listOf(value)
  const proper = numbers.every((byte) => Number.isInteger(byte) && Math.abs((byte as number) + 0.5) < 128.5)
  if (!Array.isArray(value) || !proper) throw new AppError('format/row-damaged')
  return Uint8Array.from(numbers as readonly number[], (byte) => byte & 0xff)
}

/** The user's own wording first, then the issuer parameter, then the label's prefix. */
function issuerOf(token: unknown): unknown {
  return member(token, 'issuerAlt') ?? member(token, 'issuerExt') ?? member(token, 'issuerInt')
}

function labelOf(token: unknown): unknown {
  return member(token, 'labelAlt') ?? member(token, 'label')
}
