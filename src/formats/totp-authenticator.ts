import { type Bytes, base64ToBytes, bytesToText, hexToBytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { openCbc } from '../crypto/file-ciphers'
import { digest } from '../crypto/seal'
import type { Format, ImportedEntry } from './format'
import { isObject, member, nameOf, parseJson, textOf } from './json'
import { looksRandom } from './looks-random'
import { isPreferences, readPreferences } from './preferences'
import { beside, rowName } from './row-parts'
import { entryOf, readRows } from './rows'

const LIST = 'STATIC_TOTP_CODES_LIST'
/** What the app encrypts with where the user chose nothing. */
const DEFAULT_PASSWORD = 'TotpAuthenticator'
const BLOCK_BYTES = 16
const NO_ISSUER = 'Unknown'

/** TOTP Authenticator (BinaryBoot): an encrypted backup without any mark, or the preferences of a rooted phone. */
export const totpAuthenticator: Format = {
  name: 'totp-authenticator',

  recognise: ({ text }) => (isPreferences(text) ? text.includes(`"${LIST}"`) : sealedIn(text) !== null && 'perhaps'),

  async read({ text }, { password }) {
    const rows = isPreferences(text)
      ? parseJson((await readPreferences(text)).get(LIST) ?? '')
      : await unseal(sealedIn(text), password)
    if (!Array.isArray(rows)) throw new AppError('format/damaged')
    return readRows<unknown>(rows, readRow, (row) => rowName(issuerOf(row), member(row, 'name')))
  },
}

function sealedIn(text: string | null): Bytes | null {
  if (text === null || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return null
  const bytes = base64ToBytes(text)
  return bytes && bytes.length % BLOCK_BYTES === 0 && looksRandom(bytes) ? bytes : null
}

/** The rows; the plaintext is an object with one member, whose very name is the JSON of the list. */
async function unseal(sealed: Bytes | null, password: string | undefined): Promise<unknown> {
  if (!sealed) throw new AppError('format/unknown')
  for (const candidate of [DEFAULT_PASSWORD, ...(password ? [password] : [])]) {
    const key = await digest(textToBytes(candidate))
    const opened = await openCbc(key, new Uint8Array(BLOCK_BYTES), sealed)
    const json = opened && parseJson(bytesToText(opened) ?? '')
    if (isObject(json)) return parseJson(Object.keys(json)[0] ?? '')
  }
  throw new AppError(password ? 'format/wrong-password' : 'format/needs-password')
}

function readRow(row: unknown): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  return {
    ...entryOf({
      type: 'totp',
      issuer: issuerOf(row),
      label: member(row, 'name'),
      secret: secretOf(textOf(member(row, 'key')), Number(textOf(member(row, 'base')) || 32)),
      digits: member(row, 'digits'),
      periodSeconds: member(row, 'period'),
    }),
    ...beside({ favourite: member(row, 'isFavorite') }),
  }
}

function issuerOf(row: unknown): string {
  const issuer = nameOf(member(row, 'issuer'))
  return issuer === NO_ISSUER ? '' : issuer
}

/** The app keeps secrets in three spellings, and says in which. */
function secretOf(text: string, base: number): Uint8Array | string {
  if (base === 32) return text
  const bytes = base === 16 ? hexToBytes(text) : base === 64 ? base64ToBytes(text) : null
  if (!bytes) throw new AppError('entry/secret-invalid')
  return bytes
}
