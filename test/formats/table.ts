import { FORMATS } from '../../src/formats/index'
import { EXPORT_CHOICES } from '../../src/ui/export-choices'
import { fixtureNames } from './fixtures'

/** What people know a format by, and of which versions we know the layout. */
const KNOWN_AS: Readonly<Record<string, string>> = {
  '1password': '1Password 8 (1PUX)',
  '2fas': '2FAS (schema 1 to 4)',
  '2fauth': '2FAuth 4, 5',
  aegis: 'Aegis (database 1 to 3)',
  andotp: 'andOTP (both encryptions)',
  apple: 'Apple Passwords; 1Password (CSV)',
  authenticator: 'Authenticator extension 1 to 8',
  'authenticator-plus': 'Authenticator Plus (export, not its database)',
  authy: 'Authy (dumps of old versions)',
  battlenet: 'Battle.net Authenticator (Android)',
  bitwarden: 'Bitwarden, Bitwarden Authenticator (JSON, CSV)',
  cotp: 'cotp 1, OTPClient 4',
  csv: 'Any table, by its headings',
  cxf: 'Credential Exchange Format 1',
  duo: 'Duo Mobile (passcode accounts)',
  ente: 'Ente Auth (all versions)',
  freeotp: 'FreeOTP 1, 2',
  'freeotp-plus': 'FreeOTP+',
  google: 'Google Authenticator (transfer, payload 1 and 2)',
  html: 'Printable page with QR codes; Stratum’s page',
  keepass: 'KeePass, KeePassXC, Strongbox (KDBX 4, 3.1 read only; key files)',
  lastpass: 'LastPass Authenticator (Android, iOS, transfer)',
  latchkey: 'Our own backup 1',
  'otp-auth': 'OTP Auth for iOS (1.0 to 1.2)',
  otpauth: '`otpauth://` addresses, a line each',
  proton: 'Proton Authenticator 1',
  'proton-pass': 'Proton Pass (zip, JSON)',
  raivo: 'Raivo OTP',
  refused:
    'Recognised and named, with the way out: Microsoft Authenticator, current Authy, Okta Verify, Symantec VIP, databases of rooted phones',
  steam: 'Steam Guard (maFile)',
  stratum: 'Stratum, Authenticator Pro',
  'totp-authenticator': 'TOTP Authenticator (BinaryBoot)',
  winauth: 'WinAuth 3 (list, not its XML)',
}

/** Fixtures of what is told from a backup and refused. */
const REFUSED = /restricted|pgp|manifest/

/** The table of formats in the README, as it follows from the formats themselves, the export dialog and the fixtures. */
export function formatsTable(): string {
  const rows = FORMATS.map(({ name, write }) => [`\`${name}\``, knownAs(name), ...cells(name, write !== undefined)])
  const head = ['format', 'apps and versions', 'plain', 'encrypted', 'read', 'written', 'proven by']
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}

function knownAs(name: string): string {
  const words = KNOWN_AS[name]
  if (!words) throw new Error(`The table has no words for ${name}`)
  return words
}

function cells(name: string, written: boolean): string[] {
  if (name === 'refused') return ['–', '–', 'no', '–', 'a test of each']
  const files = fixtureNames().filter((file) => file.startsWith(`${name}/`) && !REFUSED.test(file))
  const encrypted = files.filter((file) => file.includes('encrypted')).length
  const plain = files.length - encrypted
  const proof = [`${files.length} ${files.length === 1 ? 'file' : 'files'}`, ...(written ? ['round trip'] : [])]
  return [yes(plain > 0), yes(encrypted > 0), yes(files.length > 0), wordsFor(name), proof.join(', ')]
}

function yes(holds: boolean): string {
  return holds ? 'yes' : '–'
}

function wordsFor(name: string): string {
  const choice = EXPORT_CHOICES.find(({ format }) => format === name)
  if (!choice) return '–'
  return { always: 'encrypted', optional: 'plain, encrypted', never: 'plain' }[choice.password]
}
