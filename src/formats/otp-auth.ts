import { type Bytes, concatBytes, equalBytes, textToBytes } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import { hmac, openCbc, pbkdf2 } from '../crypto/file-ciphers'
import { digest } from '../crypto/seal'
import { isBinaryPlist } from './binary-plist'
import type { ForeignFile, Format, ImportedEntry } from './format'
import { isObject, listOf, member, nameOf } from './json'
import { readKeyedArchive } from './keyed-archive'
import { looksRandom } from './looks-random'
import { passwordIn } from './password'
import { beside, rowName } from './row-parts'
import { entryOf, readRows } from './rows'

/** An archive out of its shell, and which of the two kinds of file it came from. */
interface Opened {
  archive: unknown
  kind: 'account' | 'database'
}

interface Row {
  account: unknown
  folder: string
}

/** The outer shell is the same for everyone: these words are its keys. */
const SHELLS = [
  ['account', 'OTPAuth'],
  ['database', 'Authenticator'],
] as const
/** From these versions on the content is in RNCryptor's form. */
const RNCRYPTOR_SINCE = { account: 1.2, database: 1.1 } as const

const TYPES: Readonly<Record<number, EntryType>> = { 1: 'hotp', 2: 'totp' }
const ALGORITHMS: Readonly<Record<number, string>> = { 0: 'SHA1', 1: 'SHA1', 2: 'SHA256', 3: 'SHA512', 4: 'MD5' }

const BLOCK_BYTES = 16
const MAC_BYTES = 32
const PASSES = 10_000

/** OTP Auth (iOS): one account or the whole database, in both generations of its encryption. */
export const otpAuth: Format = {
  name: 'otp-auth',

  recognise: (file) => mayBeShell(file) && 'perhaps',

  async read(file, options) {
    const opened = await openOtpAuthShell(file)
    if (!opened) throw new AppError('format/unknown')
    const content = readKeyedArchive(await openContent(opened, passwordIn(options)))
    const rows = opened.kind === 'account' ? [{ account: content, folder: '' }] : rowsIn(content)
    return readRows(rows, readRow, ({ account }) => rowName(member(account, 'issuer'), member(account, 'label')))
  },
}

/** What is in the shell of an OTP Auth file; null where the file is none. */
export async function openOtpAuthShell(file: ForeignFile): Promise<Opened | null> {
  if (!mayBeShell(file)) return null
  for (const [kind, words] of SHELLS) {
    const opened = await openCbc(await digest(textToBytes(words)), new Uint8Array(BLOCK_BYTES), file.bytes)
    if (opened && isBinaryPlist(opened)) return { archive: readKeyedArchive(opened), kind }
  }
  return null
}

function mayBeShell({ bytes, archive }: ForeignFile): boolean {
  return !archive && bytes.length % BLOCK_BYTES === 0 && looksRandom(bytes)
}

async function openContent({ archive, kind }: Opened, password: string): Promise<Bytes> {
  const sealed = bytesOf(member(archive, 'Data')) ?? bytesOf(member(archive, 'WrappedData'))
  if (!sealed) throw new AppError('format/damaged')
  const isNew = Number(member(archive, 'Version')) >= RNCRYPTOR_SINCE[kind]
  const opened = isNew ? await openRnCryptor(sealed, password) : await openOld(archive, sealed, password)
  if (!opened) throw new AppError('format/wrong-password')
  return opened
}

/** No MAC: a wrong password shows in the padding, or in what is no archive. */
async function openOld(archive: unknown, sealed: Bytes, password: string): Promise<Bytes | null> {
  const key = await digest(textToBytes(`${nameOf(member(archive, 'Salt'))}-${password}`))
  const vector = member(archive, 'IV')
  const seed = bytesOf(vector) ?? textToBytes(nameOf(vector))
  const iv = new Uint8Array(await crypto.subtle.digest('SHA-1', seed)).slice(0, BLOCK_BYTES)
  const opened = await openCbc(key, iv, sealed)
  return opened && isBinaryPlist(opened) ? opened : null
}

/** RNCryptor 3: `03 01 ‖ encryption salt(8) ‖ MAC salt(8) ‖ vector(16) ‖ ciphertext ‖ HMAC-SHA256 of all before`. */
async function openRnCryptor(sealed: Bytes, password: string): Promise<Bytes | null> {
  if (sealed.length < 34 + BLOCK_BYTES + MAC_BYTES || sealed[0] !== 3) throw new AppError('format/damaged')
  const parameters = { hash: 'SHA-1', passes: PASSES, bytes: 32 } as const
  const macKey = await pbkdf2(password, sealed.slice(10, 18), parameters)
  const mac = await hmac('SHA-256', macKey, sealed.slice(0, -MAC_BYTES))
  if (!equalBytes(mac, sealed.subarray(-MAC_BYTES))) return null
  const key = await pbkdf2(password, sealed.slice(2, 10), parameters)
  return openCbc(key, sealed.slice(18, 34), sealed.slice(34, -MAC_BYTES))
}

function rowsIn(content: unknown): Row[] {
  return listOf(member(content, 'Folders')).flatMap((folder) =>
    listOf(member(folder, 'accounts')).map((account) => ({ account, folder: nameOf(member(folder, 'name')) })),
  )
}

function readRow({ account, folder }: Row): ImportedEntry {
  if (!isObject(account)) throw new AppError('format/row-damaged')
  const type = TYPES[Number(member(account, 'type'))]
  const algorithm = ALGORITHMS[Number(member(account, 'algorithm') ?? 0)]
  if (!type) throw new AppError('entry/type-unsupported')
  if (!algorithm) throw new AppError('entry/algorithm-unsupported')
  const secret = bytesOf(member(account, 'secret'))
  return {
    ...entryOf({
      type,
      issuer: member(account, 'issuer'),
      label: member(account, 'label'),
      secret: secret ?? '',
      algorithm,
      digits: member(account, 'digits') || undefined,
      periodSeconds: member(account, 'period') || undefined,
      counter: member(account, 'counter'),
    }),
    ...beside({ groups: [folder] }),
  }
}

function bytesOf(value: unknown): Bytes | null {
  return value instanceof Uint8Array ? concatBytes(value) : null
}
