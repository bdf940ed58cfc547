import { decodeBase32, encodeBase32 } from './base32'
import { bytesToHex, bytesToText, hexToBytes, textToBytes } from './bytes'
import { ENTRY_DEFAULTS, type EntryType, type NewEntry, checkParameters, checkTexts, parseAlgorithm } from './entry'
import { AppError, type ErrorCode } from './errors'

/** INP-2: a longer address is refused, not cut. */
const MAX_URI_BYTES = 4096

const TYPES: Readonly<Record<string, EntryType>> = {
  totp: 'totp',
  hotp: 'hotp',
  steam: 'steam',
  motp: 'motp',
  yaotp: 'yandex',
}

/** Safari hands its addresses over under a name of its own, so that they end in Apple's app; Aegis writes mOTP with one slash. */
const SCHEME = /^(?:(?:apple-)?(otpauth|steam):\/\/|(motp):\/{1,3})/i

/** An address cut into its parts, nothing of it judged yet. `query` holds the first value of each name, in lower case. */
interface Parts {
  type: string
  label: string
  query: ReadonlyMap<string, string>
}

/**
 * Reads `otpauth://`, `steam://SECRET` and `motp://` addresses as they occur in the wild, labels with raw `#` and stray `%` among
 * them. A value that is missing gets the type's default; one that is present and wrong is refused by name (INP-9).
 * A Yandex or mOTP address may come without its PIN. Throws `otpauth/…` and `entry/…`.
 */
export function parseOtpauthUri(text: string): NewEntry {
  // Outside programs call this; what is no text is no address.
  const { type: typeName, label, query } = takeApart(String(text))
  const type = typeOf(typeName, query)
  // Where an encoder makes it Steam, it has the last word on length and period: old KeePassXC wrote its defaults for totp beside it.
  const encoded = type === 'steam' && typeName === 'totp'
  const defaults = ENTRY_DEFAULTS[type]
  const algorithm = query.get('algorithm')
  const pin = pinOf(type, query)
  const entry: NewEntry = {
    type,
    ...namesOf(label || nameIn(type, query), query.get('issuer')?.trim() ?? ''),
    secret: secretOf(type, query.get('secret') ?? ''),
    algorithm: algorithm ? parseAlgorithm(algorithm) : defaults.algorithm,
    digits: encoded ? defaults.digits : wholeNumber(query.get('digits'), defaults.digits, 'entry/digits-invalid'),
    periodSeconds:
      // The RFC gives HOTP no period; whatever stands there means nothing.
      type === 'hotp' || encoded
        ? 30
        : wholeNumber(query.get('period'), defaults.periodSeconds, 'entry/period-invalid'),
    ...(type === 'hotp' ? { counter: wholeNumber(query.get('counter'), 0, 'entry/counter-invalid') } : {}),
    ...(pin ? { pin } : {}),
  }
  checkParameters(entry)
  checkTexts(entry)
  return entry
}

/** Whether a text begins like an address that {@link parseOtpauthUri} reads. */
export function isOtpauthUri(text: string): boolean {
  return SCHEME.test(text.trimStart())
}

/** The address that {@link parseOtpauthUri} reads as this very entry, in the form most other apps read too. */
export function formatOtpauthUri(entry: NewEntry): string {
  checkParameters(entry)
  const { type, secret, issuer, algorithm, digits, periodSeconds, counter = 0, pin } = entry
  const typeName = Object.keys(TYPES).find((name) => TYPES[name] === type) ?? type
  const parameters = [
    ['secret', type === 'motp' ? bytesToHex(secret) : encodeBase32(secret)],
    ...(issuer ? [['issuer', issuer]] : []),
    ['algorithm', algorithm],
    ['digits', String(digits)],
    type === 'hotp' ? ['counter', String(counter)] : ['period', String(periodSeconds)],
    ...(pin ? [['pin', type === 'yandex' ? encodeBase32(textToBytes(pin)) : pin]] : []),
  ]
  const query = parameters.map(([name = '', value = '']) => `${name}=${encode(value)}`).join('&')
  return `${type === 'motp' ? 'motp://' : `otpauth://${typeName}/`}${formatLabel(entry)}?${query}`
}

/** By hand, not through `URL`: browsers cut at `#`, throw at a stray `%` and disagree on schemes like ours. */
function takeApart(text: string): Parts {
  const address = text.trim()
  if (textToBytes(address).length > MAX_URI_BYTES) throw new AppError('otpauth/too-long')
  const [start = '', word, motp] = SCHEME.exec(address) ?? []
  const scheme = (word ?? motp)?.toLowerCase()
  if (!scheme) throw new AppError('otpauth/not-otpauth')
  const [path, queryText] = cut(address.slice(start.length), '?')
  const query = readQuery(queryText)
  if (scheme === 'motp') return { type: 'motp', label: percentDecode(path), query }
  if (scheme === 'steam')
    return { type: 'steam', label: '', query: new Map([['secret', percentDecode(path).replace(/\/$/, '')]]) }
  const [type, label] = cut(path, '/')
  if (type === '') throw new AppError('otpauth/malformed')
  return { type: type.toLowerCase(), label: percentDecode(label), query }
}

function readQuery(text: string): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const pair of text.split('&')) {
    const [written, value] = cut(pair, '=')
    // Out of the source of a page `&` comes as `&amp;`: what is left of that would hide the parameter.
    const name = written.toLowerCase().replace(/^amp;/, '')
    // Form encoding, which writes blanks as `+`, is common here; a plus proper arrives as %2B.
    if (!query.has(name)) query.set(name, percentDecode(value.replaceAll('+', ' ')))
  }
  return query
}

function typeOf(typeName: string, query: ReadonlyMap<string, string>): EntryType {
  const type = Object.hasOwn(TYPES, typeName) ? TYPES[typeName] : undefined
  if (!type) throw new AppError('entry/type-unsupported')
  // KeePassXC names the encoder; Stratum writes the bare word.
  const isSteam = query.get('encoder')?.toLowerCase() === 'steam' || query.get('steam') === ''
  return type === 'totp' && isSteam ? 'steam' : type
}

/** Yandex's own QR codes have the name in the query. */
function nameIn(type: EntryType, query: ReadonlyMap<string, string>): string {
  return type === 'yandex' ? (query.get('name') ?? '') : ''
}

/** The issuer parameter wins over the label's prefix: Microsoft's work accounts always differ, and the parameter is right. */
function namesOf(label: string, issuer: string): Pick<NewEntry, 'issuer' | 'label'> {
  if (issuer.includes(':') && label.startsWith(`${issuer}:`)) {
    return { issuer, label: label.slice(issuer.length + 1).trim() }
  }
  if (!label.includes(':')) return { issuer, label: label.trim() }
  const [prefix, name] = cut(label, ':')
  return { issuer: issuer || prefix.trim(), label: name.trim() }
}

function secretOf(type: EntryType, text: string): Uint8Array {
  if (type !== 'motp') return decodeBase32(text)
  const bytes = hexToBytes(text)
  if (!bytes) throw new AppError('entry/secret-invalid')
  return bytes
}

/** Aegis writes a Yandex PIN as Base32, Stratum as it is. Base32 of digits always begins with a letter, so both can be told apart. */
function pinOf(type: EntryType, query: ReadonlyMap<string, string>): string | null {
  const pin = query.get('pin') ?? ''
  if (type === 'motp') return pin
  if (type !== 'yandex') return null
  return /^\d*$/.test(pin) ? pin : bytesToText(decodeBase32(pin))
}

function wholeNumber(text: string | undefined, missing: number, code: ErrorCode): number {
  const digits = text?.trim() ?? ''
  if (digits === '') return missing
  if (!/^\d+$/.test(digits)) throw new AppError(code)
  return Number(digits)
}

/** The issuer stands in front, as Google's app wants it; where it has a colon itself, only if the name could be misread without. */
function formatLabel({ issuer, label }: NewEntry): string {
  const bare = issuer === '' || issuer.includes(':')
  return bare && !label.includes(':') ? encode(label) : `${encode(issuer)}:${encode(label)}`
}

function encode(text: string): string {
  // Through UTF-8 and back: encodeURIComponent throws at a lone surrogate.
  return encodeURIComponent(bytesToText(textToBytes(text)) ?? '')
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray `%`: the text is meant as it stands.
    return text
  }
}

/** Both sides of the first `separator`; the right one is empty where there is none. */
function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
