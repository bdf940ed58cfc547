/** What a QR text is, as far as its beginning tells. Only `account` can be added as it stands. */
export type Meaning =
  | { readonly kind: 'account' }
  /** A set of accounts that another authenticator app hands over; read by the importer. */
  | { readonly kind: 'transfer'; readonly app: string }
  /** Ties a phone app to its maker's server. There is no secret in it that could make codes. */
  | { readonly kind: 'push-registration'; readonly app: string }
  /** Lets a phone sign in with its own passkey; good for a few minutes, and no account. */
  | { readonly kind: 'passkey' }
  | { readonly kind: 'web-address'; readonly host: string }
  /** `network` is the name that the access point shows; its password is left alone. */
  | { readonly kind: 'wifi'; readonly network: string }
  | { readonly kind: 'other' }

/** Says what a text is that was scanned or pasted. It is a stranger's: nothing in it is followed or executed. */
export function explain(text: string): Meaning {
  const trimmed = text.trim()
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase() ?? ''
  if (ACCOUNT_SCHEMES.has(scheme)) return { kind: 'account' }
  const transfer = TRANSFER_SCHEMES.get(scheme)
  if (transfer) return { kind: 'transfer', app: transfer }
  const app = PUSH_SCHEMES.get(scheme) ?? duo(trimmed)
  if (app) return { kind: 'push-registration', app }
  if (scheme === 'fido') return { kind: 'passkey' }
  if (scheme === 'wifi') return { kind: 'wifi', network: networkName(trimmed) }
  return webAddress(trimmed) ?? { kind: 'other' }
}

const ACCOUNT_SCHEMES: ReadonlySet<string> = new Set(['otpauth', 'steam', 'motp'])

const TRANSFER_SCHEMES: ReadonlyMap<string, string> = new Map([
  ['otpauth-migration', 'Google Authenticator'],
  ['lpaauth-migration', 'LastPass Authenticator'],
])

const PUSH_SCHEMES: ReadonlyMap<string, string> = new Map([
  ['phonefactor', 'Microsoft Authenticator'],
  ['ms-msa', 'Microsoft Authenticator'],
  ['microsoft-authenticator', 'Microsoft Authenticator'],
  ['duo', 'Duo Mobile'],
  ['oktaverify', 'Okta Verify'],
  ['pushauth', 'ForgeRock Authenticator'],
  ['mfauth', 'ForgeRock Authenticator'],
  ['com.rsa.securid', 'RSA SecurID'],
  ['vipaccess', 'VIP Access'],
])

/** Duo's codes have no scheme: a one-time key, a hyphen, and the Base64 of the server's name; or an address of its own. */
function duo(text: string): string | undefined {
  const server = /^[A-Za-z0-9]{16,40}-([A-Za-z0-9+/_-]{16,200}={0,2})$/.exec(text)?.[1]
  const host = server === undefined ? (hostOf(text) ?? '') : decoded(server)
  const activates = server !== undefined || /\/(activate|android|iphone)\//.test(text)
  return activates && /(^|\.)duosecurity\.com$/i.test(host) ? 'Duo Mobile' : undefined
}

function decoded(base64: string): string {
  try {
    return atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    // Not Base64 after all, so not Duo's.
    return ''
  }
}

/** `WIFI:T:WPA;S:name;P:password;;`, where `\` takes the meaning from the character after it. */
function networkName(text: string): string {
  const escaped = /^WIFI:(?:(?:\\.|[^;\\])*;)*?S:((?:\\.|[^;\\])*)/is.exec(text)?.[1] ?? ''
  return escaped.replaceAll(/\\(.)/gs, '$1')
}

function webAddress(text: string): Meaning | null {
  const host = hostOf(text)
  return host === null ? null : { kind: 'web-address', host }
}

/** Null for what is no web address. */
function hostOf(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).host : null
}
