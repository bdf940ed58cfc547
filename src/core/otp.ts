import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { HOTP, Secret } from 'otpauth/slim'

import { bytesToHex, concatBytes, textToBytes } from './bytes'
import { type NewEntry, YANDEX_SECRET_BYTES, checkParameters, needsPin } from './entry'
import { AppError } from './errors'

/** A code and the span in which it is valid, in epoch milliseconds; `validUntil` is the start of the next step. */
export interface Code {
  code: string
  validFrom: number
  validUntil: number
}

const STEAM_ALPHABET = '23456789BCDFGHJKMNPQRTVWXY'
const YANDEX_ALPHABET = 'abcdefghijklmnopqrstuvwxyz'

/** Enough digits for any 31-bit value: with these an HOTP is the truncated value itself (RFC 4226 §5.3). */
const WHOLE_VALUE_DIGITS = 10

/**
 * The code of the entry at the moment `epochMs`; for HOTP the code of its counter, valid from 0 to Infinity.
 * Throws `entry/…` where the parameters make no code.
 */
export function codeAt(entry: NewEntry, epochMs: number): Code {
  checkParameters(entry)
  const step = stepAt(entry, epochMs)
  const code = codeOfStep(entry, step)
  if (entry.type === 'hotp') return { code, validFrom: 0, validUntil: Infinity }
  const stepMs = entry.periodSeconds * 1000
  return { code, validFrom: step * stepMs, validUntil: (step + 1) * stepMs }
}

/** The number of the time step that `epochMs` lies in, counted from 1970; for HOTP the counter. */
export function stepAt(entry: NewEntry, epochMs: number): number {
  if (entry.type === 'hotp') return entry.counter ?? 0
  if (!Number.isFinite(epochMs)) throw new AppError('unexpected', {}, { cause: new RangeError('no moment in time') })
  return Math.floor(epochMs / (entry.periodSeconds * 1000))
}

function codeOfStep(entry: NewEntry, step: number): string {
  if (needsPin(entry.type) && !entry.pin) throw new AppError('entry/pin-missing')
  switch (entry.type) {
    case 'totp':
    case 'hotp':
      return hotp(entry, step, entry.digits)
    case 'steam':
      return steamCode(Number(hotp(entry, step, WHOLE_VALUE_DIGITS)), entry.digits)
    case 'motp':
      return motpCode(entry, step)
    case 'yandex':
      return yandexCode(entry, step)
  }
}

function hotp({ secret, algorithm }: NewEntry, counter: number, digits: number): string {
  // A copy: the library takes the whole buffer behind a view. Not by slice(), which shares memory in Node's Buffer.
  const { buffer } = new Uint8Array(secret)
  return HOTP.generate({ secret: new Secret({ buffer }), algorithm, digits, counter })
}

/** Steam writes the truncated value to base 26, least significant letter first. */
function steamCode(value: number, length: number): string {
  let code = ''
  for (let rest = value; code.length < length; rest = Math.floor(rest / STEAM_ALPHABET.length)) {
    code += STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length)
  }
  return code
}

/** Mobile-OTP: the beginning of MD5 over the step, the secret in lower-case hex and the PIN, all as text. */
function motpCode({ secret, pin = '', digits }: NewEntry, step: number): string {
  return bytesToHex(md5(textToBytes(`${step}${bytesToHex(secret)}${pin}`))).slice(0, digits)
}

/** Yandex: PIN and secret are hashed to the key, eight bytes are taken instead of four, and written as letters. */
function yandexCode({ secret, pin = '', digits }: NewEntry, step: number): string {
  const hash = sha256(concatBytes(textToBytes(pin), secret.subarray(0, YANDEX_SECRET_BYTES)))
  const digest = hmac(sha256, hash[0] === 0 ? hash.subarray(1) : hash, counterBytes(step))
  const offset = (digest.at(-1) ?? 0) & 15
  let value = new DataView(digest.buffer, digest.byteOffset).getBigUint64(offset) & 0x7fff_ffff_ffff_ffffn
  let code = ''
  for (const base = BigInt(YANDEX_ALPHABET.length); code.length < digits; value /= base) {
    code = YANDEX_ALPHABET.charAt(Number(value % base)) + code
  }
  return code
}

function counterBytes(counter: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt(counter))
  return bytes
}
