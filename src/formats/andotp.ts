import { decodeBase32 } from '../core/base32'
import { type Bytes, bytesToText, hexToBytes, textToBytes } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import { openGcm, pbkdf2 } from '../crypto/file-ciphers'
import { digest } from '../crypto/seal'
import type { ForeignFile, Format, ImportedEntry } from './format'
import { isObject, listOf, member, nameOf, parseDecrypted, textOf } from './json'
import { looksRandom } from './looks-random'
import { openOtpAuthShell } from './otp-auth'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows } from './rows'

const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp', steam: 'steam', motp: 'motp' }

const COUNT_BYTES = 4
const SALT_BYTES = 12
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The app takes 140,000 to 160,000; a file that names a count beyond this begins with a nonce instead. */
const MOST_PASSES = 1_000_000

/** andOTP (Android): a plain list, and both kinds of encrypted backup, which have no mark of their own. */
export const andotp: Format = {
  name: 'andotp',

  recognise: (file) => isPlain(file.json) || (isSealed(file) && 'perhaps'),

  async read(file, { password }) {
    const rows = isPlain(file.json) ? file.json : parseDecrypted(await unseal(file, password))
    if (!Array.isArray(rows)) throw new AppError('format/damaged')
    return readRows<unknown>(rows, readRow, nameOfRow)
  },
}

function isPlain(json: unknown): boolean {
  return listOf(json).some(
    (row) =>
      typeof member(row, 'secret') === 'string' &&
      // OTPClient's rows are the same but for this name.
      member(row, 'algo') === undefined &&
      (typeof member(row, 'thumbnail') === 'string' ||
        member(row, 'used_frequency') !== undefined ||
        // The first versions wrote little more.
        typeof member(row, 'label') === 'string'),
  )
}

function isSealed({ bytes, text, archive }: ForeignFile): boolean {
  return text === null && !archive && bytes.length > NONCE_BYTES + TAG_BYTES && looksRandom(bytes)
}

async function unseal(file: ForeignFile, password: string | undefined): Promise<Bytes> {
  // The one other file without a mark can be told for sure.
  if (await openOtpAuthShell(file)) throw new AppError('format/unknown')
  const { bytes } = file
  if (!password) throw new AppError('format/needs-password')
  const opened = (await openCurrent(bytes, password)) ?? (await openOld(bytes, password))
  if (!opened) throw new AppError('format/wrong-password')
  return opened
}

/** Count of passes, salt, nonce, ciphertext with tag. */
async function openCurrent(bytes: Bytes, password: string): Promise<Bytes | null> {
  const passes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (passes < 1 || passes > MOST_PASSES) return null
  const nonceAt = COUNT_BYTES + SALT_BYTES
  const textAt = nonceAt + NONCE_BYTES
  const key = await pbkdf2(password, bytes.slice(COUNT_BYTES, nonceAt), { hash: 'SHA-1', passes, bytes: 32 })
  return openGcm(key, bytes.slice(nonceAt, textAt), bytes.slice(textAt))
}

/** Before version 0.6.3: nonce, ciphertext with tag. */
async function openOld(bytes: Bytes, password: string): Promise<Bytes | null> {
  const key = await digest(textToBytes(password))
  return openGcm(key, bytes.slice(0, NONCE_BYTES), bytes.slice(NONCE_BYTES))
}

function readRow(row: unknown): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const type = typeFrom(TYPES, member(row, 'type'))
  const secret = textOf(member(row, 'secret'))
  return {
    ...entryOf({
      type,
      ...namesOf(row),
      secret: type === 'motp' ? hexInBase32(secret) : secret,
      algorithm: member(row, 'algorithm'),
      digits: member(row, 'digits'),
      periodSeconds: member(row, 'period'),
      counter: member(row, 'counter'),
      pin: member(row, 'pin'),
    }),
    ...beside({ groups: listOf(member(row, 'tags')) }),
  }
}

/** Old versions knew no issuer and wrote `Issuer - Issuer:Name` as the label. */
function namesOf(row: unknown): { issuer: string; label: string } {
  const label = nameOf(member(row, 'label'))
  if (Object.hasOwn(row as object, 'issuer')) return { issuer: nameOf(member(row, 'issuer')), label }
  const at = label.indexOf(' - ')
  if (at < 0) return { issuer: '', label }
  const issuer = label.slice(0, at)
  const name = label.slice(at + ' - '.length)
  return { issuer, label: name.startsWith(`${issuer}:`) ? name.slice(issuer.length + 1) : name }
}

/** An mOTP secret is hexadecimal digits, and those are what is in Base32 here. */
function hexInBase32(text: string): Uint8Array {
  const bytes = hexToBytes(bytesToText(decodeBase32(text)) ?? '-')
  if (!bytes) throw new AppError('entry/secret-invalid')
  return bytes
}

function nameOfRow(row: unknown): string {
  return rowName(member(row, 'issuer'), member(row, 'label'))
}
