import { type Bytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { openGcm, pbkdf2 } from '../crypto/file-ciphers'
import type { Format, ImportedEntry, Problem, ReadOptions, Reading } from './format'
import { readToken, signedBytes, tokenName } from './freeotp-token'
import { isJavaStream, readJavaMap } from './java-map'
import { listOf, member, parseJson, textOf } from './json'
import { checkRowCount } from './limits'
import { passwordIn } from './password'
import { isPreferences, readPreferences } from './preferences'
import { readRows } from './rows'

const ORDER = 'tokenOrder'
const MASTER = 'masterKey'
const TOKEN_SUFFIX = '-token'

const NONCE_BYTES = 12
const OCTET_STRING = 0x04

/** FreeOTP for Android: preferences of version 1 in XML; the encrypted backup of version 2, which is called `.xml` and is none. */
export const freeotp: Format = {
  name: 'freeotp',

  recognise: ({ bytes, text }) => isJavaStream(bytes) || (isPreferences(text) && text.includes(`"${ORDER}"`)),

  async read({ bytes, text }, options) {
    return text !== null && isPreferences(text)
      ? readFirst(await readPreferences(text))
      : readSecond(readJavaMap(bytes), options)
  },
}

/** Version 1: tokens by their keys, and a list of keys that says in which order. */
function readFirst(preferences: ReadonlyMap<string, string>): Reading {
  const keys = inOrder(preferences, (key) => key !== ORDER)
  return readRows(
    keys,
    (key) => readToken(parseJson(preferences.get(key) ?? '')),
    (key) => tokenName(parseJson(preferences.get(key) ?? '')) || key,
  )
}

/** Version 2: the password opens the master key, that one opens the key of each token, which is its secret. */
async function readSecond(backup: ReadonlyMap<string, string>, options: ReadOptions): Promise<Reading> {
  const master = parseJson(backup.get(MASTER) ?? '')
  if (master === undefined) throw new AppError('format/damaged')
  const masterKey = await openMaster(master, passwordIn(options))
  const ids = inOrder(backup, (key) => key !== ORDER && key !== MASTER).map((key) =>
    key.endsWith(TOKEN_SUFFIX) ? key.slice(0, -TOKEN_SUFFIX.length) : key,
  )
  checkRowCount(new Set(ids).size)
  const entries: ImportedEntry[] = []
  const problems: Problem[] = []
  for (const id of new Set(ids)) {
    const token = parseJson(backup.get(`${id}${TOKEN_SUFFIX}`) ?? '')
    try {
      entries.push(readToken(token, await openTokenKey(backup.get(id) ?? '', masterKey)))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problems.push({ row: tokenName(token) || id, reason: error.code })
    }
  }
  return { entries, problems }
}

async function openMaster(master: unknown, password: string): Promise<Bytes> {
  try {
    const salt = signedBytes(member(master, 'mSalt'))
    const hash = HASHES.get(textOf(member(master, 'mAlgorithm')).toLowerCase())
    if (!salt || !hash) throw new AppError('format/damaged')
    const key = await pbkdf2(password, salt, { hash, passes: member(master, 'mIterations'), bytes: 32 })
    const opened = await openKey(member(master, 'mEncryptedKey'), key)
    if (!opened) throw new AppError('format/wrong-password')
    return opened
  } catch (cause) {
    // Here it is no row that is damaged: without this key nothing opens.
    const damaged = cause instanceof AppError && cause.code === 'format/row-damaged'
    throw damaged ? new AppError('format/damaged', {}, { cause }) : cause
  }
}

/** Older Androids had no SHA-512 to offer. */
const HASHES: ReadonlyMap<string, 'SHA-1' | 'SHA-512'> = new Map([
  ['pbkdf2withhmacsha1', 'SHA-1'],
  ['pbkdf2withhmacsha512', 'SHA-512'],
])

async function openTokenKey(text: string, masterKey: Bytes): Promise<Bytes> {
  const sealed = parseJson(textOf(member(parseJson(text), 'key')))
  const secret = sealed === undefined ? null : await openKey(sealed, masterKey)
  if (!secret) throw new AppError('format/row-damaged')
  return secret
}

/** The name of the algorithm that a key is for is bound to it as associated data. */
async function openKey(sealed: unknown, key: Bytes): Promise<Bytes | null> {
  const text = signedBytes(member(sealed, 'mCipherText'))
  const nonce = nonceIn(signedBytes(member(sealed, 'mParameters')))
  if (!text || !nonce) throw new AppError('format/row-damaged')
  return openGcm(key, nonce, text, textToBytes(textOf(member(sealed, 'mToken'))))
}

/** DER: a sequence that begins with the nonce, or on some Androids the nonce alone. */
function nonceIn(parameters: Bytes | null): Bytes | null {
  const at = parameters?.[0] === OCTET_STRING ? 0 : 2
  if (!parameters || parameters[at] !== OCTET_STRING || parameters[at + 1] !== NONCE_BYTES) return null
  const nonce = parameters.slice(at + 2, at + 2 + NONCE_BYTES)
  return nonce.length === NONCE_BYTES ? nonce : null
}

/** The keys that count, those first that the file's own order names. */
function inOrder(map: ReadonlyMap<string, string>, counts: (key: string) => boolean): string[] {
  const named = listOf(parseJson(map.get(ORDER) ?? '')).filter((key) => typeof key === 'string')
  const known = named.filter((key) => map.has(key) && counts(key))
  return [...new Set([...known, ...map.keys()])].filter(counts)
}
