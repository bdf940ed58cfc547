// Opens what Latchkey stores, from VAULT-FORMAT.md alone: Node's own cryptography and an Argon2 that the product does not use.
// Nothing of src is imported here. `node test/vault/decrypt.mjs FILE SECRET [database|mirror|snapshot]` prints what is in it. FILE is a
// raw export, a fixture or an encrypted backup; SECRET the passphrase, the code of the recovery sheet, or the backup's password.
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { argon2id } from '@noble/hashes/argon2.js'

const base64 = (text) => Buffer.from(text, 'base64')
const sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const hkdf = (secret, salt, info) => Buffer.from(hkdfSync('sha256', secret, salt, info, 32))

/** What `sealed` (nonce, ciphertext, tag) holds; throws where key or context is not the right one. */
function open(key, sealed, context) {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify(context)))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

function stretch(passphrase, salt, { memoryKib, passes, lanes }) {
  return argon2id(Buffer.from(passphrase.normalize('NFKC')), base64(salt), {
    m: memoryKib,
    t: passes,
    p: lanes,
    dkLen: 32,
  })
}

/** The 18 bytes of a recovery sheet's code, whose last two bytes check them; null where it is no such code. */
function sheetSecret(code) {
  const digits = [...code.toUpperCase().replaceAll('-', '')].map((digit) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit),
  )
  if (digits.length !== 32 || digits.includes(-1)) return null
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
  return sha256(bytes.subarray(0, 18)).subarray(0, 2).equals(bytes.subarray(18)) ? bytes.subarray(0, 18) : null
}

/** The vault key, by the slot that the secret belongs to: text for a passphrase or a sheet, bytes for what a passkey answered. */
export function vaultKeyOf({ vaultId, slots }, secret) {
  const sheet = typeof secret === 'string' ? sheetSecret(secret) : null
  const kind = typeof secret !== 'string' ? 'passkey' : sheet ? 'sheet' : 'passphrase'
  const slot = slots.find((one) => one.kind === kind)
  const { id, salt, kdf, credentialId, prfInput } = slot
  const bound = {
    passphrase: () => [kdf.algorithm, kdf.memoryKib, kdf.passes, kdf.lanes, salt],
    sheet: () => [salt],
    passkey: () => [credentialId, prfInput, salt],
  }[kind]()
  const wrappingKey =
    kind === 'passphrase' ? stretch(secret, salt, kdf) : hkdf(sheet ?? secret, base64(salt), `latchkey/slot/${kind}`)
  return open(wrappingKey, base64(slot.wrappedKey), ['latchkey/slot', 1, vaultId, id, kind, ...bound])
}

export function readHeader(header) {
  if (sha256(header.body).toString('base64') !== header.checksum) throw new Error('the header is damaged')
  const body = JSON.parse(header.body)
  if (body.format !== 1) throw new Error(`format ${body.format} is not described here`)
  return body
}

/** The contents of one copy of the vault: its entries and servers in order. */
export function decryptVault(copy, secret) {
  return decryptCopy(copy, vaultKeyOf(readHeader(copy.header), secret))
}

/** The same for who has the vault key already. */
export function decryptCopy({ header, manifest, rows }, vaultKey) {
  const { vaultId } = readHeader(header)
  const { generation } = manifest
  const manifestKey = hkdf(vaultKey, vaultId, 'latchkey/manifest')
  const listed = JSON.parse(open(manifestKey, base64(manifest.sealed), ['latchkey/manifest', 1, vaultId, generation]))
  if (listed.header !== header.checksum) throw new Error('header and manifest do not belong together')

  const recordsKey = hkdf(vaultKey, vaultId, 'latchkey/records')
  const cells = rows.flatMap(([, row]) => row.cells)
  const contents = { entries: [], servers: [], generation }
  for (const { id, kind, generation: written } of listed.records) {
    const cell = cells.find((one) => one.id === id && one.kind === kind && one.generation === written)
    const record = JSON.parse(open(recordsKey, base64(cell.sealed), ['latchkey/record', 1, vaultId, id, kind, written]))
    contents[kind === 'entry' ? 'entries' : 'servers'].push({ id, ...record })
  }
  return contents
}

/** The mirror's items in the form of the database. */
export function fromMirror(items) {
  const rows = Object.entries(items).filter(([name, text]) => name.startsWith('row ') && text !== '')
  return {
    header: JSON.parse(items.header),
    manifest: JSON.parse(items.manifest),
    rows: rows.map(([name, text]) => [Number(name.slice(4)), JSON.parse(text)]),
  }
}

/** The records of a snapshot; the header gives the vault key alone. */
export function decryptSnapshot(header, snapshot, secret) {
  const body = readHeader(header)
  const { takenAt, reason, generation, records } = snapshot
  const key = hkdf(vaultKeyOf(body, secret), body.vaultId, 'latchkey/snapshots')
  const context = ['latchkey/snapshot', 1, body.vaultId, takenAt, reason, generation, records]
  const contents = { entries: [], servers: [], generation }
  for (const { id, kind, text } of JSON.parse(open(key, base64(snapshot.sealed), context))) {
    contents[kind === 'entry' ? 'entries' : 'servers'].push({ id, ...JSON.parse(text) })
  }
  return contents
}

/** The entries of an encrypted backup, which has a key of its own. */
export function decryptBackup({ kdf, salt, wrappedKey, sealed }, password) {
  const context = ['latchkey/backup-key', 1, kdf.algorithm, kdf.memoryKib, kdf.passes, kdf.lanes, salt]
  const fileKey = open(stretch(password, salt, kdf), base64(wrappedKey), context)
  return JSON.parse(open(fileKey, base64(sealed), ['latchkey/backup', 1, wrappedKey]))
}

export function decryptFile(file, secret, part = 'database') {
  if (file.kind === 'latchkey-backup') return decryptBackup(file, secret)
  if (part === 'mirror') return decryptVault(fromMirror(file.mirror), secret)
  if (part === 'database') return decryptVault(file.stored, secret)
  const { header } = file.stored ?? fromMirror(file.mirror)
  return decryptSnapshot(header, file.snapshots.at(-1)[1], secret)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path, secret, part] = process.argv.slice(2)
  const contents = decryptFile(JSON.parse(readFileSync(path, 'utf8')), secret, part)
  process.stdout.write(`${JSON.stringify(contents, null, 2)}\n`)
}
