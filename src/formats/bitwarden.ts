import { encodeBase32 } from '../core/base32'
import { type Bytes, base64ToBytes, bytesToBase64, concatBytes, equalBytes, textToBytes } from '../core/bytes'
import { AppError, type ErrorCode } from '../core/errors'
import { formatOtpauthUri } from '../core/otpauth-uri'
import { hmac, openCbc, pbkdf2 } from '../crypto/file-ciphers'
import { argon2 } from '../crypto/file-kdf'
import { randomBytes, randomUuid, sealCbc } from '../crypto/file-sealing'
import { digest } from '../crypto/seal'
import { readCsv } from './csv-rows'
import type { ForeignFile, Format, ImportedEntry, ReadOptions, Reading } from './format'
import { isObject, listOf, member, nameOf, parseDecrypted, textOf } from './json'
import { passwordIn } from './password'
import { beside } from './row-parts'
import { readRows, writeRows } from './rows'
import { readTotpField } from './totp-field'

const KDF_PBKDF2 = 0
const KDF_ARGON2 = 1
const WRITTEN_PASSES = 600_000
const ALGORITHMS: readonly string[] = ['SHA1', 'SHA256', 'SHA512']
const AUTHENTICATOR_HEADER = /^\s*folder,favorite,type,name,login_uri,login_totp[ \t]*[\r\n]/
const UNQUOTED_ROW = /^([^,"\r\n]*,[01]?,\w+,)([^\r\n]*?)(,,(?:otpauth|steam):\/\/[^,\r\n]*)[^\r\n]*$/gm

/** The exports of Bitwarden and Bitwarden Authenticator: JSON, JSON behind a file password, CSV. */
export const bitwarden: Format = {
  name: 'bitwarden',

  recognise: ({ json, text }) => isJsonExport(json) || (json === undefined && isCsvExport(text ?? '')),

  async read(file, options) {
    if (file.json === undefined) return readCsvExport(file.text ?? '')
    const json = await contentIn(file, options)
    // What a person calls folders are collections where the export is an organisation's.
    const named = [...listOf(member(json, 'folders')), ...listOf(member(json, 'collections'))]
    const folders = new Map(named.map((row) => [member(row, 'id'), member(row, 'name')]))
    return readRows(
      listOf(member(json, 'items')),
      (item) => readItem(item, folders),
      (item) => nameOf(member(item, 'name')),
    )
  },

  async write(entries, { password }) {
    const folderIds = new Map(entries.flatMap(({ groups = [] }) => groups).map((name) => [name, randomUuid()]))
    const { rows, problems } = writeRows(entries, {
      write: (entry) => writeItem(entry, folderIds),
      holds: { groups: 'first', note: true, favourite: true, sites: 'all' },
      obstacle,
      losses,
    })
    const folders = [...folderIds].map(([name, id]) => ({ id, name }))
    const plain = { encrypted: false, folders, items: rows }
    const written = password ? await protect(plain, password) : plain
    return { bytes: textToBytes(JSON.stringify(written, null, 2)), problems }
  },
}

function isJsonExport(json: unknown): boolean {
  const items = member(json, 'items')
  const data = Array.isArray(items) || typeof member(json, 'data') === 'string'
  // Before 2021 nothing said whether it is encrypted: its items know.
  const old = listOf(items).some((item) => isObject(member(item, 'login')) && typeof member(item, 'type') === 'number')
  return (typeof member(json, 'encrypted') === 'boolean' && data) || old
}

function isCsvExport(text: string): boolean {
  const [header = ''] = text.trimStart().split(/\r|\n/, 1)
  return /(^|,)"?login_totp"?(,|$)/.test(header.trim())
}

async function contentIn({ json }: ForeignFile, options: ReadOptions): Promise<unknown> {
  if (member(json, 'encrypted') !== true) return json
  // Bound to the account it came from: only that account's key opens it.
  if (member(json, 'passwordProtected') !== true) {
    throw new AppError('format/not-possible', { app: 'Bitwarden' })
  }
  const keys = await keysOf(json, passwordIn(options), options)
  if (!(await openText(member(json, 'encKeyValidation_DO_NOT_EDIT'), keys))) throw new AppError('format/wrong-password')
  const opened = await openText(member(json, 'data'), keys)
  if (!opened) throw new AppError('format/damaged')
  return parseDecrypted(opened)
}

interface Keys {
  readonly encryption: Bytes
  readonly authentication: Bytes
}

async function keysOf(json: unknown, password: string, { memoryMib }: ReadOptions): Promise<Keys> {
  const master = await masterKey(json, password, memoryMib)
  return { encryption: await expand(master, 'enc'), authentication: await expand(master, 'mac') }
}

async function masterKey(json: unknown, password: string, memoryMib?: number): Promise<Bytes> {
  // As it stands: it looks like Base64, and is not decoded.
  const salt = textToBytes(textOf(member(json, 'salt')))
  const passes = member(json, 'kdfIterations')
  const kind = member(json, 'kdfType')
  if (kind === KDF_PBKDF2) return pbkdf2(password, salt, { hash: 'SHA-256', passes, bytes: 32 })
  if (kind !== KDF_ARGON2) throw new AppError('format/damaged')
  const memory = member(json, 'kdfMemory')
  const memoryKib = typeof memory === 'number' ? memory * 1024 : memory
  return argon2(password, await digest(salt), { memoryKib, passes, lanes: member(json, 'kdfParallelism') }, memoryMib)
}

/** HKDF-SHA-256 without its first step: one block is all that 32 bytes need. */
function expand(master: Bytes, info: string): Promise<Bytes> {
  return hmac('SHA-256', master, concatBytes(textToBytes(info), Uint8Array.of(1)))
}

/** `2.iv|ciphertext|mac`. Null where the MAC is that of another key. */
async function openText(value: unknown, { encryption, authentication }: Keys): Promise<Bytes | null> {
  const [iv, text, mac] = textOf(value).replace(/^2\./, '').split('|').map(base64ToBytes)
  if (!iv || !text || !mac) throw new AppError('format/damaged')
  if (!equalBytes(mac, await hmac('SHA-256', authentication, concatBytes(iv, text)))) return null
  return openCbc(encryption, iv, text)
}

function readItem(item: unknown, folders: ReadonlyMap<unknown, unknown>): ImportedEntry | null {
  if (!isObject(item)) throw new AppError('format/row-damaged')
  const login = member(item, 'login')
  const totp = textOf(member(login, 'totp')).trim()
  // A password without a second factor.
  if (totp === '') return null
  if (member(item, 'deletedDate') !== undefined) throw new AppError('format/row-trashed')
  const folderIds = [member(item, 'folderId'), ...listOf(member(item, 'collectionIds'))]
  return {
    ...readTotpField(totp, { issuer: nameOf(member(item, 'name')), label: nameOf(member(login, 'username')) }),
    ...beside({
      groups: folderIds.filter((id) => typeof id === 'string').map((id) => folders.get(id)),
      note: member(item, 'notes'),
      favourite: member(item, 'favorite'),
      sites: listOf(member(login, 'uris')).map((uri) => member(uri, 'uri')),
    }),
  }
}

async function readCsvExport(text: string): Promise<Reading> {
  const rows = (await readCsv(withQuotedNames(text))).filter((row) => (row['login_totp'] ?? '').trim() !== '')
  return readRows(rows, readCsvRow, (row) => row['name'] ?? '')
}

/** Bitwarden Authenticator puts no quotes around a name, whatever is in it, nor around the cells behind the address. */
function withQuotedNames(text: string): string {
  if (!AUTHENTICATOR_HEADER.test(text)) return text
  return text.replace(UNQUOTED_ROW, (row, before: string, name: string, behind: string) =>
    /^"(?:[^"]|"")*"$/.test(name) ? row : `${before}"${name.replaceAll('"', '""')}"${behind}`,
  )
}

function readCsvRow(row: Readonly<Record<string, string>>): ImportedEntry {
  return {
    ...readTotpField(row['login_totp'] ?? '', {
      issuer: (row['name'] ?? '').trim(),
      label: (row['login_username'] ?? '').trim(),
    }),
    ...beside({
      groups: [row['folder']],
      note: row['notes'],
      favourite: row['favorite'] === '1',
      sites: (row['login_uri'] ?? '').split(','),
    }),
  }
}

/** Bitwarden computes no HOTP: what it would show for one is wrong. */
function obstacle({ type, algorithm }: ImportedEntry): ErrorCode | null {
  if (type !== 'totp' && type !== 'steam') return 'format/type-not-held'
  return ALGORITHMS.includes(algorithm) ? null : 'format/algorithm-not-held'
}

/** An address for Steam holds no names, and a name that stands there twice is taken for the account's alone. */
function losses({ type, issuer, label }: ImportedEntry): readonly ErrorCode[] {
  return type === 'steam' && issuer !== '' && issuer === label ? ['format/text-not-held'] : []
}

function writeItem(entry: ImportedEntry, folderIds: ReadonlyMap<string, string>): object {
  const { type, issuer, label, secret, groups = [], sites = [] } = entry
  return {
    id: randomUuid(),
    folderId: folderIds.get(groups[0] ?? '') ?? null,
    organizationId: null,
    collectionIds: null,
    type: 1,
    reprompt: 0,
    name: issuer || label,
    notes: entry.note ?? null,
    favorite: entry.favourite ?? false,
    fields: [],
    login: {
      uris: sites.map((uri) => ({ match: null, uri })),
      username: label || null,
      password: null,
      totp: type === 'steam' ? `steam://${encodeBase32(secret)}` : formatOtpauthUri(entry),
    },
  }
}

async function protect(plain: object, password: string): Promise<object> {
  const header = { salt: bytesToBase64(randomBytes(16)), kdfType: KDF_PBKDF2, kdfIterations: WRITTEN_PASSES }
  const keys = await keysOf(header, password, {})
  return {
    encrypted: true,
    passwordProtected: true,
    ...header,
    kdfMemory: null,
    kdfParallelism: null,
    encKeyValidation_DO_NOT_EDIT: await sealText(randomUuid(), keys),
    data: await sealText(JSON.stringify(plain), keys),
  }
}

async function sealText(plaintext: string, { encryption, authentication }: Keys): Promise<string> {
  const iv = randomBytes(16)
  const text = await sealCbc(encryption, iv, textToBytes(plaintext))
  const mac = await hmac('SHA-256', authentication, concatBytes(iv, text))
  return `2.${[iv, text, mac].map(bytesToBase64).join('|')}`
}
