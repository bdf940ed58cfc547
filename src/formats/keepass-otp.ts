import { base64ToBytes, hexToBytes, textToBytes } from '../core/bytes'
import type { EntryType, NewEntry } from '../core/entry'
import { AppError } from '../core/errors'
import { formatOtpauthUri } from '../core/otpauth-uri'
import type { ImportedEntry } from './format'
import { typeFrom } from './row-parts'
import { entryOf } from './rows'
import { readTotpField } from './totp-field'

/** The named texts of a KeePass entry. */
export type Fields = ReadonlyMap<string, string>

type Names = Pick<NewEntry, 'issuer' | 'label'>

const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp', steam: 'steam' }

/** KeePassXC writes this where an entry has no user name. */
const NO_USERNAME = 'none'

/**
 * The one-time passwords of a KeePass entry, each still to be read, in whichever of the ways its program keeps them:
 * KeePassXC's address, KeeOTP's parameters, KeePass 2's own fields, KeeTrayTOTP's seed.
 */
export function otpsIn(fields: Fields): (() => ImportedEntry)[] {
  const names = { issuer: text(fields, 'Title'), label: text(fields, 'UserName') }
  const ways: readonly (readonly [present: boolean, read: () => ImportedEntry])[] = [
    [text(fields, 'otp') !== '', () => readOtpField(text(fields, 'otp'), names)],
    [secretIn(fields, 'TimeOtp') !== null, () => readOwnFields(fields, 'TimeOtp', names)],
    [text(fields, 'TOTP Seed') !== '', () => readSeed(fields, names)],
  ]
  // The time-based ways are spellings of one another: programs leave the old one in place beside the new.
  const timed = ways
    .filter(([present]) => present)
    .slice(0, 1)
    .map(([, read]) => read)
  const counted = secretIn(fields, 'HmacOtp') ? [() => readOwnFields(fields, 'HmacOtp', names)] : []
  return [...timed, ...counted]
}

/** The field `otp` that KeePassXC reads: it tells Steam by the encoder. */
export function formatOtpField(entry: NewEntry): string {
  const address = formatOtpauthUri(entry)
  return entry.type === 'steam' ? `${address.replace('otpauth://steam/', 'otpauth://totp/')}&encoder=steam` : address
}

function readOtpField(value: string, names: Names): ImportedEntry {
  if (/^\s*key=/i.test(value)) return readKeeOtp(value, names)
  const entry = readTotpField(value, names)
  return entry.label === NO_USERNAME && names.label === '' ? { ...entry, label: '' } : entry
}

/** `key=BASE32&step=30&size=6&type=Hotp&counter=5&otpHashMode=Sha256&encoding=Base32` */
function readKeeOtp(value: string, names: Names): ImportedEntry {
  const pairs = value.trim().split('&')
  const parts = new Map(pairs.map((pair) => [pair.replace(/=.*$/s, '').toLowerCase(), pair.replace(/^[^=]*=?/s, '')]))
  const part = (name: string): string => percentDecode(parts.get(name) ?? '')
  return entryOf({
    type: typeFrom(TYPES, part('type')),
    ...names,
    secret: decodeSecret(part('key'), part('encoding') || 'base32'),
    algorithm: part('otphashmode'),
    digits: part('size'),
    periodSeconds: part('step'),
    counter: part('counter'),
  })
}

/** KeePass 2.47 and later: a field for each parameter; the secret in one of four spellings. */
function readOwnFields(fields: Fields, kind: 'TimeOtp' | 'HmacOtp', names: Names): ImportedEntry {
  const [encoding, secret] = secretIn(fields, kind) ?? ['', '']
  return entryOf({
    type: kind === 'TimeOtp' ? 'totp' : 'hotp',
    ...names,
    secret: decodeSecret(secret, encoding),
    algorithm: text(fields, `${kind}-Algorithm`),
    digits: text(fields, `${kind}-Length`),
    periodSeconds: text(fields, `${kind}-Period`),
    counter: text(fields, `${kind}-Counter`),
  })
}

/** KeeTrayTOTP and old KeePassXC: `30;6`, `30;S` for Steam, an address of a time server behind it. */
function readSeed(fields: Fields, names: Names): ImportedEntry {
  const [period = '', digits = ''] = text(fields, 'TOTP Settings').split(';')
  const type = digits.trim().toUpperCase() === 'S' ? 'steam' : 'totp'
  return entryOf({ type, ...names, secret: text(fields, 'TOTP Seed'), digits, periodSeconds: period })
}

function secretIn(fields: Fields, kind: string): readonly [encoding: string, secret: string] | null {
  for (const encoding of ['', 'Hex', 'Base32', 'Base64']) {
    const secret = text(fields, encoding === '' ? `${kind}-Secret` : `${kind}-Secret-${encoding}`)
    if (secret !== '') return [encoding === '' ? 'utf8' : encoding.toLowerCase(), secret]
  }
  return null
}

function decodeSecret(secret: string, encoding: string): Uint8Array | string {
  const bytes = {
    utf8: () => textToBytes(secret),
    hex: () => hexToBytes(secret),
    base64: () => base64ToBytes(secret),
    base32: () => secret,
  }
  const name = encoding.toLowerCase()
  const decoded = Object.hasOwn(bytes, name) ? bytes[name as keyof typeof bytes]() : null
  if (decoded === null) throw new AppError('entry/secret-invalid')
  return decoded
}

function text(fields: Fields, name: string): string {
  return fields.get(name)?.trim() ?? ''
}

function percentDecode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A stray `%`: the text is meant as it stands.
    return value
  }
}
