import { encodeBase32 } from '../core/base32'
import { bytesToHex, hexToBytes, textToBytes } from '../core/bytes'
import { ENTRY_DEFAULTS, type EntryType } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { isOtpauthUri } from '../core/otpauth-uri'
import { readCsv } from './csv-rows'
import type { Format, ImportedEntry } from './format'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'
import { readTotpField } from './totp-field'

type Row = Readonly<Record<string, string>>

/** A row's cell by what we call its column; empty where there is none. */
type Cells = (column: Column) => string

/** Our columns, and what other tables call the same, as `squashed` has it. */
const COLUMNS = {
  issuer: ['issuer', 'issuername', 'service', 'servicename', 'provider', 'site', 'website', 'title'],
  account: ['account', 'accountname', 'label', 'name', 'username', 'user', 'login', 'email'],
  type: ['type', 'otptype', 'kind'],
  secret: [
    'secret',
    'secretkey',
    'sharedsecret',
    'key',
    'seed',
    'totp',
    'otp',
    'otpsecret',
    'totpsecret',
    'otpkey',
    'totpkey',
    'otpseed',
    'totpseed',
    '2fasecret',
    'timeotpsecretbase32',
  ],
  hotpSecret: ['hmacotpsecretbase32'],
  algorithm: ['algorithm', 'algo', 'hash', 'hashalgorithm'],
  digits: ['digits', 'length', 'codelength'],
  period: ['period', 'interval', 'timestep', 'timeperiod', 'step', 'timer'],
  counter: ['counter', 'hmacotpcounter'],
  pin: ['pin'],
  groups: ['groups', 'group', 'tags', 'folder', 'grouping', 'category', 'vault'],
  note: ['note', 'notes', 'extra'],
  favourite: ['favourite', 'favorite', 'fav', 'pinned'],
  sites: ['sites'],
  /** Where somebody signs in, where that is no one-time password's address. */
  web: ['url', 'uri', 'loginurl', 'loginuri'],
  address: ['otpauth', 'otpauthuri', 'otpauthurl', 'otpuri', 'otpurl', 'totpuri', 'totpurl', 'uri', 'url'],
} as const satisfies Record<string, readonly string[]>

type Column = keyof typeof COLUMNS

/** What we write; the address is left to others, it says the same once more. */
const WRITTEN: readonly Column[] = [
  'issuer',
  'account',
  'type',
  'secret',
  'algorithm',
  'digits',
  'period',
  'counter',
  'pin',
  'groups',
  'note',
  'favourite',
  'sites',
]

const TYPES: Readonly<Record<string, EntryType>> = Object.fromEntries(
  Object.keys(ENTRY_DEFAULTS).map((type) => [type, type as EntryType]),
)

/** What password managers call any row that is a login. */
const LOGIN = /^(login|password|1)$/i

/** A table: ours, and any other whose first line says what its columns are. */
export const csv: Format = {
  name: 'csv',

  recognise: ({ text, json }) => json === undefined && isTable(text ?? '') && 'perhaps',

  async read({ text }) {
    const rows = await readCsv(text ?? '', delimiterIn(text ?? ''))
    const cellsOf = cellReader(Object.keys(rows[0] ?? {}))
    const reading = readRows(
      rows,
      (row) => readRow(cellsOf(row)),
      (row) => rowName(cellsOf(row)('issuer'), cellsOf(row)('account')),
    )
    if (reading.entries.length + reading.problems.length === 0) throw new AppError('format/unknown')
    return reading
  },

  async write(entries) {
    const { rows, problems } = writeRows(entries, {
      write: writeRow,
      holds: { groups: 'all', sites: 'all', note: true, favourite: true },
      losses,
    })
    const { default: papaparse } = await import('papaparse')
    const lines = papaparse.unparse({ fields: [...WRITTEN], data: rows }, { newline: '\r\n' })
    return { bytes: textToBytes(`${lines}\r\n`), problems }
  },
}

function isTable(text: string): boolean {
  const names = headerOf(text)
    .split(delimiterIn(text))
    .map((name) => squashed(name.replaceAll('"', '')))
  return (
    names.length > 1 &&
    [...COLUMNS.secret, ...COLUMNS.hotpSecret, ...COLUMNS.address].some((name) => names.includes(name))
  )
}

/** One spelling for `Secret Key`, `secret_key` and `secretKey`. */
function squashed(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}

function headerOf(text: string): string {
  return text.trimStart().split(/\r|\n/, 1)[0] ?? ''
}

/** Spreadsheets of half the world put semicolons where the name says commas. */
function delimiterIn(text: string): string {
  return [';', '\t'].find((delimiter) => !headerOf(text).includes(',') && headerOf(text).includes(delimiter)) ?? ','
}

/** How to find cells under a header: a column may go by several names, the first that has something counts. */
function cellReader(header: readonly string[]): (row: Row) => Cells {
  const ours = WRITTEN.every((name) => header.includes(name))
  const places = Object.entries(COLUMNS).map(([column, names]) => {
    return [column, names.flatMap((known) => header.filter((name) => squashed(name) === known))] as const
  })
  const found = withIssuer(new Map<string, readonly string[]>(places))
  return (row) => (column) => {
    const text =
      found
        .get(column)
        ?.map((name) => row[name] ?? '')
        .find((cell) => cell !== '') ?? ''
    return ours ? withoutGuard(text) : text
  }
}

/** Password managers call by `name` what we call the issuer, and have another column for who signs in. */
function withIssuer(places: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const accounts = places.get('account') ?? []
  const names = accounts.filter((name) => name.toLowerCase() === 'name')
  if (places.get('issuer')?.length !== 0 || names.length === accounts.length) return places
  return new Map([...places, ['issuer', names], ['account', accounts.filter((name) => !names.includes(name))]])
}

/** Null for a row without a secret: tables of passwords have many. */
function readRow(cell: Cells): ImportedEntry | null {
  const found = [cell('address'), cell('secret')].map((text) => text.trim())
  const address = found.find(isOtpauthUri)
  const secret = cell('secret').trim() || cell('hotpSecret').trim()
  const names = { issuer: cell('issuer'), label: cell('account') }
  if (address === undefined && secret === '') return null
  return {
    ...(address === undefined ? readParts(cell, secret, names) : readTotpField(address, names)),
    ...extrasIn(cell),
  }
}

function readParts(cell: Cells, secret: string, names: { issuer: string; label: string }): ImportedEntry {
  const word = cell('hotpSecret') === '' ? cell('type').replace(LOGIN, '') : 'hotp'
  const type = typeFrom(TYPES, word)
  const hex = type === 'motp' ? hexToBytes(secret) : null
  if (type === 'motp' && !hex) throw new AppError('entry/secret-invalid')
  return entryOf({
    type,
    ...names,
    secret: hex ?? secret,
    algorithm: cell('algorithm'),
    digits: cell('digits'),
    periodSeconds: cell('period'),
    counter: cell('counter'),
    pin: cell('pin'),
  })
}

function extrasIn(cell: Cells): ReturnType<typeof beside> {
  return beside({
    groups: cell('groups').split('\n'),
    note: cell('note'),
    favourite: /^(1|true|yes)$/i.test(cell('favourite')),
    sites: cell('sites') === '' ? [cell('web')].filter(isWebAddress) : cell('sites').split('\n'),
  })
}

/** Groups and sites stand in one cell each, a line for one. */
function losses({ groups = [], sites = [] }: ImportedEntry): readonly (ErrorCode | null)[] {
  const breaks = (texts: readonly string[]): boolean => texts.some((text) => text.includes('\n'))
  return [breaks(groups) ? 'format/groups-not-held' : null, breaks(sites) ? 'format/sites-not-held' : null]
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

function writeRow(entry: ImportedEntry): string[] {
  const cells: Readonly<Record<string, string>> = {
    issuer: entry.issuer,
    account: entry.label,
    type: entry.type,
    secret: entry.type === 'motp' ? bytesToHex(entry.secret) : encodeBase32(entry.secret),
    algorithm: entry.algorithm,
    digits: String(entry.digits),
    period: entry.type === 'hotp' ? '' : String(entry.periodSeconds),
    counter: entry.counter === undefined ? '' : String(entry.counter),
    pin: entry.pin ?? '',
    groups: (entry.groups ?? []).join('\n'),
    note: entry.note ?? '',
    favourite: entry.favourite ? 'true' : '',
    sites: (entry.sites ?? []).join('\n'),
  }
  return WRITTEN.map((name) => guarded(cells[name] ?? ''))
}

/** Spreadsheets carry out a cell that begins like a formula; an account's name comes from strangers. The mark is taken off again when read. */
function guarded(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text
}

function withoutGuard(text: string): string {
  return text.replace(/^'/, '')
}
