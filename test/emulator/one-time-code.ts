import { createHmac } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const PERIOD_MS = 30_000
const DIGITS = 6

/** RFC 4648 Base32 without padding. */
export function base32FromBytes(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** Reads Base32; what is not in the alphabet is skipped, since the server takes an imported secret as it is. */
export function bytesFromBase32(text: string): Uint8Array {
  const values = [...text.toUpperCase()].map((character) => ALPHABET.indexOf(character)).filter((value) => value >= 0)
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

/** RFC 4226 with SHA-1 and six digits. */
export function hotp(key: Uint8Array, counter: number): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', key).update(message).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** RFC 6238: the code of a Base32 secret at a moment in ms. */
export function totp(secret: string, now: number): string {
  return hotp(bytesFromBase32(secret), stepAt(now))
}

/** The unused time step whose code this is: the present one, the one before or the one after, else `null`. */
export function matchingStep(secret: string, code: string, now: number, used: ReadonlySet<number>): number | null {
  const key = bytesFromBase32(secret)
  const present = stepAt(now)
  const steps = [present, present - 1, present + 1].filter((step) => step >= 0 && !used.has(step))
  return steps.find((step) => hotp(key, step) === code) ?? null
}

function stepAt(now: number): number {
  return Math.floor(now / PERIOD_MS)
}
