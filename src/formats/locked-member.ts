import { type Bytes, equalBytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { hmac, pbkdf2 } from '../crypto/file-ciphers'
import { type Member, readMember } from './archive'

const WINZIP_AES = 99
const AES_EXTRA = 0x9901
const MAC_BYTES = 10
const CHECK_BYTES = 2
const AES_PASSES = 1000

const ZIP_CRYPTO_HEADER_BYTES = 12
/** Set where the writer did not know the CRC beforehand, and checks against the time instead. */
const CRC_FOLLOWS = 8

/**
 * What a member of a zip holds, be it plain or behind a password (WinZip AES, or the old ZipCrypto).
 * Throws `format/needs-password`, `format/wrong-password`, `format/damaged`, `format/too-costly`.
 */
export async function openMember(member: Member, password: string | undefined): Promise<Bytes> {
  if (!member.encrypted) return readMember(member)
  if (!password) throw new AppError('format/needs-password')
  return member.method === WINZIP_AES ? openAes(member, password) : openZipCrypto(member, password)
}

/** Salt, two check bytes, AES-CTR that counts from 1 in little-endian, ten bytes of HMAC-SHA1. */
async function openAes(member: Member, password: string): Promise<Bytes> {
  const { stored } = member
  const { version, strength, method } = readAesExtra(member.extra)
  const keyBytes = 8 + 8 * strength
  const saltBytes = keyBytes / 2
  if (stored.length < saltBytes + CHECK_BYTES + MAC_BYTES) throw new AppError('format/damaged')
  const bytes = 2 * keyBytes + CHECK_BYTES
  const keys = await pbkdf2(password, stored.slice(0, saltBytes), { hash: 'SHA-1', passes: AES_PASSES, bytes })
  const check = stored.subarray(saltBytes, saltBytes + CHECK_BYTES)
  if (!equalBytes(check, keys.subarray(2 * keyBytes))) throw new AppError('format/wrong-password')
  const text = stored.slice(saltBytes + CHECK_BYTES, -MAC_BYTES)
  const mac = await hmac('SHA-1', keys.slice(keyBytes, 2 * keyBytes), text)
  if (!equalBytes(mac.subarray(0, MAC_BYTES), stored.subarray(-MAC_BYTES))) throw new AppError('format/damaged')
  const plain = { ...member, encrypted: false, method, stored: await countedFromOne(keys.slice(0, keyBytes), text) }
  // The second version leaves the CRC out: it would tell about the content.
  return version === 1 ? readChecked(plain) : readMember(plain)
}

function readAesExtra(extra: Bytes): { version: number; strength: number; method: number } {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length)
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== AES_EXTRA || at + 11 > extra.length) continue
    const strength = view.getUint8(at + 8)
    if (strength < 1 || strength > 3) break
    return { version: view.getUint16(at + 4, true), strength, method: view.getUint16(at + 9, true) }
  }
  throw new AppError('format/damaged')
}

/** WebCrypto's CTR counts in big-endian only, so the counter blocks are written out and enciphered here. */
async function countedFromOne(key: Bytes, text: Bytes): Promise<Bytes> {
  if (text.length === 0) return text
  const { ecb } = await import('@noble/ciphers/aes.js')
  const blocks = new DataView(new ArrayBuffer(16 * Math.ceil(text.length / 16)))
  for (let i = 0; 16 * i < blocks.byteLength; i++) blocks.setUint32(16 * i, i + 1, true)
  const stream = ecb(key, { disablePadding: true }).encrypt(new Uint8Array(blocks.buffer))
  return text.map((byte, i) => byte ^ (stream[i] ?? 0))
}

/** Its one check byte lets a wrong password in 256 through; inflating and the CRC find those. */
async function openZipCrypto(member: Member, password: string): Promise<Bytes> {
  const plain = zipCrypto(member.stored, textToBytes(password))
  const expected = member.flags & CRC_FOLLOWS ? member.dosTime >>> 8 : member.crc32 >>> 24
  if (plain[ZIP_CRYPTO_HEADER_BYTES - 1] !== expected) throw new AppError('format/wrong-password')
  try {
    return await readChecked({ ...member, encrypted: false, stored: plain.slice(ZIP_CRYPTO_HEADER_BYTES) })
  } catch (cause) {
    const garbled = cause instanceof AppError && cause.code === 'format/damaged'
    throw garbled ? new AppError('format/wrong-password', {}, { cause }) : cause
  }
}

async function readChecked(member: Member): Promise<Bytes> {
  const content = await readMember(member)
  if (crc32(content) !== member.crc32) throw new AppError('format/damaged')
  return content
}

function zipCrypto(text: Bytes, password: Bytes): Bytes {
  let [a, b, c] = [0x12345678, 0x23456789, 0x34567890]
  const update = (byte: number): void => {
    a = crcStep(a, byte)
    b = (Math.imul(b + (a & 0xff), 134_775_813) + 1) | 0
    c = crcStep(c, b >>> 24)
  }
  for (const byte of password) update(byte)
  return text.map((byte) => {
    const key = (c | 2) & 0xffff
    const plain = byte ^ ((Math.imul(key, key ^ 1) >>> 8) & 0xff)
    update(plain)
    return plain
  })
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crcStep(crc: number, byte: number): number {
  return (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
}

function crc32(bytes: Bytes): number {
  return ~bytes.reduce(crcStep, -1) >>> 0
}
