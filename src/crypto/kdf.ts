import { argon2id } from 'hash-wasm'

import { type Bytes, textToBytes } from '../core/bytes'

/** What a guess at a passphrase costs. Stored beside what it protects, so that it can grow. */
export interface KdfParameters {
  algorithm: 'argon2id'
  memoryKib: number
  passes: number
  lanes: number
}

/** Default and floor alike (KEY-1): five times the memory and time of OWASP's minimum, under half a second here. */
export const KDF_DEFAULT: KdfParameters = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 }

/** INP-4: above these a number in a stored header is damage or an attack, and nothing is allocated for it. */
const CEILING = { memoryKib: 1_048_576, passes: 64, lanes: 16, memoryTimesPassesKib: 8_388_608 }

const KEY_BYTES = 32

/** The 256-bit key that a passphrase and its salt make. Unicode spellings that look alike make the same key (NFKC). */
export async function stretchPassphrase(passphrase: string, salt: Bytes, parameters: KdfParameters): Promise<Bytes> {
  const key = await argon2id({
    password: textToBytes(normalizePassphrase(passphrase)),
    salt,
    memorySize: parameters.memoryKib,
    iterations: parameters.passes,
    parallelism: parameters.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  })
  return new Uint8Array(key)
}

/** The form in which a passphrase is counted and stretched. */
export function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC')
}

/** Whether guessing would cost less than `floor` asks for. */
export function isCheaper(parameters: KdfParameters, floor: KdfParameters): boolean {
  return parameters.memoryKib < floor.memoryKib || parameters.passes < floor.passes || parameters.lanes < floor.lanes
}

/** Whether `value`, read from a store, is a set of parameters that can be carried out at all. */
export function isKdfParameters(value: unknown): value is KdfParameters {
  const { algorithm, memoryKib, passes, lanes } = (value ?? {}) as Partial<Record<keyof KdfParameters, unknown>>
  return (
    algorithm === 'argon2id' &&
    isWithin(lanes, 1, CEILING.lanes) &&
    isWithin(passes, 1, CEILING.passes) &&
    isWithin(memoryKib, 8 * lanes, CEILING.memoryKib) &&
    memoryKib * passes <= CEILING.memoryTimesPassesKib
  )
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}
