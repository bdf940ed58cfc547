import { encodeBase32 } from '../core/base32'
import { type Bytes, bytesToHex, bytesToText, concatBytes, hexToBytes, textToBytes } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { openCbc, openGcm, pbkdf2 } from '../crypto/file-ciphers'
import { argon2 } from '../crypto/file-kdf'
import { randomBytes, sealGcm } from '../crypto/file-sealing'
import type { ForeignFile, Format, ImportedEntry, ReadOptions } from './format'
import { inOrder } from './in-order'
import { isObject, listOf, member, parseJson, textOf } from './json'
import { passwordIn } from './password'
import { beside, rowName } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'

const CURRENT_MARK = 'AUTHENTICATORPRO'
const LEGACY_MARK = 'AuthenticatorPro'
const MARK_BYTES = CURRENT_MARK.length
const TAG_BYTES = 16
const CURRENT = { salt: 16, nonce: 12, kdf: { memoryKib: 65_536, passes: 3, lanes: 4 } }
const LEGACY = { salt: 20, iv: 16, kdf: { hash: 'SHA-1', passes: 64_000, bytes: 32 } } as const

/** By the numbers in the file, which begin at 1. */
const TYPES: readonly EntryType[] = ['hotp', 'totp', 'motp', 'steam', 'yandex']
const ALGORITHMS: readonly string[] = ['SHA1', 'SHA256', 'SHA512']

/** The backups of Stratum, once Authenticator Pro: plain, and encrypted in both generations. Its page is an `html`. */
export const stratum: Format = {
  name: 'stratum',

  recognise: (file) => markOf(file) !== null || Array.isArray(member(file.json, 'Authenticators')),

  async read(file, options) {
    const backup = markOf(file) === null ? file.json : await openBackup(file, options)
    const groups = groupsBySecret(backup)
    return readRows(
      inOrder(listOf(member(backup, 'Authenticators')), (row) => member(row, 'Ranking')),
      (row) => readRow(row, groups),
      (row) => rowName(member(row, 'Issuer'), member(row, 'Username')),
    )
  },

  async write(entries, { password }) {
    const written = entries.filter((entry) => obstacle(entry) === null)
    const groups = groupsToWrite(written)
    const { rows, problems } = writeRows(entries, {
      write: writeRow,
      holds: { groups: 'all' },
      obstacle,
      losses: (entry) => losses(entry, groups),
    })
    const plain = textToBytes(JSON.stringify({ Authenticators: rows, ...writeCategories(groups), CustomIcons: [] }))
    return { bytes: password ? await sealBackup(plain, password) : plain, problems }
  },
}

function markOf({ bytes }: ForeignFile): typeof CURRENT_MARK | typeof LEGACY_MARK | null {
  const start = String.fromCharCode(...bytes.subarray(0, MARK_BYTES))
  return start === CURRENT_MARK || start === LEGACY_MARK ? start : null
}

async function openBackup(file: ForeignFile, options: ReadOptions): Promise<unknown> {
  const password = passwordIn(options)
  const sealed = file.bytes.slice(MARK_BYTES)
  const opened =
    markOf(file) === CURRENT_MARK ? await openCurrent(sealed, password, options) : await openLegacy(sealed, password)
  const json = opened && parseJson(bytesToText(opened) ?? '')
  // The legacy form has no MAC: a wrong password may give rubbish.
  if (!json) throw new AppError('format/wrong-password')
  return json
}

async function openCurrent(bytes: Bytes, password: string, { memoryMib }: ReadOptions): Promise<Bytes | null> {
  const textAt = CURRENT.salt + CURRENT.nonce
  if (bytes.length <= textAt + TAG_BYTES) throw new AppError('format/damaged')
  const key = await argon2(password, bytes.slice(0, CURRENT.salt), CURRENT.kdf, memoryMib)
  return openGcm(key, bytes.slice(CURRENT.salt, textAt), bytes.slice(textAt))
}

async function openLegacy(bytes: Bytes, password: string): Promise<Bytes | null> {
  const textAt = LEGACY.salt + LEGACY.iv
  if (bytes.length <= textAt || (bytes.length - textAt) % 16 !== 0) throw new AppError('format/damaged')
  const key = await pbkdf2(password, bytes.slice(0, LEGACY.salt), LEGACY.kdf)
  return openCbc(key, bytes.slice(LEGACY.salt, textAt), bytes.slice(textAt))
}

/** Categories name their members by secret, so accounts with one secret share them. */
function groupsBySecret(backup: unknown): ReadonlyMap<unknown, readonly unknown[]> {
  const names = new Map(listOf(member(backup, 'Categories')).map((row) => [member(row, 'Id'), member(row, 'Name')]))
  const groups = new Map<unknown, unknown[]>()
  for (const row of listOf(member(backup, 'AuthenticatorCategories'))) {
    const secret = member(row, 'AuthenticatorSecret')
    groups.set(secret, [...(groups.get(secret) ?? []), names.get(member(row, 'CategoryId'))])
  }
  return groups
}

function readRow(row: unknown, groups: ReadonlyMap<unknown, readonly unknown[]>): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const type = TYPES[Number(member(row, 'Type') ?? 2) - 1]
  const algorithm = ALGORITHMS[Number(member(row, 'Algorithm') ?? 0)]
  if (!type) throw new AppError('entry/type-unsupported')
  if (!algorithm) throw new AppError('entry/algorithm-unsupported')
  const secret = member(row, 'Secret')
  return {
    ...entryOf({
      type,
      issuer: member(row, 'Issuer'),
      label: member(row, 'Username'),
      secret: type === 'motp' ? hexSecret(secret) : secret,
      algorithm,
      digits: member(row, 'Digits'),
      periodSeconds: member(row, 'Period'),
      counter: member(row, 'Counter'),
      pin: member(row, 'Pin'),
    }),
    ...beside({ groups: groups.get(secret) ?? [] }),
  }
}

function hexSecret(value: unknown): Bytes {
  const bytes = hexToBytes(textOf(value))
  if (!bytes) throw new AppError('entry/secret-invalid')
  return bytes
}

function obstacle({ type, algorithm, digits }: ImportedEntry): ErrorCode | null {
  if (type !== 'motp' && !ALGORITHMS.includes(algorithm)) return 'format/algorithm-not-held'
  if (type === 'totp' && digits < 6) return 'format/digits-not-held'
  return type === 'hotp' && (digits < 6 || digits > 8) ? 'format/digits-not-held' : null
}

/** Stratum insists on an issuer: the name stands in for it. Accounts with one secret share their categories. */
function losses(entry: ImportedEntry, groups: Memberships): readonly (ErrorCode | null)[] {
  const shared = (groups.get(writtenSecret(entry))?.size ?? 0) > new Set(entry.groups).size
  return [entry.issuer === '' ? 'format/text-not-held' : null, shared ? 'format/groups-not-held' : null]
}

function writeRow(entry: ImportedEntry, ranking: number): object {
  const { type, issuer, label, algorithm, digits, periodSeconds, counter = 0, pin } = entry
  return {
    Type: TYPES.indexOf(type) + 1,
    Icon: null,
    Issuer: issuer || label,
    Username: issuer ? label : '',
    Secret: writtenSecret(entry),
    Pin: pin ?? null,
    Algorithm: Math.max(0, ALGORITHMS.indexOf(algorithm)),
    Digits: digits,
    Period: periodSeconds,
    Counter: counter,
    CopyCount: 0,
    Ranking: ranking,
  }
}

function writtenSecret({ type, secret }: ImportedEntry): string {
  return type === 'motp' ? bytesToHex(secret) : encodeBase32(secret)
}

/** The groups of each secret as it is written. */
type Memberships = ReadonlyMap<string, ReadonlySet<string>>

function groupsToWrite(entries: readonly ImportedEntry[]): Memberships {
  const groups = new Map<string, Set<string>>()
  for (const entry of entries) {
    const secret = writtenSecret(entry)
    groups.set(secret, new Set([...(groups.get(secret) ?? []), ...(entry.groups ?? [])]))
  }
  return groups
}

function writeCategories(groups: Memberships): object {
  const names = [...new Set([...groups.values()].flatMap((own) => [...own]))]
  const idOf = (name: string): string => String(names.indexOf(name) + 1).padStart(8, '0')
  const memberships = [...groups].flatMap(([secret, own]) =>
    [...own].map((name) => ({ CategoryId: idOf(name), AuthenticatorSecret: secret, Ranking: 0 })),
  )
  const categories = names.map((name, ranking) => ({ Id: idOf(name), Name: name, Ranking: ranking }))
  return { Categories: categories, AuthenticatorCategories: memberships }
}

async function sealBackup(plain: Bytes, password: string): Promise<Bytes> {
  const [salt, nonce] = [randomBytes(CURRENT.salt), randomBytes(CURRENT.nonce)]
  const key = await argon2(password, salt, CURRENT.kdf)
  return concatBytes(textToBytes(CURRENT_MARK), salt, nonce, await sealGcm(key, nonce, plain))
}
