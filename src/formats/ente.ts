import { base64ToBytes, bytesToBase64, bytesToText, textToBytes } from '../core/bytes'
import { AppError, type ErrorCode } from '../core/errors'
import { formatOtpauthUri, parseOtpauthUri } from '../core/otpauth-uri'
import { argon2 } from '../crypto/file-kdf'
import { randomBytes } from '../crypto/file-sealing'
import type { ForeignFile, Format, ImportedEntry, ReadOptions, WriteOptions } from './format'
import { inOrder } from './in-order'
import { isObject, listOf, member, parseJson, textOf } from './json'
import { addressName } from './otpauth'
import { passwordIn } from './password'
import { percentDecode } from './percent'
import { beside } from './row-parts'
import { readRows, writeRows } from './rows'
import { SECRETSTREAM_HEADER_BYTES, openSecretstream, sealSecretstream } from './secretstream'

/** What Ente asks of a strong machine; phones ask for as much, with more passes. */
const WRITTEN_KDF = { memLimit: 256 * 1024 * 1024, opsLimit: 4 }
const SALT_BYTES = 16
const ALGORITHMS: readonly string[] = ['SHA1', 'SHA256', 'SHA512']
const DISPLAY = /[?&]codeDisplay=([^&]*)/i

/** The exports of Ente Auth: addresses with a `codeDisplay`, plain or encrypted. */
export const ente: Format = {
  name: 'ente',

  recognise: ({ json, text }) =>
    isEncrypted(json) || (json === undefined && /^[ \t]*otpauth:\/\/[^\r\n]*[?&]codeDisplay=/im.test(text ?? '')),

  async read(file, options) {
    const lines = (await textOfFile(file, options))
      // Very old files hold all addresses in one line.
      .split(/[\r\n]+|,(?=otpauth:\/\/)/i)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
    const rows = inOrder(
      lines.map((line) => ({ line, display: displayOf(line) })),
      ({ display }) => member(display, 'position') ?? 0,
    )
    return readRows(rows, readRow, ({ line }) => addressName(line))
  },

  async write(entries, options) {
    const { rows, problems } = writeRows(entries, {
      write: writeRow,
      holds: { groups: 'all', note: true, favourite: true },
      obstacle,
    })
    return { bytes: textToBytes(await sealText(rows.map((row) => `${row}\n`).join(''), options)), problems }
  },
}

function isEncrypted(json: unknown): boolean {
  return isObject(member(json, 'kdfParams')) && typeof member(json, 'encryptedData') === 'string'
}

async function textOfFile({ json, text }: ForeignFile, options: ReadOptions): Promise<string> {
  if (json === undefined) return text ?? ''
  const parameters = member(json, 'kdfParams')
  const [salt, header, sealed] = [
    member(parameters, 'salt'),
    member(json, 'encryptionNonce'),
    member(json, 'encryptedData'),
  ].map((value) => base64ToBytes(textOf(value)))
  if (!salt || !sealed || header?.length !== SECRETSTREAM_HEADER_BYTES) throw new AppError('format/damaged')
  const memory = member(parameters, 'memLimit')
  const numbers = {
    memoryKib: typeof memory === 'number' ? Math.floor(memory / 1024) : memory,
    passes: member(parameters, 'opsLimit'),
    lanes: 1,
  }
  const key = await argon2(passwordIn(options), salt, numbers, options.memoryMib)
  const opened = await openSecretstream(key, header, sealed)
  if (!opened) throw new AppError('format/wrong-password')
  const lines = bytesToText(opened)
  if (lines === null) throw new AppError('format/damaged')
  return lines
}

/** What Ente keeps beside the code; undefined where it is no JSON. */
function displayOf(line: string): unknown {
  return parseJson(percentDecode((DISPLAY.exec(line)?.[1] ?? '').replaceAll('+', ' ')))
}

function readRow({ line, display }: { line: string; display: unknown }): ImportedEntry {
  if (member(display, 'trashed') === true) throw new AppError('format/row-trashed')
  // Ente writes the word where a value is missing.
  const address = line.replace(DISPLAY, (found) => found.charAt(0)).replace(/([?&])[a-z]+=null(?=&|$)/gi, '$1')
  return {
    ...parseOtpauthUri(address),
    ...beside({
      groups: listOf(member(display, 'tags')),
      note: member(display, 'note'),
      favourite: member(display, 'pinned'),
    }),
  }
}

function obstacle({ type, algorithm }: ImportedEntry): ErrorCode | null {
  if (type !== 'totp' && type !== 'hotp' && type !== 'steam') return 'format/type-not-held'
  return ALGORITHMS.includes(algorithm) ? null : 'format/algorithm-not-held'
}

function writeRow(entry: ImportedEntry, position: number): string {
  const display = {
    pinned: entry.favourite ?? false,
    trashed: false,
    lastUsedAt: 0,
    tapCount: 0,
    tags: entry.groups ?? [],
    note: entry.note ?? '',
    position,
  }
  return `${formatOtpauthUri(entry)}&codeDisplay=${encodeURIComponent(JSON.stringify(display))}`
}

async function sealText(text: string, { password }: WriteOptions): Promise<string> {
  if (!password) return text
  const salt = randomBytes(SALT_BYTES)
  const { memLimit, opsLimit } = WRITTEN_KDF
  const key = await argon2(password, salt, { memoryKib: memLimit / 1024, passes: opsLimit, lanes: 1 })
  const header = randomBytes(SECRETSTREAM_HEADER_BYTES)
  return JSON.stringify({
    version: 1,
    kdfParams: { ...WRITTEN_KDF, salt: bytesToBase64(salt) },
    encryptedData: bytesToBase64(await sealSecretstream(key, header, textToBytes(text))),
    encryptionNonce: bytesToBase64(header),
  })
}
