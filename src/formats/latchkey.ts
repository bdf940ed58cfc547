import { base64ToBytes, bytesToBase64, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { KDF_DEFAULT, type KdfParameters, isKdfParameters, stretchPassphrase } from '../crypto/kdf'
import { newKey, newSalt, unwrapKey, wrapKey } from '../crypto/keys'
import { type Context, open, seal } from '../crypto/seal'
import type { Format, Reading } from './format'
import { listOf, member, parseDecrypted, textOf } from './json'
import { readBackupRow, writeBackupRow } from './latchkey-row'
import { passwordIn } from './password'
import { rowName } from './row-parts'
import { readRows, writeRows } from './rows'

const KIND = 'latchkey-backup'
const VERSION = 1

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
 * as the texts they are. The sealed JSON is `{ entries }`, in the user's order, each with the members of an entry record (VAULT-FORMAT); only
 * its binding names the server by `appHost`, `appId` and `userPoolId` instead of an id.
 */
export const latchkey: Format = {
  name: 'latchkey',

  recognise: ({ json }) => member(json, 'kind') === KIND,

  async read({ json }, options) {
    const rows = listOf(member(await openBackup(json, passwordIn(options)), 'entries'))
    return readRows(rows, readBackupRow, (row) => rowName(member(row, 'issuer'), member(row, 'label')))
  },

  async write(entries, options) {
    const password = passwordIn(options)
    const { rows, problems } = writeRows(entries, {
      write: writeBackupRow,
      holds: { groups: 'all', sites: 'all', note: true, favourite: true, recoveryCode: true },
    })
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
  const { entries }: Reading = readRows(again, readBackupRow, () => '')
  if (JSON.stringify(entries.map(writeBackupRow)) !== JSON.stringify(rows)) throw new AppError('unexpected')
}
