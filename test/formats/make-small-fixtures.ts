import { execFileSync } from 'node:child_process'
import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'

import { salsa20 } from '@noble/ciphers/salsa.js'
import { argon2d } from 'hash-wasm'

import { encodeBase32 } from '../../src/core/base32'
import type { NewEntry } from '../../src/core/entry'
import { formatOtpauthUri } from '../../src/core/otpauth-uri'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { FIXTURE_PASSWORD as PASSWORD } from './fixtures'

/**
 * Builds the fixtures of the formats whose programs cannot be run here, from their documented layouts and with Node's own
 * cryptography, so that readers are not checked against themselves. Run: `npx tsx test/formats/make-small-fixtures.ts`.
 */

const ROOT = join(import.meta.dirname, '../fixtures/formats')

/** Real files ask for a hundred times this; a test has other things to do. */
const PASSES = 1000

const all = REFERENCE_ENTRIES
const usual = all.filter(({ type }) => type === 'totp' || type === 'hotp')
const timed = all.filter(({ type }) => type === 'totp')
const plainTimed = timed.filter(({ algorithm, periodSeconds }) => algorithm === 'SHA1' && periodSeconds === 30)

const base32 = ({ secret }: NewEntry): string => encodeBase32(secret)
const sha256 = (...parts: (Buffer | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const sha512 = (...parts: Buffer[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest()
const fixed = (name: string, length: number): Buffer => sha512(Buffer.from(name)).subarray(0, length)

function gcm(key: Buffer, nonce: Buffer, text: Buffer, associated?: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  if (associated !== undefined) cipher.setAAD(Buffer.from(associated))
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

function cbc(key: Buffer, iv: Buffer, text: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(text), cipher.final()])
}

function be32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function le(value: number | bigint, width: 2 | 4 | 8): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes.subarray(0, width)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function preferences(strings: Record<string, string>): Buffer {
  const rows = Object.entries(strings).map(
    ([name, text]) => `    <string name="${escapeXml(name)}">${escapeXml(text)}</string>`,
  )
  const head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"
  return Buffer.from(`${head}\n<map>\n    <int name="count" value="${rows.length}" />\n${rows.join('\n')}\n</map>\n`)
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function andotp(): Record<string, Buffer> {
  const rows = all
    .filter(({ type }) => type !== 'yandex')
    .map((entry) => ({
      secret:
        entry.type === 'motp' ? encodeBase32(Buffer.from(Buffer.from(entry.secret).toString('hex'))) : base32(entry),
      issuer: entry.issuer,
      label: entry.label,
      digits: entry.digits,
      type: entry.type.toUpperCase(),
      algorithm: entry.algorithm === 'MD5' ? 'SHA1' : entry.algorithm,
      thumbnail: 'Default',
      last_used: 1608146844162,
      used_frequency: 0,
      ...(entry.type === 'hotp'
        ? { counter: entry.counter }
        : entry.type === 'steam'
          ? {}
          : { period: entry.periodSeconds }),
      tags: entry.issuer === 'Acme' ? ['Work'] : [],
    }))
  const plain = json(rows)
  const old = json([
    {
      secret: 'JBSWY3DPEHPK3PXP',
      label: 'Acme - Acme:alice',
      digits: 6,
      type: 'TOTP',
      algorithm: 'SHA1',
      thumbnail: 'Default',
      period: 30,
    },
    {
      secret: 'JBSWY3DPEHPK3PXP',
      label: 'bob',
      digits: 6,
      type: 'TOTP',
      algorithm: 'SHA1',
      thumbnail: 'Default',
      period: 30,
    },
  ])
  const [salt, nonce] = [fixed('andotp salt', 12), fixed('andotp nonce', 12)]
  const key = pbkdf2Sync(PASSWORD, salt, 150_000, 32, 'sha1')
  return {
    'andotp/andotp-0.9-plain.json': plain,
    'andotp/andotp-0.5-plain.json': old,
    'andotp/andotp-0.9-encrypted.json.aes': Buffer.concat([be32(150_000), salt, nonce, gcm(key, nonce, plain)]),
    'andotp/andotp-0.6.2-encrypted.json.aes': Buffer.concat([nonce, gcm(sha256(PASSWORD), nonce, plain)]),
  }
}

function freeotpToken(entry: NewEntry): Record<string, unknown> {
  return {
    algo: entry.algorithm,
    counter: entry.counter ?? 0,
    digits: entry.digits,
    issuerExt: entry.issuer,
    issuerInt: entry.issuer,
    label: entry.label,
    period: entry.periodSeconds,
    type: entry.type.toUpperCase(),
  }
}

const signed = (bytes: Uint8Array): number[] => [...new Int8Array(bytes)]

function freeotpFirst(): Record<string, Buffer> {
  const tokens = usual.map((entry) => ({ ...freeotpToken(entry), secret: signed(entry.secret) }))
  const keys = usual.map(({ issuer, label }) => `${issuer}:${label}`)
  const pairs = keys.map((key, i) => [key, JSON.stringify(tokens[i])] as const)
  return {
    'freeotp-plus/freeotp-plus-3-plain.json': json({ tokenOrder: keys, tokens }),
    'freeotp/freeotp-1.5-plain.xml': preferences({
      ...Object.fromEntries(pairs.toReversed()),
      tokenOrder: JSON.stringify(keys),
    }),
  }
}

function javaMap(pairs: readonly (readonly [string, string])[], fields: readonly string[]): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const types = fields.map((name) => Buffer.concat([Buffer.from(name === 'loadFactor' ? 'F' : 'I'), text(name)]))
  const string = (value: string): Buffer =>
    value.length > 0xffff
      ? Buffer.concat([Buffer.from([0x7c]), be32(0), be32(Buffer.byteLength(value)), Buffer.from(value)])
      : Buffer.concat([Buffer.from([0x74]), text(value)])
  return Buffer.concat([
    Buffer.from('aced00057372', 'hex'),
    text('java.util.HashMap'),
    Buffer.from('0507dac1c31660d1', 'hex'),
    Buffer.from([0x03, 0, fields.length]),
    ...types,
    Buffer.from([0x78, 0x70]),
    Buffer.alloc(4 * fields.length, 0x3f),
    Buffer.from([0x77, 8]),
    be32(16),
    be32(pairs.length),
    ...pairs.flatMap(([key, value]) => [string(key), string(value)]),
    Buffer.from([0x78]),
  ])
}

function freeotpSecond(algorithm: 'SHA1' | 'SHA512', passes: number): Buffer {
  const sealed = (name: string, key: Buffer, plain: Buffer, token: string, bare: boolean): object => {
    const nonce = fixed(`${name} nonce`, 12)
    const octets = Buffer.concat([Buffer.from([0x04, 12]), nonce])
    const sequence = Buffer.concat([Buffer.from([0x30, 17]), octets, Buffer.from([0x02, 1, 16])])
    return {
      mCipher: 'AES/GCM/NoPadding',
      mCipherText: signed(gcm(key, nonce, plain, token)),
      mParameters: signed(bare ? octets : sequence),
      mToken: token,
    }
  }
  const salt = fixed('freeotp salt', 32)
  const master = fixed('freeotp master', 32)
  const key = pbkdf2Sync(PASSWORD, salt, passes, 32, algorithm.toLowerCase())
  const bare = algorithm === 'SHA1'
  const pairs = usual.flatMap((entry, i): [string, string][] => [
    [`id-${i}-token`, JSON.stringify(freeotpToken(entry))],
    [
      `id-${i}`,
      JSON.stringify({
        key: JSON.stringify(sealed(`id-${i}`, master, Buffer.from(entry.secret), `Hmac${entry.algorithm}`, bare)),
      }),
    ],
  ])
  const masterKey = {
    mAlgorithm: `PBKDF2withHmac${algorithm}`,
    mIterations: passes,
    mSalt: signed(salt),
    mEncryptedKey: sealed('master', key, master, 'AES', bare),
  }
  const order = JSON.stringify(usual.map((_, i) => `id-${i}`))
  const shuffled = [...pairs.toReversed(), ['masterKey', JSON.stringify(masterKey)], ['tokenOrder', order]] as const
  return javaMap(
    shuffled as readonly (readonly [string, string])[],
    bare ? ['loadFactor'] : ['loadFactor', 'threshold'],
  )
}

interface Packed {
  name: string
  content: Buffer
}

/** A zip; with a password, WinZip's AES-256. */
function zip(files: readonly Packed[], password?: string): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content } of files) {
    const deflated = deflateRawSync(content)
    const stored = password === undefined ? deflated : winzipAes(deflated, password)
    const extra = password === undefined ? Buffer.alloc(0) : Buffer.from('0199070002004145030800', 'hex')
    const flags = password === undefined ? 0 : 1
    const common = Buffer.concat([
      le(flags, 2),
      le(password === undefined ? 8 : 99, 2),
      le(0, 4),
      le(password === undefined ? crc32(content) : 0, 4),
      le(stored.length, 4),
      le(content.length, 4),
      le(name.length, 2),
      le(extra.length, 2),
    ])
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), le(20, 2), common, Buffer.from(name), extra, stored])
    bodies.push(local)
    directory.push(
      Buffer.concat([
        Buffer.from('504b01021400', 'hex'),
        le(20, 2),
        common,
        Buffer.alloc(10),
        le(at, 4),
        Buffer.from(name),
        extra,
      ]),
    )
    at += local.length
  }
  const entries = Buffer.concat(directory)
  const end = [
    Buffer.from('504b050600000000', 'hex'),
    le(files.length, 2),
    le(files.length, 2),
    le(entries.length, 4),
    le(at, 4),
    le(0, 2),
  ]
  return Buffer.concat([...bodies, entries, ...end])
}

function winzipAes(deflated: Buffer, password: string): Buffer {
  const salt = fixed('zip salt', 16)
  const keys = pbkdf2Sync(password, salt, 1000, 66, 'sha1')
  const text = Buffer.from(deflated)
  for (let block = 0; 16 * block < text.length; block++) {
    const cipher = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null).setAutoPadding(false)
    const stream = cipher.update(Buffer.concat([le(block + 1, 8), Buffer.alloc(8)]))
    for (let i = 0; i < 16 && 16 * block + i < text.length; i++) text[16 * block + i]! ^= stream[i]!
  }
  const mac = createHmac('sha1', keys.subarray(32, 64)).update(text).digest().subarray(0, 10)
  return Buffer.concat([salt, keys.subarray(64), text, mac])
}

function crc32(bytes: Buffer): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function raivo(): Record<string, Buffer> {
  const rows = usual.map((entry) => ({
    issuer: entry.issuer,
    account: entry.label,
    secret: base32(entry),
    kind: entry.type.toUpperCase(),
    algorithm: entry.algorithm,
    timer: String(entry.periodSeconds),
    digits: String(entry.digits),
    counter: String(entry.counter ?? 0),
    pinned: String(entry.issuer === 'Acme'),
    iconType: '',
    iconValue: '',
  }))
  const files = [{ name: 'raivo-otp-export.json', content: json(rows) }]
  return { 'raivo/raivo-1.4-encrypted.zip': zip(files, PASSWORD), 'raivo/raivo-1.4-plain.zip': zip(files) }
}

function twoFauth(): Record<string, Buffer> {
  const rows = all
    .filter(({ type }) => type === 'totp' || type === 'hotp' || type === 'steam')
    .map((entry) => ({
      otp_type: entry.type === 'steam' ? 'steamtotp' : entry.type,
      account: entry.label,
      service: entry.issuer,
      icon: null,
      icon_mime: null,
      icon_file: null,
      secret: base32(entry),
      digits: entry.digits,
      algorithm: entry.algorithm.toLowerCase(),
      period: entry.type === 'hotp' ? null : entry.periodSeconds,
      counter: entry.counter ?? null,
      legacy_uri: 'otpauth://',
    }))
  return {
    '2fauth/2fauth-5-plain.json': json({
      app: '2fauth_v5.4.3',
      schema: 1,
      datetime: '2025-01-01T00:00:00Z',
      data: rows,
    }),
  }
}

function authy(): Record<string, Buffer> {
  const names = ({ issuer, label }: NewEntry): object => ({
    accountType: 'authenticator',
    name: issuer ? `${issuer}: ${label}` : label,
    originalIssuer: issuer || undefined,
    originalName: issuer ? `${issuer}:${label}` : label,
  })
  const plain = plainTimed.map((entry) => ({ ...names(entry), digits: entry.digits, decryptedSecret: base32(entry) }))
  const sealed = plainTimed.map((entry, i) => {
    const salt = fixed(`authy ${i}`, 24).toString('base64')
    const key = pbkdf2Sync(PASSWORD, salt, 1000, 32, 'sha1')
    const encryptedSecret = cbc(key, Buffer.alloc(16), Buffer.from(base32(entry))).toString('base64')
    return { ...names(entry), digits: entry.digits, salt, encryptedSecret }
  })
  const own = [{ name: 'Own', digits: 7, secretSeed: '00112233445566778899aabbccddeeff' }]
  const script = sealed.map(({ salt, encryptedSecret, digits }, i) => ({
    account_type: 'authenticator',
    digits,
    encrypted_seed: encryptedSecret,
    key_derivation_iterations: 1000,
    name: `${plainTimed[i]?.issuer}: ${plainTimed[i]?.label}`,
    original_name: null,
    issuer: plainTimed[i]?.issuer || null,
    salt,
    unique_id: String(i),
  }))
  return {
    'authy/authy-24-plain.xml': preferences({
      'com.authy.storage.tokens.authenticator.key': JSON.stringify(plain),
      'com.authy.storage.tokens.authy.key': JSON.stringify(own),
    }),
    'authy/authy-24-encrypted.xml': preferences({
      'com.authy.storage.tokens.authenticator.key': JSON.stringify(sealed),
    }),
    'authy/authy-script-encrypted.json': json({ authenticator_tokens: script, success: true }),
  }
}

function steam(): Record<string, Buffer> {
  const account = (entry: NewEntry): object => ({
    shared_secret: Buffer.from(entry.secret).toString('base64'),
    serial_number: '1',
    uri: `otpauth://totp/Steam:${entry.label}?secret=${base32(entry)}&issuer=Steam`,
    account_name: entry.label,
    steamid: '7',
  })
  const [entry] = all.filter(({ type }) => type === 'steam')
  if (!entry) throw new Error('the reference entries have lost their Steam account')
  const manifest = {
    encrypted: true,
    entries: [{ encryption_iv: 'AA==', encryption_salt: 'AA==', filename: '7.maFile', steamid: 7 }],
  }
  return {
    'steam/steam-3-plain.json': json({ accounts: { 7: account(entry) } }),
    'steam/steam-2-plain.maFile': json(account(entry)),
    'steam/desktop-manifest-encrypted.json': json(manifest),
  }
}

/** Info-ZIP's own cipher: the one encryption here that another program makes. */
function zipCrypto(name: string, content: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  writeFileSync(join(folder, name), content)
  execFileSync('zip', ['-q', '-X', '-P', PASSWORD, 'out.zip', name], { cwd: folder })
  return readFileSync(join(folder, 'out.zip'))
}

function addressLists(): Record<string, Buffer> {
  const winauth = Buffer.from(usual.map((entry) => `${formatOtpauthUri(entry)}&icon=Icon\r\n`).join(''))
  // Secrets are sometimes written in groups.
  const plus = Buffer.from(
    usual.map((entry) => `${formatOtpauthUri(entry).replace(/secret=([A-Z2-7]{4})/, 'secret=$1 ')}\n`).join(''),
  )
  return {
    'winauth/winauth-3-encrypted.zip': zipCrypto('winauth.txt', winauth),
    'winauth/winauth-3-plain.zip': zip([{ name: 'winauth.txt', content: winauth }]),
    'authenticator-plus/authenticator-plus-1-encrypted.zip': zipCrypto('Accounts.txt', plus),
  }
}

function cxf(): Record<string, Buffer> {
  const items = timed.map((entry, i) => ({
    id: `item-${i}`,
    title: entry.issuer || entry.label,
    scope: { urls: ['https://example.com'], androidApps: [] },
    credentials: [
      { type: 'basic-auth', username: { fieldType: 'string', value: entry.label }, password: { value: 'x' } },
      {
        type: 'totp',
        secret: base32(entry),
        period: entry.periodSeconds,
        digits: entry.digits,
        algorithm: entry.algorithm.toLowerCase(),
        username: entry.label,
        issuer: entry.issuer,
      },
    ],
  }))
  const account = {
    id: 'a',
    username: 'u',
    email: 'u@example.com',
    collections: [{ id: 'c', title: 'Work', items: [{ item: 'item-0' }] }],
    items,
  }
  const header = {
    version: { major: 1, minor: 0 },
    exporterRpId: 'example.com',
    exporterDisplayName: 'Example',
    timestamp: 1,
    accounts: [account],
  }
  return { 'cxf/cxf-1-plain.json': json(header), 'cxf/cxf-account-plain.json': json(account) }
}

function duo(): Record<string, Buffer> {
  const rows = all
    .filter(
      ({ type, algorithm, digits, periodSeconds }) =>
        (type === 'totp' || type === 'hotp') && algorithm === 'SHA1' && digits === 6 && periodSeconds === 30,
    )
    .map((entry) => ({
      version: 1,
      accountType: 'OtpAccount',
      name: entry.label,
      otpGenerator: { otpSecret: base32(entry), ...(entry.type === 'hotp' ? { counter: entry.counter } : {}) },
    }))
  return {
    'duo/duo-4-plain.json': json([...rows, { version: 1, accountType: 'DuoAccount', name: 'Company', pkey: 'k' }]),
  }
}

function battlenet(): Record<string, Buffer> {
  const mask = Buffer.from(
    '398e27fc50276a656065b0e525f4c06c04c61075286b8e7aeda59da9813b5dd6c80d2fb38068773fa59ba47c17ca6c6479015c1d5b8b8f6b9a',
    'hex',
  )
  const hide = (text: string): string =>
    Buffer.from([...Buffer.from(text)].map((byte, i) => byte ^ mask[i % mask.length]!)).toString('hex')
  const secret = fixed('battlenet', 20).toString('hex')
  const serial = 'EU-1234-5678-9012'
  return {
    'battlenet/battlenet-old-plain.xml': preferences({ 'com.blizzard.bma.AUTH_STORE.HASH': hide(secret + serial) }),
    'battlenet/battlenet-new-plain.xml': preferences({
      'com.blizzard.messenger.AUTHENTICATOR_DEVICE_SECRET': hide(secret),
      'com.blizzard.messenger.AUTHENTICATOR_SERIAL': hide(serial),
    }),
  }
}

function totpAuthenticator(): Record<string, Buffer> {
  const spellings = [16, 32, 64] as const
  const rows = timed
    .filter(({ algorithm }) => algorithm === 'SHA1')
    .map((entry, i) => {
      const base = spellings[i % 3] ?? 32
      const bytes = Buffer.from(entry.secret)
      const key =
        base === 16 ? bytes.toString('hex').toUpperCase() : base === 64 ? bytes.toString('base64') : base32(entry)
      const issuer = entry.issuer || 'Unknown'
      return {
        base,
        digits: String(entry.digits),
        issuer,
        isFavorite: i === 0,
        key,
        name: entry.label,
        period: String(entry.periodSeconds),
      }
    })
  const list = JSON.stringify(rows)
  const seal = (password: string): Buffer =>
    Buffer.from(cbc(sha256(password), Buffer.alloc(16), json({ [list]: '' })).toString('base64'))
  return {
    'totp-authenticator/totp-authenticator-1-plain.xml': preferences({
      STATIC_TOTP_CODES_LIST: list,
      SORT_ACCOUNT_BY: 'CUSTOM',
    }),
    'totp-authenticator/totp-authenticator-1-encrypted.encrypt': seal(PASSWORD),
    'totp-authenticator/totp-authenticator-1-default-password.encrypt': seal('TotpAuthenticator'),
  }
}

function linux(): Record<string, Buffer> {
  const row = (entry: NewEntry): object => ({
    secret: entry.type === 'motp' ? Buffer.from(entry.secret).toString('hex') : base32(entry),
    issuer: entry.issuer,
    label: entry.label,
    digits: entry.digits,
    type: entry.type.toUpperCase(),
    period: entry.periodSeconds,
    counter: entry.counter ?? null,
  })
  const cotp = all.map((entry) => ({ ...row(entry), algorithm: entry.algorithm, pin: entry.pin ?? null }))
  const client = usual.map((entry) => ({ ...row(entry), algo: entry.algorithm }))
  return {
    'cotp/cotp-1.4-plain.json': json({ version: 2, elements: cotp }),
    'cotp/otpclient-4-plain.json': json(client),
  }
}

function onepassword(): Record<string, Buffer> {
  const items = usual.map((entry, i) => ({
    uuid: String(i),
    favIndex: i === 0 ? 1 : 0,
    state: i === 1 ? 'archived' : 'active',
    overview: {
      title: entry.issuer || entry.label,
      urls: [{ label: 'website', url: 'https://example.com' }],
      url: 'https://example.com',
    },
    details: {
      loginFields: [{ designation: 'username', value: entry.label }],
      notesPlain: i === 0 ? 'a note' : '',
      sections: [
        { title: '', fields: [{ title: 'one-time password', id: 'TOTP', value: { totp: formatOtpauthUri(entry) } }] },
      ],
    },
  }))
  const vaults = [{ attrs: { name: 'Personal' }, items: items.map((item, i) => (i % 2 ? { item } : item)) }]
  const files = [
    { name: 'export.attributes', content: json({ version: 3 }) },
    { name: 'export.data', content: json({ accounts: [{ attrs: {}, vaults }] }) },
  ]
  return { '1password/1password-8-plain.1pux': zip(files) }
}

function apple(): Record<string, Buffer> {
  const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = usual.map((entry) =>
    [`${entry.issuer} (${entry.label})`, 'https://example.com/', entry.label, 'pass,"word', '', formatOtpauthUri(entry)]
      .map(quote)
      .join(','),
  )
  const passwords = 'No code (x),https://example.com/,x,secret,,'
  return {
    'apple/apple-passwords-18-plain.csv': Buffer.from(
      ['Title,URL,Username,Password,Notes,OTPAuth', ...rows, passwords, ''].join('\r\n'),
    ),
  }
}

/** A table out of a spreadsheet, and a page such as Stratum makes: pictures, and the addresses in cells. */
function tableAndPage(): Record<string, Buffer> {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const rows = usual.map((entry) =>
    [
      entry.issuer,
      entry.label,
      base32(entry).toLowerCase(),
      entry.type,
      entry.algorithm,
      entry.digits,
      entry.periodSeconds,
    ]
      .concat(entry.counter ?? '')
      .map((cell) => quoted(String(cell)))
      .join(';'),
  )
  const header = 'Service;User;Secret Key;Type;Algo;Digits;Interval;Counter'
  const cells = usual.map(
    (entry) => `<tr><td>${escapeXml(entry.label)}</td><td><code>${escapeXml(formatOtpauthUri(entry))}</code></td></tr>`,
  )
  const page = `<!doctype html>\n<html><head><title>Backup</title></head><body><table>${cells.join('')}</table></body></html>\n`
  return {
    'csv/spreadsheet-plain.csv': Buffer.from([header, ...rows, ''].join('\r\n')),
    'html/stratum-1-plain.html': Buffer.from(page),
  }
}

/** Where a keyed archive points to its list. */
class Pointer {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/** A binary property list; every value an object of its own, two bytes for each reference. */
function plist(top: unknown): Buffer {
  const objects: Buffer[] = []
  const sized = (kind: number, length: number): Buffer =>
    length < 15 ? Buffer.from([(kind << 4) | length]) : Buffer.from([(kind << 4) | 15, 0x11, length >> 8, length & 255])
  const be = (value: number, width: number): Buffer => Buffer.from(be64(value).subarray(8 - width))
  const encode = (value: unknown): Buffer => {
    if (value instanceof Pointer) return Buffer.concat([Buffer.from([0x81]), be(value.index, 2)])
    if (value instanceof Uint8Array) return Buffer.concat([sized(4, value.length), value])
    if (typeof value === 'boolean') return Buffer.from([value ? 9 : 8])
    if (typeof value === 'number' && Number.isInteger(value)) return Buffer.concat([Buffer.from([0x13]), be64(value)])
    if (typeof value === 'number') {
      const real = Buffer.alloc(9, 0x23)
      real.writeDoubleBE(value, 1)
      return real
    }
    if (typeof value === 'string') return encodeText(value)
    const refs = (values: readonly unknown[]): Buffer => Buffer.concat(values.map((item) => be(add(item), 2)))
    if (Array.isArray(value)) return Buffer.concat([sized(10, value.length), refs(value)])
    const entries = Object.entries(value as object)
    return Buffer.concat([
      sized(13, entries.length),
      refs(entries.map(([key]) => key)),
      refs(entries.map(([, item]) => item)),
    ])
  }
  const encodeText = (text: string): Buffer => {
    const ascii = /^[\x20-\x7e]*$/.test(text)
    return Buffer.concat([
      sized(ascii ? 5 : 6, text.length),
      ascii ? Buffer.from(text) : Buffer.from(text, 'utf16le').swap16(),
    ])
  }
  const add = (value: unknown): number => {
    const index = objects.push(Buffer.alloc(0)) - 1
    objects[index] = encode(value)
    return index
  }
  add(top)
  let at = 8
  const offsets = objects.map((object) => be((at += object.length) - object.length, 4))
  const trailer = Buffer.concat([Buffer.alloc(6), Buffer.from([4, 2]), be64(objects.length), be64(0), be64(at)])
  return Buffer.concat([Buffer.from('bplist00'), ...objects, ...offsets, trailer])
}

function be64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** What `NSKeyedArchiver` makes of a value; objects with a `$name` are of that class. */
function keyedArchive(root: unknown): Buffer {
  const objects: unknown[] = ['$null']
  const classes = new Map<string, Pointer>()
  const put = (value: unknown): Pointer => new Pointer(objects.push(value) - 1)
  const classNamed = (name: string): Pointer => {
    const known = classes.get(name) ?? put({ $classname: name, $classes: [name, 'NSObject'] })
    classes.set(name, known)
    return known
  }
  const keep = (value: unknown): Pointer => {
    if (value === null) return new Pointer(0)
    if (typeof value !== 'object' || value instanceof Uint8Array) return put(value)
    if (Array.isArray(value)) return put({ 'NS.objects': value.map(keep), $class: classNamed('NSArray') })
    const { $name, ...members } = value as Record<string, unknown>
    const entries = Object.entries(members)
    if (typeof $name === 'string') {
      // Numbers stand in the object itself, everything else in the list.
      const own = entries.map(([key, item]) => [key, typeof item === 'number' ? item : keep(item)])
      return put({ ...Object.fromEntries(own), $class: classNamed($name) })
    }
    const [keys, items] = [entries.map(([key]) => keep(key)), entries.map(([, item]) => keep(item))]
    return put({ 'NS.keys': keys, 'NS.objects': items, $class: classNamed('NSDictionary') })
  }
  const top = keep(root)
  return plist({ $version: 100_000, $archiver: 'NSKeyedArchiver', $top: { root: top }, $objects: objects })
}

function otpAuth(): Record<string, Buffer> {
  const algorithms: readonly string[] = ['', 'SHA1', 'SHA256', 'SHA512']
  const account = (entry: NewEntry): Record<string, unknown> => ({
    label: entry.label,
    issuer: entry.issuer,
    secret: Buffer.from(entry.secret),
    type: entry.type === 'hotp' ? 1 : 2,
    algorithm: entry.algorithm === 'SHA1' ? 0 : algorithms.indexOf(entry.algorithm),
    digits: entry.digits === 6 ? 0 : entry.digits,
    period: entry.periodSeconds === 30 ? 0 : entry.periodSeconds,
    counter: entry.counter ?? 0,
  })
  const held = usual.filter(({ algorithm }) => algorithms.includes(algorithm))
  const accounts = held.map((entry) => ({ $name: 'ACOTPAccount', ...account(entry) }))
  const database = keyedArchive({ Folders: [{ $name: 'ACOTPFolder', name: 'Work', accounts }] })
  const single = keyedArchive(held[0] ? account(held[0]) : {})
  const shell = (words: string, content: object): Buffer => cbc(sha256(words), Buffer.alloc(16), keyedArchive(content))
  const old = (plain: Buffer): { IV: string; Salt: string; sealed: Buffer } => {
    const iv = createHash('sha1').update('vector').digest().subarray(0, 16)
    return { IV: 'vector', Salt: 'salt', sealed: cbc(sha256(`salt-${PASSWORD}`), iv, plain) }
  }
  const rnCryptor = (plain: Buffer): Buffer => {
    const [salt, macSalt, iv] = [fixed('rn salt', 8), fixed('rn mac', 8), fixed('rn iv', 16)]
    const key = pbkdf2Sync(PASSWORD, salt, 10_000, 32, 'sha1')
    const body = Buffer.concat([Buffer.from([3, 1]), salt, macSalt, iv, cbc(key, iv, plain)])
    const macKey = pbkdf2Sync(PASSWORD, macSalt, 10_000, 32, 'sha1')
    return Buffer.concat([body, createHmac('sha256', macKey).update(body).digest()])
  }
  const { sealed: oldSingle, ...oldSalt } = old(single)
  const { sealed: oldDatabase } = old(database)
  return {
    'otp-auth/account-1.1-encrypted.otpauth': shell('OTPAuth', { Version: 1.1, ...oldSalt, Data: oldSingle }),
    'otp-auth/account-1.2-encrypted.otpauth': shell('OTPAuth', { Version: 1.2, Data: rnCryptor(single) }),
    'otp-auth/database-1.0-encrypted.otpauthdb': shell('Authenticator', {
      Version: 1,
      ...oldSalt,
      WrappedData: oldDatabase,
    }),
    'otp-auth/database-1.1-encrypted.otpauthdb': shell('Authenticator', {
      Version: 1.1,
      WrappedData: rnCryptor(database),
    }),
  }
}

type KdbxKdf = 'aes' | 'argon2d'

interface KdbxField {
  name: string
  value: string
  secret?: boolean
}

function kdbxEntry(fields: readonly KdbxField[], protect: (text: string) => string): string {
  const strings = fields.map(({ name, value, secret }) => {
    const text = secret ? `<Value Protected="True">${protect(value)}</Value>` : `<Value>${escapeXml(value)}</Value>`
    return `<String><Key>${escapeXml(name)}</Key>${text}</String>`
  })
  return `<Entry><UUID>${fixed(JSON.stringify(fields), 16).toString('base64')}</UUID>${strings.join('')}</Entry>`
}

/** A database with every way in which programs keep one-time passwords, a folder and a bin. */
function kdbxXml(stream: (length: number) => Buffer): string {
  const protect = (text: string): string => {
    const bytes = Buffer.from(text)
    const pad = stream(bytes.length)
    return Buffer.from(bytes.map((byte, i) => byte ^ pad[i]!)).toString('base64')
  }
  const named = ({ issuer, label }: NewEntry): KdbxField[] => [
    { name: 'Title', value: issuer || label },
    { name: 'UserName', value: label },
    { name: 'Password', value: 'p', secret: true },
  ]
  const written = usual.map((entry) =>
    kdbxEntry([...named(entry), { name: 'otp', value: formatOtpauthUri(entry), secret: true }], protect),
  )
  const others: readonly KdbxField[][] = [
    [{ name: 'otp', value: 'key=GEZDGNBVGY3TQOJQ&step=60&size=8&otpHashMode=Sha256' }],
    [
      {
        name: 'otp',
        value: 'otpauth://totp/Steam:none?secret=GEZDGNBVGY3TQOJQ&issuer=Steam&encoder=steam',
        secret: true,
      },
    ],
    [
      { name: 'TimeOtp-Secret-Hex', value: '31323334353637383930', secret: true },
      { name: 'TimeOtp-Algorithm', value: 'HMAC-SHA-512' },
      { name: 'TimeOtp-Length', value: '8' },
      { name: 'TimeOtp-Period', value: '45' },
    ],
    [
      { name: 'HmacOtp-Secret', value: '1234567890', secret: true },
      { name: 'HmacOtp-Counter', value: '9' },
    ],
    [
      { name: 'TOTP Seed', value: 'GEZDGNBVGY3TQOJQ', secret: true },
      { name: 'TOTP Settings', value: '30;S' },
    ],
  ]
  const rest = others.map((fields, i) => kdbxEntry([{ name: 'Title', value: `Other ${i}` }, ...fields], protect))
  const binned = kdbxEntry(
    [
      { name: 'Title', value: 'Gone' },
      { name: 'otp', value: 'GEZDGNBVGY3TQOJQ' },
    ],
    protect,
  )
  const bin = fixed('bin', 16).toString('base64')
  const group = (name: string, uuid: string, content: string): string =>
    `<Group><UUID>${uuid}</UUID><Name>${name}</Name>${content}</Group>`
  const folder = group('Work', fixed('work', 16).toString('base64'), rest.join(''))
  const root = group(
    'Root',
    fixed('root', 16).toString('base64'),
    written.join('') + folder + group('Bin', bin, binned),
  )
  const meta = `<Meta><Generator>fixture</Generator><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>${bin}</RecycleBinUUID></Meta>`
  return `<?xml version="1.0" encoding="utf-8"?><KeePassFile>${meta}<Root>${root}</Root></KeePassFile>`
}

function aesRounds(key: Buffer, seed: Buffer, rounds: number): Buffer {
  let state = key
  for (let i = 0; i < rounds; i++) state = createCipheriv('aes-256-ecb', seed, null).setAutoPadding(false).update(state)
  return sha256(state)
}

async function kdbx4(kdf: KdbxKdf): Promise<Buffer> {
  const [masterSeed, iv, seed, streamKey] = [
    fixed('master', 32),
    fixed('iv', 16),
    fixed('kdf', 32),
    fixed('stream', 64),
  ]
  const item = (type: number, name: string, value: Buffer): Buffer =>
    Buffer.concat([Buffer.from([type]), le(name.length, 4), Buffer.from(name), le(value.length, 4), value])
  const aes = [
    item(0x42, '$UUID', Buffer.from('c9d9f39a628a4460bf740d08c18a4fea', 'hex')),
    item(0x05, 'R', le(PASSES, 8)),
    item(0x42, 'S', seed),
  ]
  const argon = [
    item(0x42, '$UUID', Buffer.from('ef636ddf8c29444b91f7a9a403e30a0c', 'hex')),
    item(0x05, 'I', le(2, 8)),
    item(0x05, 'M', le(1024 * 1024, 8)),
    item(0x04, 'P', le(2, 4)),
    item(0x42, 'S', seed),
    item(0x04, 'V', le(0x13, 4)),
  ]
  const dictionary = Buffer.concat([le(0x100, 2), ...(kdf === 'aes' ? aes : argon), Buffer.from([0])])
  const field = (id: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([id]), le(value.length, 4), value])
  const header = Buffer.concat([
    Buffer.from('03d9a29a67fb4bb500000400', 'hex'),
    field(2, Buffer.from('31c1f2e6bf714350be5805216afc5aff', 'hex')),
    field(3, le(1, 4)),
    field(4, masterSeed),
    field(7, iv),
    field(11, dictionary),
    field(0, Buffer.from('\r\n\r\n')),
  ])
  const composite = sha256(sha256(PASSWORD))
  const derived =
    kdf === 'aes'
      ? aesRounds(composite, seed, PASSES)
      : Buffer.from(
          await argon2d({
            password: composite,
            salt: seed,
            iterations: 2,
            memorySize: 1024,
            parallelism: 2,
            hashLength: 32,
            outputType: 'binary',
          }),
        )
  const macBase = sha512(masterSeed, derived, Buffer.from([1]))
  const macKey = (index: bigint): Buffer => sha512(le(index, 8), macBase)
  const inner = sha512(streamKey)
  const chacha = createCipheriv('chacha20', inner.subarray(0, 32), Buffer.concat([le(0, 4), inner.subarray(32, 44)]))
  const xml = Buffer.from(kdbxXml((length) => chacha.update(Buffer.alloc(length))))
  const payload = gzipSync(Buffer.concat([field(1, le(3, 4)), field(2, streamKey), field(0, Buffer.alloc(0)), xml]))
  const text = cbc(sha256(masterSeed, derived), iv, payload)
  const block = (index: number, content: Buffer): Buffer => {
    const mac = createHmac('sha256', macKey(BigInt(index)))
      .update(le(index, 8))
      .update(le(content.length, 4))
      .update(content)
    return Buffer.concat([mac.digest(), le(content.length, 4), content])
  }
  const headerMac = createHmac('sha256', macKey(2n ** 64n - 1n))
    .update(header)
    .digest()
  return Buffer.concat([header, sha256(header), headerMac, block(0, text), block(1, Buffer.alloc(0))])
}

function kdbx3(): Buffer {
  const [masterSeed, iv, seed, streamKey, start] = ['m', 'i', 's', 'k', 'b'].map((name) =>
    fixed(`kdbx3 ${name}`, name === 'i' ? 16 : 32),
  )
  if (!masterSeed || !iv || !seed || !streamKey || !start) throw new Error('five were asked for')
  const field = (id: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([id]), le(value.length, 2), value])
  const header = Buffer.concat([
    Buffer.from('03d9a29a67fb4bb501000300', 'hex'),
    field(2, Buffer.from('31c1f2e6bf714350be5805216afc5aff', 'hex')),
    field(3, le(1, 4)),
    field(4, masterSeed),
    field(5, seed),
    field(6, le(PASSES, 8)),
    field(7, iv),
    field(8, streamKey),
    field(9, start),
    field(10, le(2, 4)),
    field(0, Buffer.from('\r\n\r\n')),
  ])
  const derived = aesRounds(sha256(sha256(PASSWORD)), seed, PASSES)
  const pad = salsa20(sha256(streamKey), Buffer.from('e830094b97205d2a', 'hex'), Buffer.alloc(65_536))
  let used = 0
  const xml = gzipSync(kdbxXml((length) => Buffer.from(pad.subarray(used, (used += length)))))
  const block = (index: number, content: Buffer): Buffer =>
    Buffer.concat([le(index, 4), content.length ? sha256(content) : Buffer.alloc(32), le(content.length, 4), content])
  const text = Buffer.concat([start, block(0, xml), block(1, Buffer.alloc(0))])
  return Buffer.concat([header, cbc(sha256(masterSeed, derived), iv, text)])
}

const files: Record<string, Buffer> = {
  ...andotp(),
  ...freeotpFirst(),
  'freeotp/freeotp-2-sha512-encrypted.xml': freeotpSecond('SHA512', PASSES),
  'freeotp/freeotp-2-sha1-encrypted.xml': freeotpSecond('SHA1', PASSES),
  ...raivo(),
  ...twoFauth(),
  ...authy(),
  ...steam(),
  ...addressLists(),
  ...cxf(),
  ...duo(),
  ...battlenet(),
  ...totpAuthenticator(),
  ...linux(),
  ...onepassword(),
  ...apple(),
  ...otpAuth(),
  ...tableAndPage(),
  'keepass/keepass-4-aes-encrypted.kdbx': await kdbx4('aes'),
  'keepass/keepass-4-argon2-encrypted.kdbx': await kdbx4('argon2d'),
  'keepass/keepass-3.1-encrypted.kdbx': kdbx3(),
}

for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(ROOT, name)), { recursive: true })
  writeFileSync(join(ROOT, name), content)
}
