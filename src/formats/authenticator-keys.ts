import { type Bytes, base64ToBytes, bytesToBase64, bytesToHex, equalBytes, textToBytes } from '../core/bytes'
import { argon2 } from '../crypto/file-kdf'
import { openSalted } from './crypto-js'
import type { ReadOptions } from './format'
import { isObject, member } from './json'

const V3_KDF = { memoryKib: 19_456, passes: 2, lanes: 1 }
const MOST_KEYS = 8

/** The passphrases that a password opens in a backup of the Authenticator extension. */
export interface OpenedKeys {
  /** By the id that v3 entries name. */
  readonly v3: ReadonlyMap<string, string>
  /** For the ciphertexts of v1 and v2, in the order in which to try them. */
  readonly older: readonly string[]
  /** Whether a check value proved the password right. */
  readonly proven: boolean
}

/** What the password opens. Throws `format/damaged`, `format/too-costly`. */
export async function openKeys(json: unknown, password: string, { memoryMib }: ReadOptions): Promise<OpenedKeys> {
  const values = isObject(json) ? Object.values(json) : []
  const v3 = new Map<string, string>()
  let proven = false
  for (const key of values.filter((value) => member(value, 'dataType') === 'Key').slice(0, MOST_KEYS)) {
    const [id, passphrase] = [member(key, 'id'), await passphraseV3(key, password, memoryMib)]
    const right = passphrase === null ? false : await matches(passphrase, member(key, 'hash'), memoryMib)
    if (typeof id === 'string' && passphrase !== null && right !== false) v3.set(id, passphrase)
    proven ||= right === true
  }
  const older: string[] = []
  // Some cloud backups lost the wrapper.
  for (const key of [member(json, 'key'), json]) {
    const passphrase = await passphraseV2(key, password)
    const right = passphrase === null ? false : await matches(passphrase, member(key, 'hash'), memoryMib)
    if (passphrase !== null && right !== false) older.push(passphrase)
    proven ||= right === true
  }
  return { v3, older: [...older, password], proven }
}

/** Text made from the password. Null where the key has no salt. */
async function passphraseV3(key: unknown, password: string, memoryMib?: number): Promise<string | null> {
  const salt = member(key, 'salt')
  if (typeof salt !== 'string') return null
  return bytesToBase64(await argon2(password, textToBytes(salt), V3_KDF, memoryMib)).replace(/=+$/, '')
}

/** The hexadecimal text of random bytes, which are encrypted with the password. Null where the password opens nothing. */
async function passphraseV2(key: unknown, password: string): Promise<string | null> {
  const sealed = member(key, 'enc')
  const opened = typeof sealed === 'string' ? await openSalted(sealed, password) : null
  return opened === null || opened.length === 0 ? null : bytesToHex(opened)
}

/** Whether a passphrase is the one of a PHC string; null where there is none to compare with. */
async function matches(passphrase: string, phc: unknown, memoryMib?: number): Promise<boolean | null> {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,12}),t=(\d{1,12}),p=(\d{1,12})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    typeof phc === 'string' ? phc : '',
  )
  const [salt, hash] = [base64ToBytes(parts?.[4] ?? ''), base64ToBytes(parts?.[5] ?? '')]
  if (!parts || !salt || !hash || hash.length < 4 || hash.length > 64) return null
  const [memoryKib, passes, lanes] = parts.slice(1, 4).map(Number)
  const derived = await argon2(passphrase, salt, { memoryKib, passes, lanes, bytes: hash.length }, memoryMib)
  return equalBytes(derived, hash)
}

/** The text of a ciphertext under any of the passphrases; the first that `accept` takes. Null where there is none. */
export async function openWithAny<Result>(
  text: unknown,
  passphrases: readonly string[],
  accept: (opened: Bytes) => Result | null,
): Promise<Result | null> {
  if (typeof text !== 'string') return null
  for (const passphrase of passphrases) {
    const opened = await openSalted(text, passphrase)
    const result = opened && accept(opened)
    if (result !== null) return result
  }
  return null
}
