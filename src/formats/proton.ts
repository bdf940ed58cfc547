import { encodeBase32 } from '../core/base32'
import { base64ToBytes, bytesToBase64, concatBytes, textToBytes } from '../core/bytes'
import { AppError, type ErrorCode } from '../core/errors'
import { formatOtpauthUri, parseOtpauthUri } from '../core/otpauth-uri'
import { openGcm } from '../crypto/file-ciphers'
import { argon2 } from '../crypto/file-kdf'
import { randomBytes, randomUuid, sealGcm } from '../crypto/file-sealing'
import type { ForeignFile, Format, ImportedEntry, ReadOptions, WriteOptions } from './format'
import { isObject, listOf, member, nameOf, parseDecrypted, textOf } from './json'
import { passwordIn } from './password'
import { beside } from './row-parts'
import { readRows, writeRows } from './rows'

const KDF = { memoryKib: 19_456, passes: 2, lanes: 1 }
const CONTEXT = textToBytes('proton.authenticator.export.v1')
const SALT_BYTES = 16
const NONCE_BYTES = 12
const ALGORITHMS: readonly string[] = ['SHA1', 'SHA256', 'SHA512']

/** The exports of Proton Authenticator, plain and with a password. Proton Pass has a format of its own. */
export const proton: Format = {
  name: 'proton',

  recognise: ({ json }) =>
    listOf(member(json, 'entries')).some((row) => isObject(member(row, 'content'))) ||
    (typeof member(json, 'salt') === 'string' && typeof member(json, 'content') === 'string'),

  async read(file, options) {
    const entries = listOf(member(await contentIn(file, options), 'entries'))
    return readRows(entries, readRow, (row) => nameOf(member(row, 'content', 'name')))
  },

  async write(entries, options) {
    const { rows, problems } = writeRows(entries, { write: writeRow, holds: { note: true }, obstacle, losses })
    const content = JSON.stringify({ version: 1, entries: rows })
    return { bytes: textToBytes(await sealContent(content, options)), problems }
  },
}

async function contentIn({ json }: ForeignFile, options: ReadOptions): Promise<unknown> {
  const sealed = member(json, 'content')
  if (typeof sealed !== 'string') return json
  const [salt, bytes] = [textOf(member(json, 'salt')), sealed].map(base64ToBytes)
  if (!salt || !bytes || bytes.length <= NONCE_BYTES) throw new AppError('format/damaged')
  const key = await argon2(passwordIn(options), salt, KDF, options.memoryMib)
  const opened = await openGcm(key, bytes.slice(0, NONCE_BYTES), bytes.slice(NONCE_BYTES), CONTEXT)
  if (!opened) throw new AppError('format/wrong-password')
  return parseDecrypted(opened)
}

function readRow(row: unknown): ImportedEntry {
  const content = member(row, 'content')
  const entry = parseOtpauthUri(textOf(member(content, 'uri')))
  // What the user sees and may have changed.
  return { ...entry, label: nameOf(member(content, 'name')) || entry.label, ...beside({ note: member(row, 'note') }) }
}

function obstacle({ type, algorithm }: ImportedEntry): ErrorCode | null {
  if (type !== 'totp' && type !== 'steam') return 'format/type-not-held'
  return ALGORITHMS.includes(algorithm) ? null : 'format/algorithm-not-held'
}

/** An address for Steam has no issuer. */
function losses({ type, issuer }: ImportedEntry): readonly ErrorCode[] {
  return type === 'steam' && issuer !== '' ? ['format/text-not-held'] : []
}

function writeRow(entry: ImportedEntry): object {
  const steam = entry.type === 'steam'
  return {
    id: randomUuid(),
    content: {
      uri: steam ? `steam://${encodeBase32(entry.secret)}` : formatOtpauthUri(entry),
      entry_type: steam ? 'Steam' : 'Totp',
      name: entry.label || (steam ? entry.issuer : ''),
    },
    note: entry.note ?? null,
  }
}

async function sealContent(content: string, { password }: WriteOptions): Promise<string> {
  if (!password) return content
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const key = await argon2(password, salt, KDF)
  const sealed = concatBytes(nonce, await sealGcm(key, nonce, textToBytes(content), CONTEXT))
  return JSON.stringify({ version: 1, salt: bytesToBase64(salt), content: bytesToBase64(sealed) })
}
