import { encodeBase32 } from '../core/base32'
import { type Bytes, base64ToBytes, bytesToBase64, textToBytes } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { openGcm, pbkdf2 } from '../crypto/file-ciphers'
import { randomBytes, randomUuid, sealGcm } from '../crypto/file-sealing'
import type { ForeignFile, Format, ImportedEntry, ReadOptions, WriteOptions } from './format'
import { inOrder } from './in-order'
import { isObject, listOf, member, parseDecrypted, textOf } from './json'
import { passwordIn } from './password'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'

const SCHEMA = 4
const KEY_PASSES = 10_000
const SALT_BYTES = 256
const NONCE_BYTES = 12
const MOST_COUNTER = 2 ** 31 - 1
const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp', steam: 'steam' }

/** The text whose ciphertext 2FAS tries a password on; the app accepts no other. */
const REFERENCE =
  'tRViSsLKzd86Hprh4ceC2OP7xazn4rrt4xhfEUbOjxLX8Rc3mkISXE0lWbmnWfggogbBJhtYgpK6fMl1D6mtsy92R3HkdGfwuXbzLebqVFJsR7IZ' +
  '2w58t938iymwG4824igYy1wi6n2WDpO1Q1P69zwJGs2F5a1qP4MyIiDSD7NCV2OvidXQCBnDlGfmz0f1BQySRkkt4ryiJeCjD2o4QsveJ9uDBUn8' +
  'ELyOrESv5R5DMDkD4iAF8TXU7KyoJujd'

/** The backups of 2FAS Auth (`.2fas`), schema 1 to 4, plain and encrypted. */
export const twoFas: Format = {
  name: '2fas',

  recognise: ({ json }) =>
    typeof member(json, 'schemaVersion') === 'number' &&
    (Array.isArray(member(json, 'services')) || typeof member(json, 'servicesEncrypted') === 'string'),

  async read(file, options) {
    const services = await servicesIn(file, options)
    const groups = groupNames(member(file.json, 'groups'))
    const rows = inOrder(services, (row) => member(row, 'order', 'position'))
    return readRows(rows, (row) => readService(row, groups), serviceName)
  },

  async write(entries, options) {
    const groupIds = new Map(entries.flatMap(({ groups = [] }) => groups).map((name) => [name, randomUuid()]))
    const { rows, problems } = writeRows(entries, {
      write: (entry, index) => writeService(entry, index, groupIds),
      holds: { groups: 'first' },
      obstacle,
    })
    const groups = [...groupIds].map(([name, id]) => ({ id, name, isExpanded: true, updatedAt: 0 }))
    const app = { schemaVersion: SCHEMA, appVersionCode: 5_000_012, appVersionName: '5.3.5', appOrigin: 'android' }
    const backup = { ...(await sealServices(rows, options)), groups, updatedAt: 0, ...app }
    return { bytes: textToBytes(JSON.stringify(backup)), problems }
  },
}

async function servicesIn({ json }: ForeignFile, options: ReadOptions): Promise<readonly unknown[]> {
  const sealed = member(json, 'servicesEncrypted')
  if (typeof sealed !== 'string' || sealed === '') return listOf(member(json, 'services'))
  const password = passwordIn(options)
  const opened = await openText(sealed, password)
  if (opened) return listOf(parseDecrypted(opened))
  const reference = member(json, 'reference')
  const right = typeof reference === 'string' && (await openText(reference, password)) !== null
  throw new AppError(right ? 'format/damaged' : 'format/wrong-password')
}

/** `ciphertext ‖ tag : salt : nonce`, each in Base64. Null where the password is another. Throws `format/damaged`. */
async function openText(text: string, password: string): Promise<Bytes | null> {
  const [sealed, salt, nonce] = text.split(':').map(base64ToBytes)
  if (!sealed || !salt || !nonce) throw new AppError('format/damaged')
  return openGcm(await keyOf(password, salt), nonce, sealed)
}

function keyOf(password: string, salt: Bytes): Promise<Bytes> {
  return pbkdf2(password, salt, { hash: 'SHA-256', passes: KEY_PASSES, bytes: 32 })
}

function groupNames(groups: unknown): ReadonlyMap<unknown, unknown> {
  const named = listOf(groups).filter((group) => member(group, 'id') !== undefined)
  return new Map(named.map((group) => [member(group, 'id'), member(group, 'name')]))
}

function readService(row: unknown, groups: ReadonlyMap<unknown, unknown>): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const otp = member(row, 'otp')
  return {
    ...entryOf({
      type: typeFrom(TYPES, member(otp, 'tokenType')),
      ...namesIn(row),
      secret: member(row, 'secret'),
      algorithm: member(otp, 'algorithm'),
      digits: member(otp, 'digits'),
      periodSeconds: member(otp, 'period'),
      counter: member(otp, 'counter'),
    }),
    ...beside({ groups: [groups.get(member(row, 'groupId'))] }),
  }
}

function namesIn(row: unknown): { issuer: string; label: string } {
  const otp = member(row, 'otp')
  const [issuer, name] = [textOf(member(otp, 'issuer')), textOf(member(row, 'name'))]
  const label = textOf(member(otp, 'account')) || bareLabel(textOf(member(otp, 'label')), [issuer, name])
  return { issuer: issuer || name, label }
}

/** Without the issuer in front, be it as the service or as the user calls it. */
function bareLabel(label: string, issuers: readonly string[]): string {
  const own = issuers.find((issuer) => issuer && label.toLowerCase().startsWith(`${issuer.toLowerCase()}:`))
  return own === undefined ? label : label.slice(own.length + 1)
}

function serviceName(row: unknown): string {
  const otp = member(row, 'otp')
  return rowName(member(otp, 'issuer') ?? member(row, 'name'), member(otp, 'account'))
}

/** A counter of more than 32 bits costs Android the whole file. */
function obstacle({ type, counter = 0 }: ImportedEntry): ErrorCode | null {
  if (!Object.hasOwn(TYPES, type)) return 'format/type-not-held'
  return counter > MOST_COUNTER ? 'format/counter-not-held' : null
}

function writeService(entry: ImportedEntry, position: number, groupIds: ReadonlyMap<string, string>): object {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = 0, groups = [] } = entry
  const groupId = groupIds.get(groups[0] ?? '')
  return {
    name: issuer,
    secret: encodeBase32(secret),
    updatedAt: 0,
    otp: {
      label: `${issuer}:${label}`,
      account: label,
      issuer,
      digits,
      period: periodSeconds,
      algorithm,
      counter,
      tokenType: type.toUpperCase(),
      source: 'Manual',
    },
    order: { position },
    ...(groupId ? { groupId } : {}),
  }
}

async function sealServices(rows: readonly object[], { password }: WriteOptions): Promise<object> {
  if (!password) return { services: rows }
  const salt = randomBytes(SALT_BYTES)
  const key = await keyOf(password, salt)
  const sealText = async (text: string): Promise<string> => {
    const nonce = randomBytes(NONCE_BYTES)
    return [await sealGcm(key, nonce, textToBytes(text)), salt, nonce].map(bytesToBase64).join(':')
  }
  return {
    services: [],
    servicesEncrypted: await sealText(JSON.stringify(rows)),
    reference: await sealText(REFERENCE),
  }
}
