import { createCipheriv, createHash, createHmac, hkdfSync, pbkdf2Sync, scryptSync } from 'node:crypto'
import { argon2id } from '@noble/hashes/argon2.js'

/**
 * How other programs protect their files, written once more from their documentation with Node's own crypto and another
 * Argon2, so that what `src/formats` opens was not made by `src/formats`.
 */

/** Bytes that stay the same from run to run. */
export function fixedBytes(label: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(`${label} ${i}`))
  return Buffer.concat(blocks).subarray(0, length)
}

export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest()
}

export function gcm(key: Buffer, nonce: Buffer, text: string | Buffer, associated = ''): { text: Buffer; tag: Buffer } {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  if (associated) cipher.setAAD(Buffer.from(associated))
  return { text: Buffer.concat([cipher.update(text), cipher.final()]), tag: cipher.getAuthTag() }
}

export function cbc(key: Buffer, iv: Buffer, text: string | Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(text), cipher.final()])
}

export function argon2(password: string | Buffer, salt: Buffer, m: number, t: number, p: number, dkLen = 32): Buffer {
  return Buffer.from(argon2id(Buffer.from(password), salt, { m, t, p, dkLen }))
}

/** `openssl enc -aes-256-cbc -md md5`, which is CryptoJS's `AES.encrypt(text, passphrase)`. */
export function cryptoJs(text: string | Buffer, passphrase: string, label: string): string {
  const salt = fixedBytes(label, 8)
  let stream = Buffer.alloc(0)
  for (let block = Buffer.alloc(0); stream.length < 48; stream = Buffer.concat([stream, block])) {
    block = createHash('md5').update(block).update(passphrase).update(salt).digest()
  }
  return Buffer.concat([
    Buffer.from('Salted__'),
    salt,
    cbc(stream.subarray(0, 32), stream.subarray(32), text),
  ]).toString('base64')
}

export function phc(text: string, m: number, t: number, length: number): string {
  const salt = fixedBytes('phc', 16)
  const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${m},t=${t},p=1$${bare(salt)}$${bare(argon2(text, salt, m, t, 1, length))}`
}

/** 2FAS: `b64(ct‖tag):b64(salt):b64(nonce)`. */
export function twoFasSealed(text: string, password: string, label: string): string {
  const salt = fixedBytes('2fas salt', 256)
  const nonce = fixedBytes(label, 12)
  const sealed = gcm(pbkdf2Sync(password, salt, 10_000, 32, 'sha256'), nonce, text)
  return [Buffer.concat([sealed.text, sealed.tag]), salt, nonce].map((part) => part.toString('base64')).join(':')
}

/** An Aegis vault around its database, with the slots of a real one: fingerprint, another password, the right one. */
export function aegisVault(database: object, password: string, n = 32_768): object {
  const master = fixedBytes('aegis master', 32)
  const slot = (type: number, secret: string, is_backup: boolean): object => {
    const [salt, nonce] = [fixedBytes(`salt ${secret}`, 32), fixedBytes(`nonce ${secret}`, 12)]
    const key = scryptSync(secret, salt, 32, { N: n, r: 8, p: 1, maxmem: 2 ** 28 })
    const wrapped = gcm(key, nonce, master)
    const key_params = { nonce: nonce.toString('hex'), tag: wrapped.tag.toString('hex') }
    const common = {
      type,
      uuid: `00000000-0000-4000-8000-00000000000${type}`,
      key: wrapped.text.toString('hex'),
      key_params,
    }
    return type === 1 ? { ...common, n, r: 8, p: 1, salt: salt.toString('hex'), repaired: true, is_backup } : common
  }
  const nonce = fixedBytes('aegis db', 12)
  const sealed = gcm(master, nonce, JSON.stringify(database))
  return {
    version: 1,
    header: {
      slots: [slot(2, 'the phone', false), slot(1, 'for the backup', true), slot(1, password, false)],
      params: { nonce: nonce.toString('hex'), tag: sealed.tag.toString('hex') },
    },
    db: sealed.text.toString('base64'),
  }
}

/** Bitwarden's file password, by PBKDF2 or Argon2id. */
export function bitwardenProtected(content: object, password: string, kdf: 'pbkdf2' | 'argon2'): object {
  const salt = fixedBytes('bitwarden', 16).toString('base64')
  const master =
    kdf === 'pbkdf2'
      ? pbkdf2Sync(password, salt, 100_000, 32, 'sha256')
      : argon2(password, sha256(salt), 16 * 1024, 3, 4)
  // Expand only: Node's HKDF always extracts first, so its second half is done by hand and the first is proven below.
  const expand = (info: string): Buffer => createHmac('sha256', master).update(info).update('\x01').digest()
  const sealed = (text: string): string => {
    const iv = fixedBytes(text, 16)
    const ct = cbc(expand('enc'), iv, text)
    const mac = createHmac('sha256', expand('mac')).update(iv).update(ct).digest()
    return `2.${[iv, ct, mac].map((part) => part.toString('base64')).join('|')}`
  }
  const numbers =
    kdf === 'pbkdf2'
      ? { kdfType: 0, kdfIterations: 100_000, kdfMemory: null, kdfParallelism: null }
      : { kdfType: 1, kdfIterations: 3, kdfMemory: 16, kdfParallelism: 4 }
  return {
    encrypted: true,
    passwordProtected: true,
    salt,
    ...numbers,
    encKeyValidation_DO_NOT_EDIT: sealed('f41d9b22-9eee-4f0a-a3b7-2ffb0b9b0ba0'),
    data: sealed(JSON.stringify(content)),
  }
}

/** That the expanding half above is HKDF's own: with the extracted key in hand both agree. */
export function hkdfAgrees(): boolean {
  const [input, salt] = [fixedBytes('ikm', 32), fixedBytes('salt', 32)]
  const extracted = createHmac('sha256', salt).update(input).digest()
  const expanded = createHmac('sha256', extracted).update('enc').update('\x01').digest()
  return expanded.equals(Buffer.from(hkdfSync('sha256', input, salt, 'enc', 32)))
}

/** libsodium's secretstream with one chunk, over Node's ChaCha20 and arithmetic on big numbers. */
export function secretstream(key: Buffer, header: Buffer, text: Buffer, tag: number): Buffer {
  const subkey = hchacha20(key, header.subarray(0, 16))
  const nonce = Buffer.concat([Buffer.from([1, 0, 0, 0]), header.subarray(16)])
  const keystream = (counter: number, bytes: Buffer): Buffer => {
    const iv = Buffer.concat([Buffer.alloc(4), nonce])
    iv.writeUInt32LE(counter)
    return createCipheriv('chacha20', subkey, iv).update(bytes)
  }
  const block = keystream(1, Buffer.concat([Buffer.from([tag]), Buffer.alloc(63)]))
  const sealed = keystream(2, text)
  const lengths = Buffer.alloc(16)
  lengths.writeBigUInt64LE(BigInt(64 + text.length), 8)
  const padding = Buffer.alloc((16 - 64 + text.length) & 15)
  const mac = poly1305(keystream(0, Buffer.alloc(32)), Buffer.concat([block, sealed, padding, lengths]))
  return Buffer.concat([block.subarray(0, 1), sealed, mac])
}

function hchacha20(key: Buffer, nonce: Buffer): Buffer {
  const words = Buffer.concat([Buffer.from('expand 32-byte k'), key, nonce])
  const state = Uint32Array.from({ length: 16 }, (_, i) => words.readUInt32LE(4 * i))
  const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))
  const quarter = (a: number, b: number, c: number, d: number): void => {
    for (const [x, y, z, by] of [
      [a, b, d, 16],
      [c, d, b, 12],
      [a, b, d, 8],
      [c, d, b, 7],
    ] as const) {
      state[x] = state[x]! + state[y]!
      state[z] = rotated(state[z]! ^ state[x]!, by)
    }
  }
  for (let round = 0; round < 10; round++) {
    for (const i of [0, 1, 2, 3]) quarter(i, 4 + i, 8 + i, 12 + i)
    for (const i of [0, 1, 2, 3]) quarter(i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3))
  }
  const out = Buffer.alloc(32)
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) out.writeUInt32LE(state[i < 4 ? i : 8 + i]!, 4 * i)
  return out
}

function poly1305(key: Buffer, message: Buffer): Buffer {
  const number = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)
  const r = number(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn
  let sum = 0n
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16)
    sum = ((sum + number(block) + (1n << BigInt(8 * block.length))) * r) % (2n ** 130n - 5n)
  }
  const tag = (sum + number(key.subarray(16))) % 2n ** 128n
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse()
}
