import { bytesToText, hexToBytes, type Bytes } from '../core/bytes'
import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { isPreferences, readPreferences } from './preferences'
import { entryOf, readRows } from './rows'

/** The app hides its texts behind this fixed pattern. */
const MASK = hexToBytes(
  '398e27fc50276a656065b0e525f4c06c04c61075286b8e7aeda59da9813b5dd6' +
    'c80d2fb38068773fa59ba47c17ca6c6479015c1d5b8b8f6b9a',
)

/** Older versions keep the secret and behind it the serial in one text, newer ones in two. */
const TOGETHER = /^com\.blizzard\.bma\.AUTH_STORE\.HASH$/
const SECRET = /AUTHENTICATOR_DEVICE_SECRET$/
const SERIAL = /AUTHENTICATOR_SERIAL$/

const SECRET_DIGITS = 40

/** Battle.net Authenticator (Android): the preferences of a rooted phone. */
export const battlenet: Format = {
  name: 'battlenet',

  recognise: ({ text }) =>
    isPreferences(text) && /AUTHENTICATOR_DEVICE_SECRET"|"com\.blizzard\.bma\.AUTH_STORE\.HASH"/.test(text),

  async read({ text }) {
    const preferences = [...(await readPreferences(text ?? ''))]
    const found = (name: RegExp): string => preferences.find(([key]) => name.test(key))?.[1] ?? ''
    const together = unmask(found(TOGETHER))
    const secret = unmask(found(SECRET)) || together.slice(0, SECRET_DIGITS)
    const serial = unmask(found(SERIAL)) || together.slice(SECRET_DIGITS)
    return readRows([{ secret, serial }], readAccount, () => serial || 'Battle.net')
  },
}

function readAccount({ secret, serial }: { secret: string; serial: string }): ImportedEntry {
  // The codes' secret is twenty bytes, written down as hexadecimal digits before it was hidden.
  const bytes = hexToBytes(secret)
  if (!bytes) throw new AppError('entry/secret-invalid')
  return entryOf({ type: 'totp', issuer: 'Battle.net', label: serial, secret: bytes, digits: 8 })
}

function unmask(hidden: string): string {
  const bytes: Bytes = hexToBytes(hidden) ?? new Uint8Array()
  return bytesToText(bytes.map((byte, i) => byte ^ (MASK?.[i % MASK.length] ?? 0))) ?? ''
}
