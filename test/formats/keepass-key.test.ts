import { createHash } from 'node:crypto'

import kdbxweb from 'kdbxweb'
import { describe, expect, it } from 'vitest'

import { bytesToBase64, bytesToHex, textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'

const password = 'päss wörd '
const key = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const digest = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const xml = (version: string, data: string): Uint8Array =>
  textToBytes(
    `\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<KeyFile>\r\n\t<Meta>\r\n\t\t<Version>${version}</Version>\r\n\t</Meta>\r\n\t<Key>\r\n${data}\r\n\t</Key>\r\n</KeyFile>\r\n`,
  )
const inGroups = (bytes: Uint8Array): string =>
  bytesToHex(bytes)
    .toUpperCase()
    .replace(/(.{8})/g, '$1 ')
const check = bytesToHex(digest(key)).slice(0, 8).toUpperCase()
const picture = textToBytes('<svg xmlns="http://www.w3.org/2000/svg"/>')
const novel = textToBytes('Call me Ishmael.')

/** A database whose key is made of a password and 32 bytes, as the format says, whatever file they come from. */
async function databaseFor(keyBytes: Uint8Array | null, withPassword: boolean): Promise<Uint8Array> {
  const secret = withPassword ? kdbxweb.ProtectedValue.fromString(password) : null
  const credentials = await new kdbxweb.Credentials(secret).ready
  if (keyBytes) credentials.keyFileHash = kdbxweb.ProtectedValue.fromBinary(keyBytes.slice().buffer)
  const database = kdbxweb.Kdbx.create(credentials, 'x')
  database.setKdf(kdbxweb.Consts.KdfId.Aes)
  const entry = database.createEntry(database.getDefaultGroup())
  entry.fields.set('Title', 'Acme')
  entry.fields.set('otp', 'otpauth://totp/Acme:a?secret=JBSWY3DPEHPK3PXP')
  return new Uint8Array(await database.save())
}

/** A key file and the 32 bytes it stands for. */
const files: readonly (readonly [kind: string, file: Uint8Array, key: Uint8Array])[] = [
  ['XML, version 1', xml('1.00', `\t\t<Data>${bytesToBase64(key)}</Data>`), key],
  ['XML, version 2', xml('2.0', `\t\t<Data Hash="${check}">\r\n\t\t\t${inGroups(key)}\r\n\t\t</Data>`), key],
  ['32 bytes', key, key],
  ['64 hexadecimal digits', textToBytes(bytesToHex(key)), key],
  ['any file', novel, digest(novel)],
  ['any file that is XML', picture, digest(picture)],
]

describe('a key file', () => {
  it.each(files)('that is %s opens a database with its password, and alone', async (_kind, keyFile, keyBytes) => {
    const both = await databaseFor(keyBytes, true)
    const alone = await databaseFor(keyBytes, false)
    expect((await readImport(both, { password, keyFile })).entries).toMatchObject([{ issuer: 'Acme', label: 'a' }])
    expect((await readImport(alone, { keyFile })).entries).toHaveLength(1)
    expect((await readImport(alone, { keyFile, password: '' })).entries).toHaveLength(1)
  })

  it.each(['both', 'alone'])('is asked for where it opens the database (%s)', async (kind) => {
    const bytes = await databaseFor(key, kind === 'both')
    const params = { keyFile: 1 }
    await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/needs-password', params })
    const wrong = { code: 'format/wrong-password', params }
    await expect(readImport(bytes, { password })).rejects.toMatchObject(wrong)
    await expect(readImport(bytes, { password, keyFile: novel })).rejects.toMatchObject(wrong)
  })

  it.each([
    ['has lost its key', xml('2.0', '')],
    ['is of a version to come', xml('3.0', `<Data>${bytesToBase64(key)}</Data>`)],
    ['does not hold with its own check', xml('2.0', `<Data Hash="00000000">${inGroups(key)}</Data>`)],
    ['has another character in it', xml('1.00', '<Data>!?</Data>')],
    ['is empty', new Uint8Array()],
  ])('that %s is no right one', async (_what, keyFile) => {
    const bytes = await databaseFor(key, true)
    await expect(readImport(bytes, { password, keyFile })).rejects.toMatchObject({ code: 'format/wrong-password' })
  })

  it('means nothing where a password is all', async () => {
    const bytes = await databaseFor(null, true)
    expect((await readImport(bytes, { password })).entries).toHaveLength(1)
    await expect(readImport(bytes, { password, keyFile: key })).rejects.toMatchObject({ code: 'format/wrong-password' })
  })
})
