import { base64ToBytes, bytesToBase64, bytesToHex, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'

/** Fills an array with random bytes: `crypto.getRandomValues`, or something predictable in a test. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => void

interface PublicKey {
  modulus: bigint
  exponent: bigint
  /** Length of the modulus. */
  bytes: number
}

/** The algorithm identifier rsaEncryption, 1.2.840.113549.1.1.1, with its NULL parameters (RFC 8017 A.1). */
const RSA_ENCRYPTION = '06092a864886f70d0101010500'

const SEQUENCE = 0x30
const INTEGER = 0x02
const BIT_STRING = 0x03

/** What PKCS#1 v1.5 adds at least: 00 02, eight random bytes, 00 (RFC 8017 §7.2). */
const PADDING_BYTES = 11

const randomBytes: RandomBytes = (bytes) => void crypto.getRandomValues(bytes)

/**
 * Encrypts a text for the owner of a public key (SPKI, PEM) with RSA PKCS#1 v1.5, which WebCrypto does not offer and
 * the MFA server demands for passwords; Base64. Throws `mfa/answer-unreadable` for a key that is none, and
 * `mfa/wrong-password` for a text too long for the key: no password of the server's can be that long.
 */
export function encryptForServer(text: string, pem: string, random: RandomBytes = randomBytes): string {
  const key = readPublicKey(pem)
  const message = pad(textToBytes(text), key.bytes, random)
  const cipher = power(toNumber(message), key.exponent, key.modulus)
  return bytesToBase64(toBytes(cipher, key.bytes))
}

function pad(text: Uint8Array, length: number, random: RandomBytes): Uint8Array {
  if (text.length > length - PADDING_BYTES) throw new AppError('mfa/wrong-password')
  const padded = new Uint8Array(length)
  padded[1] = 2
  padded.set(nonZeroBytes(length - text.length - 3, random), 2)
  padded.set(text, length - text.length)
  return padded
}

/** A zero would end the padding early. */
function nonZeroBytes(length: number, random: RandomBytes): Uint8Array {
  const kept = new Uint8Array(length)
  const drawn = new Uint8Array(1)
  for (let at = 0; at < length;) {
    random(drawn)
    kept[at] = drawn[0] ?? 0
    if (kept[at] !== 0) at++
  }
  return kept
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${bytesToHex(bytes)}`)
}

function toBytes(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16))
}

/** SubjectPublicKeyInfo: SEQUENCE { algorithm, BIT STRING { SEQUENCE { modulus INTEGER, exponent INTEGER } } }. */
function readPublicKey(pem: string): PublicKey {
  const algorithm = element(element(pemBytes(pem), SEQUENCE).content, SEQUENCE)
  if (bytesToHex(algorithm.content) !== RSA_ENCRYPTION) unreadable()
  const bits = element(algorithm.rest, BIT_STRING).content
  const modulus = element(element(bits.subarray(1), SEQUENCE).content, INTEGER)
  const exponent = element(modulus.rest, INTEGER)
  return checked(toNumber(modulus.content), toNumber(exponent.content))
}

/** Keeps a server from choosing a key that breaks, or takes for ever. */
function checked(modulus: bigint, exponent: bigint): PublicKey {
  const bytes = Math.ceil(modulus.toString(2).length / 8)
  const sound = bytes >= 128 && bytes <= 512 && modulus % 2n === 1n && exponent >= 3n && exponent < 2n ** 32n
  return sound ? { modulus, exponent, bytes } : unreadable()
}

/** The DER element at the start of `bytes`, which must have this tag, and what follows it. */
function element(bytes: Uint8Array, tag: number): { content: Uint8Array; rest: Uint8Array } {
  const first = bytes[1] ?? 0
  const start = first < 0x80 ? 2 : 2 + (first & 0x7f)
  const length = first < 0x80 ? first : Number(toNumber(bytes.subarray(2, start)))
  if (bytes[0] !== tag || length > bytes.length - start) unreadable()
  return { content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) }
}

function pemBytes(pem: string): Uint8Array {
  const [, base64] = /^\s*-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----\s*$/.exec(pem) ?? []
  return base64ToBytes(base64 ?? '') ?? unreadable()
}

function unreadable(): never {
  throw new AppError('mfa/answer-unreadable')
}
