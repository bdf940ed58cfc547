import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { encryptForServer } from '../../src/mfa/rsa'

const keys = [1024, 2048].map((modulusLength) => {
  const pair = generateKeyPairSync('rsa', { modulusLength })
  return { bytes: modulusLength / 8, privateKey: pair.privateKey, pem: exported(pair.publicKey, 'spki') }
})
const [small] = keys as [(typeof keys)[number]]

function exported(key: ReturnType<typeof createPublicKey>, type: 'spki' | 'pkcs1'): string {
  return key.export({ type, format: 'pem' }).toString()
}

function decryptRaw(key: (typeof keys)[number], cipher: string): Buffer {
  return privateDecrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(cipher, 'base64'))
}

/** What RFC 8017 §7.2.2 step 3 asks of a decoder. */
function unpad(padded: Buffer): string {
  expect([...padded.subarray(0, 2)]).toEqual([0, 2])
  const end = padded.indexOf(0, 2)
  expect(end).toBeGreaterThanOrEqual(10)
  return padded.subarray(end + 1).toString('utf8')
}

describe('encryptForServer', () => {
  it('makes 172 characters of Base64 for a key of 1024 bits', () => {
    expect(encryptForServer('alice-Passw0rd', small.pem)).toMatch(/^[A-Za-z0-9+/]{171}=$/)
  })

  it.each(keys)('is undone by Node with the private key of $bytes bytes, padding and all', (key) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 25 }), (text) => {
        fc.pre(Buffer.byteLength(text) <= key.bytes - 11)
        expect(unpad(decryptRaw(key, encryptForServer(text, key.pem)))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('pads with what the random source gives, zeros left out', () => {
    let next = -1
    const cipher = encryptForServer('x', small.pem, (bytes) => bytes.fill(++next % 3))
    const padding = decryptRaw(small, cipher).subarray(2, 126)
    expect([...padding]).toEqual(Array.from({ length: 124 }, (_, at) => (at % 2) + 1))
  })

  it('never encrypts the same text twice alike', () => {
    const ciphers = Array.from({ length: 50 }, () => encryptForServer('same', small.pem))
    expect(new Set(ciphers).size).toBe(50)
  })

  it('takes 117 bytes with 1024 bits and refuses 118', () => {
    expect(unpad(decryptRaw(small, encryptForServer('é'.repeat(58) + 'x', small.pem)))).toBe('é'.repeat(58) + 'x')
    expect(() => encryptForServer('é'.repeat(59), small.pem)).toThrow('mfa/wrong-password')
  })

  it('takes a key with Windows line ends and without any', () => {
    const [, body] = /KEY-----\n([^-]+)-----/.exec(small.pem) ?? []
    const flat = (body ?? '').replace(/\n/g, '')
    for (const pem of [small.pem.replace(/\n/g, '\r\n'), `-----BEGIN PUBLIC KEY-----${flat}-----END PUBLIC KEY-----`]) {
      expect(unpad(decryptRaw(small, encryptForServer('text', pem)))).toBe('text')
    }
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  it.each([
    ['nothing', ''],
    ['no PEM', 'hello'],
    ['an empty body', '-----BEGIN PUBLIC KEY----- -----END PUBLIC KEY-----'],
    ['something else than Base64', '-----BEGIN PUBLIC KEY-----\n****\n-----END PUBLIC KEY-----'],
    ['another kind of key', exported(ec, 'spki')],
    ['another wrapping', exported(createPublicKey(small.privateKey), 'pkcs1')],
    [
      'a key that is too short to be safe',
      exported(generateKeyPairSync('rsa', { modulusLength: 768 }).publicKey, 'spki'),
    ],
  ])('refuses %s as a key', (_, pem) => {
    expect(() => encryptForServer('text', pem)).toThrow('mfa/answer-unreadable')
  })

  it('refuses or survives a key cut off anywhere or with any byte changed', () => {
    const der = createPublicKey(small.privateKey).export({ type: 'spki', format: 'der' })
    const wrap = (bytes: Buffer): string =>
      `-----BEGIN PUBLIC KEY-----\n${bytes.toString('base64')}\n-----END PUBLIC KEY-----`
    for (let length = 0; length < der.length; length++) {
      expect(() => encryptForServer('text', wrap(der.subarray(0, length)))).toThrow('mfa/answer-unreadable')
    }
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(der)
        changed[at] = (changed[at] ?? 0) ^ change
        try {
          encryptForServer('text', wrap(changed))
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^mfa\//))
        }
      }),
    )
  })
})
