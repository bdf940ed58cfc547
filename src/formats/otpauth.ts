import { textToBytes } from '../core/bytes'
import type { NewEntry } from '../core/entry'
import type { ErrorCode } from '../core/errors'
import { formatOtpauthUri, isOtpauthUri, parseOtpauthUri } from '../core/otpauth-uri'
import type { ForeignFile, Format, Reading } from './format'
import { percentDecode } from './percent'
import { readRows, writeRows } from './rows'

/** What a line begins with that may hold more addresses; one that begins otherwise, as a comment does, holds none. */
const ANY_ADDRESS = /^\s*((apple-)?otpauth(-migration)?|steam|motp):\/\//i
const ADDRESS = /^[ \t]*((apple-)?otpauth:\/\/|steam:\/\/|motp:\/)/im

/** A list of `otpauth://`, `steam://` and `motp://` addresses, one a line; nearly every program writes and reads it. */
export const otpauth: Format = {
  name: 'otpauth',

  // Never sure: other programs add to this form what only their own readers know.
  recognise: ({ text, json }) =>
    (json === undefined ? ADDRESS.test(text ?? '') : addressesIn(json).length > 0) && 'perhaps',

  read: async (file) => readAddresses(file.json === undefined ? linesOf(file) : addressesIn(file.json)),

  async write(entries) {
    const { rows, problems } = writeRows(entries, { write: formatOtpauthUri, holds: {} })
    return { bytes: textToBytes(rows.map((row) => `${row}\n`).join('')), problems }
  },
}

/** Reads addresses, each for itself. */
export function readAddresses(addresses: readonly string[]): Reading {
  return readRows(addresses, (address, _index, warn) => readAddress(address, warn), addressName)
}

/** The account in an address. Throws `otpauth/…`, `entry/…`. */
export function readAddress(address: string, warn: (reason: ErrorCode) => void): NewEntry {
  const entry = parseOtpauthUri(namedAsSteam(address))
  if (entry.type === 'hotp' && !/[?&]counter=[^&]/i.test(address)) warn('format/counter-assumed')
  return entry
}

/** The addresses among all texts of a JSON document, however it wraps them. */
function addressesIn(json: unknown): string[] {
  if (typeof json === 'string') return isOtpauthUri(json) ? [json] : []
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(addressesIn) : []
}

/** The lines that say something: neither blank nor a comment. Some old files hold all their addresses in one. */
export function linesOf({ text }: ForeignFile): string[] {
  return (text ?? '')
    .split(/\r\n|\r|\n/)
    .flatMap((line) => (ANY_ADDRESS.test(line) ? line.split(/[,\s](?=otpauth:\/\/)/i) : [line]))
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** What an address calls its account: the label, never anything that may be a secret. */
export function addressName(address: string): string {
  const label = /^(?:apple-)?otpauth:\/\/[a-z]+\/([^?]*)|^motp:\/{1,3}([^?]*)\?/i.exec(address.trim())
  return percentDecode(label?.[1] ?? label?.[2] ?? '').trim()
}

/** WinAuth writes its Steam accounts as totp, and tells them only by what Steam itself wants to know about the device. */
function namedAsSteam(address: string): string {
  return /[?&]deviceid=/i.test(address) ? address.replace(/^(\s*otpauth:\/\/)totp\//i, '$1steam/') : address
}
