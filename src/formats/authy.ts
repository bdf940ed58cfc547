import { type Bytes, base64ToBytes, bytesToText, hexToBytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { openCbc, pbkdf2 } from '../crypto/file-ciphers'
import type { Format, ForeignFile, ImportedEntry, Problem, Reading } from './format'
import { isObject, listOf, member, nameOf, numberOf, parseJson, textOf } from './json'
import { checkRowCount } from './limits'
import { passwordIn } from './password'
import { isPreferences, readPreferences } from './preferences'
import { rowName } from './row-parts'
import { entryOf } from './rows'

const TOKENS = 'com.authy.storage.tokens.authenticator.key'
const OWN_TOKENS = 'com.authy.storage.tokens.authy.key'
const USUAL_PASSES = 1000
/** What all rows of one file may cost together: each has a salt of its own. */
const MOST_PASSES = 100_000_000
const BASE32 = /^[A-Za-z2-7\s=-]+$/

/**
 * Authy has no export. Read is what people hold: the preferences of a rooted phone, and the JSON of well-known scripts.
 * Its own accounts (7 digits, 10 seconds) are among them.
 */
export const authy: Format = {
  name: 'authy',

  recognise: ({ text, json }) =>
    isPreferences(text)
      ? text.includes(`"${TOKENS}"`) || text.includes(`"${OWN_TOKENS}"`)
      : listOf(tokensIn(json)).some(isToken),

  async read(file, options) {
    const rows = await rowsOf(file)
    checkRowCount(rows.length)
    const sealed = rows.filter((row) => sealedIn(row) !== '' && plainIn(row) === '')
    const passes = sealed.reduce<number>((sum, row) => sum + passesOf(row), 0)
    if (passes > MOST_PASSES) throw new AppError('format/too-costly')
    const password = sealed.length > 0 ? passwordIn(options) : ''
    const reading = await readTokens(rows, password)
    const locked = reading.problems.filter(({ reason }) => reason === 'format/row-locked')
    if (sealed.length > 0 && locked.length === sealed.length) throw new AppError('format/wrong-password')
    return reading
  },
}

async function rowsOf({ text, json }: ForeignFile): Promise<readonly unknown[]> {
  if (!isPreferences(text)) return listOf(tokensIn(json))
  const preferences = await readPreferences(text)
  return [TOKENS, OWN_TOKENS].flatMap((key) => listOf(parseJson(preferences.get(key) ?? '')))
}

function tokensIn(json: unknown): unknown {
  return member(json, 'authenticator_tokens') ?? member(json, 'decrypted_authenticator_tokens') ?? json
}

function isToken(row: unknown): boolean {
  return ['encryptedSecret', 'decryptedSecret', 'encrypted_seed', 'decrypted_seed', 'secretSeed'].some(
    (name) => typeof member(row, name) === 'string',
  )
}

async function readTokens(rows: readonly unknown[], password: string): Promise<Reading> {
  const entries: ImportedEntry[] = []
  const problems: Problem[] = []
  for (const [index, row] of rows.entries()) {
    try {
      entries.push(await readToken(row, password))
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'format/too-costly') throw error
      problems.push({ row: nameOfRow(row) || String(index + 1), reason: error.code })
    }
  }
  return { entries, problems }
}

async function readToken(row: unknown, password: string): Promise<ImportedEntry> {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const own = ownSecret(row)
  return entryOf({
    type: 'totp',
    ...namesOf(row),
    secret: own ?? (plainIn(row) || (await unseal(row, password))),
    digits: numberOf(member(row, 'digits'), own ? 7 : 6),
    periodSeconds: own ? 10 : 30,
  })
}

/** Authy's own accounts keep their secret in hexadecimal, unencrypted. */
function ownSecret(row: unknown): Bytes | null {
  const seed = textOf(member(row, 'secretSeed'))
  if (seed === '') return null
  const bytes = hexToBytes(seed)
  if (!bytes) throw new AppError('entry/secret-invalid')
  return bytes
}

/** AES-CBC with a vector of zeros and no MAC: that Base32 comes out is the only proof of the password. */
async function unseal(row: unknown, password: string): Promise<string> {
  const sealed = base64ToBytes(sealedIn(row))
  if (!sealed || sealed.length === 0) throw new AppError('format/row-damaged')
  const salt = textToBytes(textOf(member(row, 'salt')))
  const key = await pbkdf2(password, salt, { hash: 'SHA-1', passes: passesOf(row), bytes: 32 })
  const opened = await openCbc(key, new Uint8Array(16), sealed)
  const secret = opened && bytesToText(opened)
  if (!secret || !BASE32.test(secret)) throw new AppError('format/row-locked')
  return secret
}

function plainIn(row: unknown): string {
  return nameOf(member(row, 'decryptedSecret') ?? member(row, 'decrypted_seed'))
}

function sealedIn(row: unknown): string {
  return nameOf(member(row, 'encryptedSecret') ?? member(row, 'encrypted_seed'))
}

function passesOf(row: unknown): number {
  return numberOf(member(row, 'key_derivation_iterations'), USUAL_PASSES)
}

/** The issuer has a field of its own, or stands before the name: `Issuer: Name`, `Issuer:Name`, `Issuer - Name`. */
function namesOf(row: unknown): { issuer: string; label: string } {
  const name = nameOf(member(row, 'name')) || originalOf(row)
  const known = nameOf(member(row, 'originalIssuer') ?? member(row, 'original_issuer') ?? member(row, 'issuer'))
  if (known === '') {
    const { issuer, label } = cut(name, name.includes(':') ? ':' : ' - ')
    // A name of the user's own may have no issuer where the original one has.
    return { issuer: issuer || cut(originalOf(row), ':').issuer, label }
  }
  const own = [':', ' - '].find((separator) => name.toLowerCase().startsWith(`${known}${separator}`.toLowerCase()))
  return { issuer: known, label: own ? name.slice(known.length + own.length).trim() : name }
}

function originalOf(row: unknown): string {
  return nameOf(member(row, 'originalName') ?? member(row, 'original_name'))
}

function cut(name: string, separator: string): { issuer: string; label: string } {
  const at = name.indexOf(separator)
  if (at < 0) return { issuer: '', label: name }
  return { issuer: name.slice(0, at).trim(), label: name.slice(at + separator.length).trim() }
}

function nameOfRow(row: unknown): string {
  const { issuer, label } = namesOf(row)
  return rowName(issuer, label)
}
