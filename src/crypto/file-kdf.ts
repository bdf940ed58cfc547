import { argon2d, argon2i, argon2id, scrypt as deriveScrypt } from 'hash-wasm'

import { type Bytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'

/** The costly derivations of other programs' files. All numbers come from the file and are judged before anything is allocated (INP-4). */

const MIB = 1024
const ARGON2_CEILING = { memoryKib: 1024 * MIB, memoryTimesPassesKib: 8 * 1024 * MIB, lanes: 16 }
const SCRYPT_CEILING = { bytes: 256 * 1024 * 1024, blockSize: 32, lanes: 16 }
const LEAST_ARGON2_SALT = 8

/** How a password becomes a key by Argon2 (version 1.3); the numbers as the file says. */
export interface Argon2Parameters {
  /** `id` where nothing is said. */
  kind?: 'd' | 'i' | 'id'
  memoryKib: unknown
  passes: unknown
  lanes: unknown
  bytes?: number
}

/** How a password becomes a key by scrypt; the numbers as the file says. */
export interface ScryptParameters {
  cost: unknown
  blockSize: unknown
  lanes: unknown
}

/**
 * The key of a password, 32 bytes where nothing is said. `mostMib` is what the user agreed to.
 * Throws `format/too-costly`, `format/damaged`.
 */
export async function argon2(
  password: string | Bytes,
  salt: Bytes,
  { kind = 'id', memoryKib, passes, lanes, bytes = 32 }: Argon2Parameters,
  mostMib = 1024,
): Promise<Bytes> {
  const numbers = { memoryKib: wholeNumber(memoryKib), passes: wholeNumber(passes), lanes: wholeNumber(lanes) }
  checkArgon2(numbers, mostMib * MIB)
  if (numbers.memoryKib < 8 * numbers.lanes || salt.length < LEAST_ARGON2_SALT) throw new AppError('format/damaged')
  const derive = { d: argon2d, i: argon2i, id: argon2id }[kind]
  const key = await derive({
    password: typeof password === 'string' ? textToBytes(password) : password,
    salt,
    memorySize: numbers.memoryKib,
    iterations: numbers.passes,
    parallelism: numbers.lanes,
    hashLength: bytes,
    outputType: 'binary',
  })
  return new Uint8Array(key)
}

/** The 32-byte key of a password. Throws `format/too-costly`, `format/damaged`. */
export async function scrypt(
  password: string,
  salt: Bytes,
  { cost, blockSize, lanes }: ScryptParameters,
): Promise<Bytes> {
  const numbers = { cost: wholeNumber(cost), blockSize: wholeNumber(blockSize), lanes: wholeNumber(lanes) }
  checkScrypt(numbers)
  const key = await deriveScrypt({
    password: textToBytes(password),
    salt,
    costFactor: numbers.cost,
    blockSize: numbers.blockSize,
    parallelism: numbers.lanes,
    hashLength: 32,
    outputType: 'binary',
  })
  return new Uint8Array(key)
}

function checkArgon2({ memoryKib, passes, lanes }: Record<'memoryKib' | 'passes' | 'lanes', number>, mostKib: number) {
  const costly =
    memoryKib > Math.min(mostKib, ARGON2_CEILING.memoryKib) ||
    memoryKib * passes > ARGON2_CEILING.memoryTimesPassesKib ||
    lanes > ARGON2_CEILING.lanes
  if (costly) throw new AppError('format/too-costly', { memoryMib: Math.ceil(memoryKib / MIB) })
}

function checkScrypt({ cost, blockSize, lanes }: Record<'cost' | 'blockSize' | 'lanes', number>) {
  const bytes = 128 * cost * blockSize
  const costly = bytes > SCRYPT_CEILING.bytes || blockSize > SCRYPT_CEILING.blockSize || lanes > SCRYPT_CEILING.lanes
  if (costly) throw new AppError('format/too-costly', { memoryMib: Math.ceil(bytes / MIB ** 2) })
  if (cost < 2 || !Number.isInteger(Math.log2(cost))) throw new AppError('format/damaged')
}

/** A number of a derivation: anything but a whole number from 1 up is damage. */
function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) throw new AppError('format/damaged')
  return value
}
