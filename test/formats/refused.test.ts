import { expect, it } from 'vitest'

import { concatBytes, textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'

const sqlite = (schema: string): Uint8Array =>
  concatBytes(textToBytes('SQLite format 3\0'), new Uint8Array(84), textToBytes(schema), new Uint8Array(4000))
const noise = (...start: number[]): Uint8Array => {
  const bytes = Uint8Array.from({ length: 500 }, (_, i) => (i * 167 + (i >> 3) * 91) & 0xff)
  bytes.set(start)
  return bytes
}

it.each([
  ['Microsoft Authenticator', textToBytes('phonefactor://activate_account?code=1&url=https%3A%2F%2Fx')],
  ['Okta Verify', textToBytes('oktaverify://email/?t=x&f=y&s=https://example.okta.com')],
  ['Duo Mobile', textToBytes('duo://abc-def')],
  ['Authy', textToBytes('authy://account?token=x')],
  ['Symantec VIP', textToBytes('vip://x')],
  ['Microsoft Authenticator (SQLite)', sqlite('CREATE TABLE accounts(_id, name, username, oath_secret_key)')],
  ['Google Authenticator (SQLite)', sqlite('CREATE TABLE accounts (_id INTEGER, email TEXT, secret TEXT)')],
  ['Stratum (SQLite)', sqlite('CREATE TABLE "authenticatorcategory"()')],
  ['SQLite', sqlite('CREATE TABLE moz_places()')],
  ['OTPClient', concatBytes(textToBytes('OTPClient'), noise())],
  ['cotp', textToBytes(JSON.stringify({ version: 1, nonce: [1], salt: [2], cipher: [3] }))],
  [
    'WinAuth (XML)',
    textToBytes('<?xml version="1.0"?>\n<WinAuth version="3.6.2.0"><data encrypted="y"></data></WinAuth>'),
  ],
  ['OpenPGP', textToBytes('-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n')],
  ['OpenPGP', noise(0x85, 0x01, 0x0c, 0x03)],
  ['OpenPGP', noise(0x8c, 0x0d, 0x04, 0x09)],
  ['KeePass 1', noise(0x03, 0xd9, 0xa2, 0x9a, 0x65, 0xfb, 0x4b, 0xb5)],
])('names %s, with or without a password', async (app, bytes) => {
  const refusal = { code: 'format/not-possible', params: { app } }
  await expect(readImport(bytes)).rejects.toMatchObject(refusal)
  await expect(readImport(bytes, { password: 'x' })).rejects.toMatchObject(refusal)
})

it.each([
  ['nothing', new Uint8Array()],
  ['prose', textToBytes('Hello, this is a list of comments.\n# and more\n')],
  ['JSON of something else', textToBytes('{"a":[1,2,3]}')],
  ['an empty list', textToBytes('[]')],
  ['a picture', noise(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['a document', noise(0x25, 0x50, 0x44, 0x46)],
])('does not know %s', async (_, bytes) => {
  await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/unknown' })
})
