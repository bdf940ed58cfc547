import { decodeBase32, encodeBase32 } from '../core/base32'
import { bytesToText, hexToBytes, textToBytes } from '../core/bytes'
import type { EntryType, NewEntry } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { randomUuid } from '../crypto/file-sealing'
import { type OpenedKeys, openKeys, openWithAny } from './authenticator-keys'
import type { Format, ImportedEntry, ReadOptions } from './format'
import { inOrder } from './in-order'
import { isObject, member, parseJson, textOf } from './json'
import { passwordIn } from './password'
import { beside, rowName } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'

/** What a word of the extension means. `hex` and `hhex` say how the secret is written, `battle` how long its codes are. */
const KINDS: Readonly<Record<string, { type: EntryType; hex?: true; digits?: number }>> = {
  totp: { type: 'totp' },
  hotp: { type: 'hotp' },
  battle: { type: 'totp', digits: 8 },
  steam: { type: 'steam' },
  hex: { type: 'totp', hex: true },
  hhex: { type: 'hotp', hex: true },
}
/** Version 8 writes its own numbers, which begin at 1, where it meant the words. */
const KIND_NUMBERS: readonly string[] = ['totp', 'hotp', 'battle', 'steam', 'hex', 'hhex']
const ALGORITHM_NUMBERS: readonly string[] = ['SHA1', 'SHA256', 'SHA512', 'GOST3411_2012_256', 'GOST3411_2012_512']
/** How very old files marked what had no type yet. */
const MARKS: readonly [RegExp, string][] = [
  [/^bli?z-/i, 'battle'],
  [/^stm-/i, 'steam'],
]
const ALGORITHMS: readonly string[] = ['SHA1', 'SHA256', 'SHA512']
const BASE32 = /^[a-z2-7\s=-]*$/i

/** A row as it can be read: opened, or with the reason why it is not. */
interface Row {
  readonly value: unknown
  readonly locked?: ErrorCode
}

/**
 * The backups of the Authenticator extension: plain; v1 and v2, whose secrets are encrypted one by one; v3, where the whole
 * entry is. One file may hold all of them. Its text export is an `otpauth` list.
 */
export const authenticator: Format = {
  name: 'authenticator',

  recognise: ({ json }) => isObject(json) && Object.values(json).some((value) => isEntry(value) || isKey(value)),

  async read({ json }, options) {
    const values = Object.values(isObject(json) ? json : {}).filter(isRow)
    const rows = await openRows(
      json,
      inOrder(values, (value) => member(value, 'index')),
      options,
    )
    return readRows(rows, readEntry, ({ value }) => rowName(member(value, 'issuer'), member(value, 'account')))
  },

  async write(entries) {
    const { rows, problems } = writeRows(entries, {
      write: writeEntry,
      holds: { favourite: true, sites: 'first' },
      obstacle,
      losses: ({ issuer, sites }) => (sites?.length === 1 && !holdsSite(issuer) ? ['format/sites-not-held'] : []),
    })
    return { bytes: textToBytes(JSON.stringify(Object.fromEntries(rows), null, 2)), problems }
  },
}

function isEntry(value: unknown): boolean {
  const kind = member(value, 'dataType')
  if (kind === 'OTPStorage' || kind === 'EncOTPStorage') return true
  return (
    kind === undefined &&
    typeof member(value, 'secret') === 'string' &&
    ['hash', 'type'].some((name) => member(value, name) !== undefined)
  )
}

/** Also what has lost its secret: it is named, not passed over. */
function isRow(value: unknown): boolean {
  return isEntry(value) || (member(value, 'dataType') === undefined && member(value, 'type') !== undefined)
}

function isKey(value: unknown): boolean {
  return member(value, 'dataType') === 'Key' && typeof member(value, 'salt') === 'string'
}

function isEncrypted(value: unknown): boolean {
  return member(value, 'dataType') === 'EncOTPStorage' || member(value, 'encrypted') === true
}

/** Throws `format/wrong-password` where the password opens nothing at all: then plain rows are not taken either. */
async function openRows(json: unknown, values: readonly unknown[], options: ReadOptions): Promise<Row[]> {
  if (!values.some(isEncrypted)) return values.map((value) => ({ value }))
  const keys = await openKeys(json, passwordIn(options), options)
  const rows: Row[] = []
  for (const value of values) rows.push(isEncrypted(value) ? await openRow(value, keys) : { value })
  const opened = rows.some(({ value, locked }, i) => isEncrypted(values[i]) && value && !locked)
  if (!opened) throw new AppError(keys.proven ? 'format/damaged' : 'format/wrong-password')
  return rows
}

async function openRow(value: unknown, keys: OpenedKeys): Promise<Row> {
  if (member(value, 'dataType') === 'EncOTPStorage') return openV3Row(value, keys)
  const secret = await openWithAny(member(value, 'secret'), keys.older, secretIn)
  if (secret === null) return { value, locked: 'format/row-locked' }
  return { value: { ...(isObject(value) ? value : {}), secret } }
}

async function openV3Row(value: unknown, keys: OpenedKeys): Promise<Row> {
  const passphrase = keys.v3.get(textOf(member(value, 'keyId')))
  if (passphrase === undefined) return { value, locked: 'format/row-locked' }
  const entry = await openWithAny(member(value, 'data'), [passphrase], entryIn)
  return entry === null ? { value, locked: 'format/row-damaged' } : { value: entry }
}

/** There is no MAC: only what looks like a secret is one. */
function secretIn(opened: Uint8Array): string | null {
  const text = bytesToText(opened)
  return text !== null && /^(bli?z-|stm-)?[a-z0-9\s=-]+$/i.test(text) ? text : null
}

function entryIn(opened: Uint8Array): unknown {
  const entry = parseJson(bytesToText(opened) ?? '')
  return isObject(entry) ? entry : null
}

function readEntry({ value, locked }: Row): ImportedEntry {
  if (locked) throw new AppError(locked)
  const { kind, secret } = secretAndKind(value)
  const { issuer, site } = issuerAndSite(textOf(member(value, 'issuer')))
  return {
    ...entryOf({
      type: kind.type,
      issuer,
      label: member(value, 'account'),
      secret,
      algorithm: wordFor(member(value, 'algorithm'), ALGORITHM_NUMBERS),
      digits: kind.digits ?? member(value, 'digits'),
      periodSeconds: member(value, 'period'),
      counter: member(value, 'counter'),
    }),
    ...beside({ favourite: member(value, 'pinned'), sites: [site] }),
  }
}

function secretAndKind(value: unknown): { kind: { type: EntryType; digits?: number }; secret: Uint8Array } {
  const text = textOf(member(value, 'secret')).trim()
  const mark = MARKS.find(([pattern]) => pattern.test(text))
  const kind = kindOf(mark?.[1] ?? member(value, 'type') ?? 'totp')
  const bare = mark ? text.replace(mark[0], '') : text
  // The extension itself takes for hexadecimal what cannot be Base32.
  const hex = kind.hex || (!BASE32.test(bare) && hexToBytes(bare) !== null)
  const secret = hex ? hexToBytes(bare) : decodeBase32(bare)
  if (!secret) throw new AppError('entry/secret-invalid')
  return { kind, secret }
}

function kindOf(word: unknown): { type: EntryType; hex?: true; digits?: number } {
  const name = textOf(wordFor(word, KIND_NUMBERS)).toLowerCase()
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (!kind) throw new AppError('entry/type-unsupported')
  return kind
}

/** The word that a number stands for, be it a number or its digits; anything else as it is. */
function wordFor(value: unknown, words: readonly string[]): unknown {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d$/.test(value))
  return isNumber ? (words[Number(value) - 1] ?? value) : value
}

/** `Name::host`: what follows the colons is where the extension offers the code. */
function issuerAndSite(issuer: string): { issuer: string; site: string } {
  const at = issuer.indexOf('::')
  return at < 0 ? { issuer, site: '' } : { issuer: issuer.slice(0, at), site: issuer.slice(at + 2) }
}

function obstacle({ type, algorithm, issuer }: NewEntry): ErrorCode | null {
  if (type !== 'totp' && type !== 'hotp' && type !== 'steam') return 'format/type-not-held'
  if (!ALGORITHMS.includes(algorithm)) return 'format/algorithm-not-held'
  return issuer.includes('::') ? 'format/text-not-held' : null
}

/** The site stands behind the first two colons in a row. */
function holdsSite(issuer: string): boolean {
  return !issuer.endsWith(':')
}

function writeEntry(entry: ImportedEntry, index: number): [string, object] {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = 0, sites = [] } = entry
  const hash = randomUuid()
  const row = {
    dataType: 'OTPStorage',
    encrypted: false,
    hash,
    index,
    type,
    secret: encodeBase32(secret),
    issuer: sites[0] && holdsSite(issuer) ? `${issuer}::${sites[0]}` : issuer,
    account: label,
    counter,
    digits,
    period: periodSeconds,
    algorithm,
    pinned: entry.favourite ?? false,
  }
  return [hash, row]
}
