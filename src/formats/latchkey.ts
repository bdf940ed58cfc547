import { base64ToBytes, bytesToBase64, textToBytes } from '../core/bytes'
import { needsPin } from '../core/entry'
import { AppError } from '../core/errors'
import { KDF_DEFAULT, type KdfParameters, isKdfParameters, stretchPassphrase } from '../crypto/kdf'
import { newKey, newSalt, unwrapKey, wrapKey } from '../crypto/keys'
import { type Context, open, seal } from '../crypto/seal'
import type { Format, ImportedEntry, Reading } from './format'
import { listOf, member, numberOf, parseDecrypted, textOf } from './json'
import { passwordIn } from './password'
import { rowName } from './row-parts'
import { entryOf, readRows, writeRows } from './rows'

const KIND = 'latchkey-backup'
const VERSION = 1
const TYPES = ['totp', 'hotp', 'steam', 'motp', 'yandex'] as const

/**
 * Our own encrypted backup: a JSON text in UTF-8.
 *
 *     kind        "latchkey-backup"
 *     version     1
 *     kdf         { algorithm: "argon2id", memoryKib, passes, lanes }
 *     salt        Base64 of 16 bytes, new for every file
 *     wrappedKey  Base64 of seal(wrapping key, file key, ["latchkey/backup-key", 1, algorithm, memoryKib, passes, lanes, salt])
 *     sealed      Base64 of seal(file key, JSON text, ["latchkey/backup", 1, wrappedKey])
 *
 * The wrapping key is Argon2id (version 0x13, 32 bytes) of the password (NFKC, UTF-8) and the salt; the file key is 32 random bytes, made
 * for this file. `seal` is AES-256-GCM: nonce(12) ‖ ciphertext ‖ tag(16), the JSON of the context as associated data. Two steps, so that
 * a wrong password (the key does not open) is not taken for damage (the rest does not). `salt` and `wrappedKey` stand in the contexts
 * as the texts they are. The sealed JSON is `{ entries }`, each with the members of an entry record (VAULT-FORMAT) that are its own:
 * type, issuer, label, secret (Base64), algorithm, digits, periodSeconds, counter, pin, sites, recoveryCode; and groups, note, favourite.
 */
export const latchkey: Format = {
  name: 'latchkey',

  recognise: ({ json }) => member(json, 'kind') === KIND,

  async read({ json }, options) {
    const rows = listOf(member(await openBackup(json, passwordIn(options)), 'entries'))
    return readRows(rows, readRow, (row) => rowName(member(row, 'issuer'), member(row, 'label')))
  },

  async write(entries, options) {
    const password = passwordIn(options)
    const { rows, problems } = writeRows(entries, () => null, writeRow)
    const text = JSON.stringify(await sealBackup({ entries: rows }, password), null, 2)
    // "Done" means that it was opened again: a backup that does not open is none.
    await checkReopens(text, rows, password)
    return { bytes: textToBytes(text), problems }
  },
}

function wrappingContext({ algorithm, memoryKib, passes, lanes }: KdfParameters, salt: string): Context {
  return ['latchkey/backup-key', VERSION, algorithm, memoryKib, passes, lanes, salt]
}

async function openBackup(json: unknown, password: string): Promise<unknown> {
  const [kdf, version] = [member(json, 'kdf'), member(json, 'version')]
  if (version !== VERSION) throw new AppError('format/not-possible', { app: 'Latchkey' })
  const [salt, wrappedKey] = [textOf(member(json, 'salt')), textOf(member(json, 'wrappedKey'))]
  const [saltBytes, wrapped, sealed] = [salt, wrappedKey, textOf(member(json, 'sealed'))].map(base64ToBytes)
  if (!saltBytes || saltBytes.length < 8 || !wrapped || !sealed) throw new AppError('format/damaged')
  // INP-4: numbers beyond what we carry out are no numbers of ours.
  if (!isKdfParameters(kdf)) throw new AppError('format/too-costly')
  const wrappingKey = await stretchPassphrase(password, saltBytes, kdf)
  const fileKey = await unwrapKey(wrappingKey, wrapped, wrappingContext(kdf, salt))
  if (!fileKey) throw new AppError('format/wrong-password')
  const opened = await open(await importKey(fileKey), sealed, ['latchkey/backup', VERSION, wrappedKey])
  if (!opened) throw new AppError('format/damaged')
  return parseDecrypted(opened)
}

async function sealBackup(content: object, password: string): Promise<object> {
  const [saltBytes, fileKey] = [newSalt(), newKey()]
  const salt = bytesToBase64(saltBytes)
  const wrappingKey = await stretchPassphrase(password, saltBytes, KDF_DEFAULT)
  const wrappedKey = bytesToBase64(await wrapKey(wrappingKey, fileKey, wrappingContext(KDF_DEFAULT, salt)))
  const context = ['latchkey/backup', VERSION, wrappedKey]
  const sealed = await seal(await importKey(fileKey), textToBytes(JSON.stringify(content)), context)
  return { kind: KIND, version: VERSION, kdf: KDF_DEFAULT, salt, wrappedKey, sealed: bytesToBase64(sealed) }
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** Throws `unexpected` where the file would not give back what went in. */
async function checkReopens(text: string, rows: readonly object[], password: string): Promise<void> {
  const again = listOf(member(await openBackup(JSON.parse(text), password), 'entries'))
  const { entries }: Reading = readRows(again, readRow, () => '')
  if (JSON.stringify(entries.map(writeRow)) !== JSON.stringify(rows)) throw new AppError('unexpected')
}

function readRow(row: unknown): ImportedEntry {
  const type = TYPES.find((known) => known === member(row, 'type'))
  if (!type) throw new AppError('entry/type-unsupported')
  const secret = base64ToBytes(textOf(member(row, 'secret')))
  if (!secret) throw new AppError('entry/secret-invalid')
  return {
    ...entryOf({
      type,
      secret,
      algorithm: member(row, 'algorithm'),
      digits: numberOf(member(row, 'digits'), Number.NaN),
      periodSeconds: numberOf(member(row, 'periodSeconds'), Number.NaN),
      counter: member(row, 'counter'),
      pin: member(row, 'pin'),
    }),
    // Exactly as they were: what other programs leave around a name is not ours to trim here.
    issuer: textOf(member(row, 'issuer')),
    label: textOf(member(row, 'label')),
    ...besideIn(row),
  }
}

/** What travels beside the entry, exactly as it was. */
function besideIn(row: unknown): Partial<ImportedEntry> {
  const [note, recoveryCode] = [textOf(member(row, 'note')), textOf(member(row, 'recoveryCode'))]
  const [groups, sites] = [member(row, 'groups'), member(row, 'sites')].map((texts) => listOf(texts).map(textOf))
  return {
    ...(groups?.length ? { groups } : {}),
    ...(sites?.length ? { sites } : {}),
    ...(note ? { note } : {}),
    ...(recoveryCode ? { recoveryCode } : {}),
    ...(member(row, 'favourite') === true ? { favourite: true } : {}),
  }
}

function writeRow(entry: ImportedEntry): object {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = 0, pin } = entry
  const { groups = [], note = '', favourite = false, sites = [], recoveryCode } = entry
  return {
    type,
    issuer,
    label,
    secret: bytesToBase64(secret),
    algorithm,
    digits,
    periodSeconds,
    ...(type === 'hotp' ? { counter } : {}),
    ...(needsPin(type) && pin ? { pin } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(note ? { note } : {}),
    ...(favourite ? { favourite } : {}),
    ...(sites.length > 0 ? { sites } : {}),
    ...(recoveryCode ? { recoveryCode } : {}),
  }
}
