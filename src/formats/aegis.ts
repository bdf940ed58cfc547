import { encodeBase32 } from '../core/base32'
import {
  type Bytes,
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  concatBytes,
  hexToBytes,
  textToBytes,
} from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { openGcm } from '../crypto/file-ciphers'
import { scrypt } from '../crypto/file-kdf'
import { randomBytes, randomUuid, sealGcm } from '../crypto/file-sealing'
import type { ForeignFile, Format, ImportedEntry, ReadOptions } from './format'
import { isObject, listOf, member, nameOf, parseDecrypted } from './json'
import { passwordIn } from './password'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'

const DATABASE_VERSION = 3
const PASSWORD_SLOT = 1
const MOST_SLOTS = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const SCRYPT = { n: 32_768, r: 8, p: 1 }

const TYPES: Readonly<Record<string, EntryType>> = {
  totp: 'totp',
  hotp: 'hotp',
  steam: 'steam',
  // As programs call it that write this format, too.
  steamtotp: 'steam',
  motp: 'motp',
  yandex: 'yandex',
}

/** The vaults of Aegis (`.json`), database version 1 to 3, plain and behind a password. */
export const aegis: Format = {
  name: 'aegis',

  recognise: ({ json }) => isObject(member(json, 'header')) && member(json, 'db') !== undefined,

  async read(file, options) {
    const database = await databaseIn(file, options)
    const groups = new Map(listOf(member(database, 'groups')).map((row) => [member(row, 'uuid'), member(row, 'name')]))
    return readRows(
      listOf(member(database, 'entries')),
      (row, _index, warn) => readEntry(row, groups, warn),
      (row) => rowName(member(row, 'issuer'), member(row, 'name')),
    )
  },

  async write(entries, { password }) {
    const groupIds = new Map(entries.flatMap(({ groups = [] }) => groups).map((name) => [name, randomUuid()]))
    const { rows, problems } = writeRows(entries, {
      write: (entry) => writeEntry(entry, groupIds),
      holds: { groups: 'all', note: true, favourite: true },
    })
    const groups = [...groupIds].map(([name, uuid]) => ({ uuid, name }))
    const database = { version: DATABASE_VERSION, entries: rows, groups, icons_optimized: true }
    const vault = password
      ? await sealDatabase(database, password)
      : { version: 1, header: { slots: null, params: null }, db: database }
    return { bytes: textToBytes(JSON.stringify(vault, null, 4)), problems }
  },
}

async function databaseIn({ json }: ForeignFile, options: ReadOptions): Promise<unknown> {
  const database = member(json, 'db')
  if (isObject(database)) return database
  const sealed = typeof database === 'string' ? base64ToBytes(database) : null
  const { nonce, tag } = sealParameters(member(json, 'header', 'params'))
  const slots = listOf(member(json, 'header', 'slots')).filter((slot) => member(slot, 'type') === PASSWORD_SLOT)
  if (!sealed) throw new AppError('format/damaged')
  // Only a fingerprint or a key of the phone opens such a file.
  if (slots.length === 0) throw new AppError('format/not-possible', { app: 'Aegis' })
  const master = await masterKey(slots.slice(0, MOST_SLOTS), passwordIn(options))
  const opened = await openGcm(master, nonce, concatBytes(sealed, tag))
  if (!opened) throw new AppError('format/damaged')
  return parseDecrypted(opened)
}

/** Every slot with a password is tried. Throws `format/wrong-password` where it opens none. */
async function masterKey(slots: readonly unknown[], password: string): Promise<Bytes> {
  for (const slot of slots) {
    const { nonce, tag } = sealParameters(member(slot, 'key_params'))
    const numbers = { cost: member(slot, 'n'), blockSize: member(slot, 'r'), lanes: member(slot, 'p') }
    const key = await scrypt(password, hexIn(member(slot, 'salt')), numbers)
    const master = await openGcm(key, nonce, concatBytes(hexIn(member(slot, 'key')), tag))
    if (master?.length === KEY_BYTES) return master
  }
  throw new AppError('format/wrong-password')
}

function sealParameters(parameters: unknown): { nonce: Bytes; tag: Bytes } {
  return { nonce: hexIn(member(parameters, 'nonce')), tag: hexIn(member(parameters, 'tag')) }
}

function hexIn(value: unknown): Bytes {
  const bytes = typeof value === 'string' ? hexToBytes(value) : null
  if (!bytes) throw new AppError('format/damaged')
  return bytes
}

function readEntry(
  row: unknown,
  groups: ReadonlyMap<unknown, unknown>,
  warn: (reason: ErrorCode) => void,
): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const info = member(row, 'info')
  const type = typeFrom(TYPES, member(row, 'type'))
  // Aegis takes MD5 as SHA1 wherever it is not mOTP, so the account behind such a row is a SHA1 account.
  const replaced = (type === 'totp' || type === 'hotp') && nameOf(member(info, 'algo')).toUpperCase() === 'MD5'
  const entry = entryOf({
    type,
    issuer: member(row, 'issuer'),
    label: member(row, 'name'),
    secret: member(info, 'secret'),
    algorithm: replaced ? 'SHA1' : member(info, 'algo'),
    digits: member(info, 'digits'),
    periodSeconds: member(info, 'period'),
    counter: member(info, 'counter'),
    pin: member(info, 'pin'),
  })
  if (replaced) warn('format/algorithm-replaced')
  const names = [member(row, 'group'), ...listOf(member(row, 'groups')).map((id) => groups.get(id))]
  return { ...entry, ...beside({ groups: names, note: member(row, 'note'), favourite: member(row, 'favorite') }) }
}

function writeEntry(entry: ImportedEntry, groupIds: ReadonlyMap<string, string>): object {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = 0, pin } = entry
  return {
    type,
    uuid: randomUuid(),
    name: label,
    issuer,
    note: entry.note ?? '',
    favorite: entry.favourite ?? false,
    icon: null,
    info: {
      secret: encodeBase32(secret),
      algo: algorithm,
      digits,
      ...(type === 'hotp' ? { counter } : { period: periodSeconds }),
      ...(pin === undefined ? {} : { pin }),
    },
    groups: (entry.groups ?? []).map((name) => groupIds.get(name)),
  }
}

async function sealDatabase(database: object, password: string): Promise<object> {
  const [salt, master] = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)]
  const key = await scrypt(password, salt, { cost: SCRYPT.n, blockSize: SCRYPT.r, lanes: SCRYPT.p })
  const wrapped = await sealApart(key, master)
  const sealed = await sealApart(master, textToBytes(JSON.stringify(database)))
  const slot = {
    type: PASSWORD_SLOT,
    uuid: randomUuid(),
    key: bytesToHex(wrapped.text),
    key_params: wrapped.params,
    ...SCRYPT,
    salt: bytesToHex(salt),
    repaired: true,
    is_backup: false,
  }
  return { version: 1, header: { slots: [slot], params: sealed.params }, db: bytesToBase64(sealed.text) }
}

/** Aegis keeps nonce, text and tag apart. */
async function sealApart(key: Bytes, plaintext: Bytes): Promise<{ text: Bytes; params: object }> {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = await sealGcm(key, nonce, plaintext)
  const tag = sealed.slice(-TAG_BYTES)
  return { text: sealed.slice(0, -TAG_BYTES), params: { nonce: bytesToHex(nonce), tag: bytesToHex(tag) } }
}
