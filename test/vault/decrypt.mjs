// Opens a vault from VAULT-FORMAT.md alone: Node's own cryptography and an Argon2 that the product does not use.
// Nothing of src is imported here. `node test/vault/decrypt.mjs DUMP.json PASSPHRASE` prints the contents.
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { argon2id } from '@noble/hashes/argon2.js'

const base64 = (text) => Buffer.from(text, 'base64')

/** What `sealed` (nonce, ciphertext, tag) holds; throws where key or context is not the right one. */
function open(key, sealed, context) {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify(context)))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

function unwrap(vaultId, slot, passphrase) {
  const { algorithm, memoryKib, passes, lanes } = slot.kdf
  const password = Buffer.from(passphrase.normalize('NFKC'))
  const wrappingKey = argon2id(password, base64(slot.salt), { m: memoryKib, t: passes, p: lanes, dkLen: 32 })
  const context = ['latchkey/slot', 1, vaultId, slot.id, slot.kind, algorithm, memoryKib, passes, lanes, slot.salt]
  return open(wrappingKey, base64(slot.wrappedKey), context)
}

/** The contents of a dumped vault: its entries and servers in order. */
export function decryptVault({ header, manifest, rows }, passphrase) {
  const checksum = createHash('sha256').update(header.body).digest('base64')
  if (checksum !== header.checksum) throw new Error('the header is damaged')
  const { format, vaultId, slots } = JSON.parse(header.body)
  if (format !== 1) throw new Error(`format ${format} is not described here`)

  const slot = slots.find(({ kind }) => kind === 'passphrase')
  const vaultKey = unwrap(vaultId, slot, passphrase)
  const keyFor = (purpose) => Buffer.from(hkdfSync('sha256', vaultKey, vaultId, `latchkey/${purpose}`, 32))

  const { generation } = manifest
  const listed = JSON.parse(
    open(keyFor('manifest'), base64(manifest.sealed), ['latchkey/manifest', 1, vaultId, generation]),
  )
  if (listed.header !== checksum) throw new Error('header and manifest do not belong together')

  const recordsKey = keyFor('records')
  const cells = rows.flatMap(([, row]) => row.cells)
  const contents = { entries: [], servers: [], generation }
  for (const { id, kind, generation: written } of listed.records) {
    const cell = cells.find((one) => one.id === id && one.kind === kind && one.generation === written)
    const record = JSON.parse(open(recordsKey, base64(cell.sealed), ['latchkey/record', 1, vaultId, id, kind, written]))
    contents[kind === 'entry' ? 'entries' : 'servers'].push({ id, ...record })
  }
  return contents
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [dump, passphrase] = process.argv.slice(2)
  const contents = decryptVault(JSON.parse(readFileSync(dump, 'utf8')).stored, passphrase)
  process.stdout.write(`${JSON.stringify(contents, null, 2)}\n`)
}
