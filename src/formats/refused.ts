import { AppError } from '../core/errors'
import type { ForeignFile, Format } from './format'
import { isObject, member } from './json'

/** A kind of file that cannot be read, and what the user knows it by. */
interface Refusal {
  app: string
  matches(file: ForeignFile): boolean
}

/** The first that matches names the file; the general ones stand last. */
const REFUSALS: readonly Refusal[] = [
  { app: 'Microsoft Authenticator', matches: ({ text }) => startsWith(text, 'phonefactor:') },
  { app: 'Okta Verify', matches: ({ text }) => startsWith(text, 'oktaverify:') },
  { app: 'Duo Mobile', matches: ({ text }) => startsWith(text, 'duo:') },
  { app: 'Symantec VIP', matches: ({ text }) => startsWith(text, 'vip:') || startsWith(text, 'symantecvip:') },
  { app: 'Authy', matches: ({ text }) => startsWith(text, 'authy:') },
  { app: 'Microsoft Authenticator (SQLite)', matches: (file) => isSqlite(file) && mentions(file, 'oath_secret_key') },
  {
    app: 'Google Authenticator (SQLite)',
    matches: (file) => isSqlite(file) && mentions(file, 'CREATE TABLE accounts'),
  },
  { app: 'Stratum (SQLite)', matches: (file) => isSqlite(file) && mentions(file, 'authenticatorcategory') },
  { app: 'SQLite', matches: isSqlite },
  { app: 'OTPClient', matches: ({ bytes }) => start(bytes, 9) === 'OTPClient' },
  {
    app: 'cotp',
    matches: ({ json }) => isObject(json) && ['nonce', 'salt', 'cipher'].every((name) => hasText(json, name)),
  },
  // Its entries are encrypted with Blowfish or by Windows itself; its own export is a list of addresses.
  { app: 'WinAuth (XML)', matches: ({ text }) => /^\s*(<\?xml[^>]{0,200}>\s*)?<WinAuth[\s>]/.test(text ?? '') },
  { app: 'OpenPGP', matches: ({ text, bytes }) => startsWith(text, '-----BEGIN PGP') || isPgp(bytes) },
  { app: 'KeePass 1', matches: ({ bytes }) => start(bytes, 8) === '\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5' },
]

/** Files that hold accounts and cannot be read here: said by name instead of "unknown". */
export const refused: Format = {
  name: 'refused',

  recognise: (file) => REFUSALS.some((refusal) => refusal.matches(file)),

  async read(file) {
    const refusal = REFUSALS.find(({ matches }) => matches(file))
    throw refusal ? new AppError('format/not-possible', { app: refusal.app }) : new AppError('format/unknown')
  },
}

function startsWith(text: string | null, words: string): boolean {
  return text?.trimStart().slice(0, words.length).toLowerCase() === words.toLowerCase()
}

function isSqlite({ bytes }: ForeignFile): boolean {
  return start(bytes, 16) === 'SQLite format 3\0'
}

/** Whether the schema of a database, which stands in clear, speaks of something. */
function mentions({ bytes }: ForeignFile, words: string): boolean {
  return new TextDecoder('latin1').decode(bytes).toLowerCase().includes(words.toLowerCase())
}

/** A session key packet, for a receiver or for a passphrase: its tag, and behind the length its version. */
function isPgp(bytes: Uint8Array): boolean {
  const [tag = 0, length = 0, , long] = bytes
  const forReceiver = tag === 0x85 || (tag === 0xc1 && length >= 0xc0)
  const forPassphrase = tag === 0x8c || tag === 0xc3
  return (forReceiver && long === 3) || (forPassphrase && bytes[2] === 4)
}

function hasText(json: unknown, name: string): boolean {
  return typeof member(json, name) === 'string' || Array.isArray(member(json, name))
}

/** The first bytes as characters, one for one. */
function start(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length))
}
