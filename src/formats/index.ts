import { bytesToBase64 } from '../core/bytes'
import type { NewEntry } from '../core/entry'
import { AppError } from '../core/errors'
import { aegis } from './aegis'
import { andotp } from './andotp'
import { apple } from './apple'
import { authenticator } from './authenticator'
import { authenticatorPlus } from './authenticator-plus'
import { authy } from './authy'
import { battlenet } from './battlenet'
import { bitwarden } from './bitwarden'
import { cotp } from './cotp'
import { csv } from './csv'
import { cxf } from './cxf'
import { duo } from './duo'
import { ente } from './ente'
import { openFile } from './foreign-file'
import type { Format, ImportedEntry, ReadOptions, Reading, WriteOptions, Writing } from './format'
import { freeotp } from './freeotp'
import { freeotpPlus } from './freeotp-plus'
import { google } from './google'
import { html } from './html'
import { keepass } from './keepass'
import { lastpass } from './lastpass'
import { latchkey } from './latchkey'
import { checkRowCount } from './limits'
import { onepassword } from './onepassword'
import { otpAuth } from './otp-auth'
import { otpauth } from './otpauth'
import { proton } from './proton'
import { protonPass } from './proton-pass'
import { raivo } from './raivo'
import { refused } from './refused'
import { steam } from './steam'
import { stratum } from './stratum'
import { totpAuthenticator } from './totp-authenticator'
import { twoFas } from './two-fas'
import { twoFauth } from './two-fauth'
import { winauth } from './winauth'

/** Every format we know, in alphabetical order. */
export const FORMATS: readonly Format[] = [
  onepassword,
  twoFas,
  twoFauth,
  aegis,
  andotp,
  apple,
  authenticator,
  authenticatorPlus,
  authy,
  battlenet,
  bitwarden,
  cotp,
  csv,
  cxf,
  duo,
  ente,
  freeotp,
  freeotpPlus,
  google,
  html,
  keepass,
  lastpass,
  latchkey,
  otpAuth,
  otpauth,
  proton,
  protonPass,
  raivo,
  refused,
  steam,
  stratum,
  totpAuthenticator,
  winauth,
]

/** The names of all formats that are read. */
export const importFormats: readonly string[] = FORMATS.map(({ name }) => name)

/** The names of all formats that are written. */
export const exportFormats: readonly string[] = FORMATS.filter(({ write }) => write).map(({ name }) => name)

/** What came out of a file, and the format it turned out to be. */
export interface Import extends Reading {
  format: string
}

/**
 * Reads a file of any known format, recognised by its content. One bad row is a problem, not a failure; nothing at all to
 * import is `format/empty`. Throws `format/needs-password`, `format/wrong-password`, `format/unknown`, `format/damaged`,
 * `format/not-possible`, `format/too-costly`.
 */
export async function readImport(
  bytes: Uint8Array,
  options: ReadOptions & { fileName?: string } = {},
): Promise<Import> {
  const file = openFile(bytes)
  const answers = FORMATS.map((format) => ({ format, answer: format.recognise(file) }))
  const sure = answers.filter(({ answer }) => answer === true)
  const candidates = sure.length > 0 ? sure : answers.filter(({ answer }) => answer === 'perhaps')
  for (const { format } of candidates) {
    const reading = await readAs(format, file, options)
    if (reading) return { format: format.name, ...reading }
  }
  throw new AppError('format/unknown')
}

/**
 * A file in the format of that name that holds `entries`; `problems` names what the format cannot hold.
 * Throws `format/unknown` for a name that is not in `exportFormats`, `format/needs-password` where none was given and one is needed.
 */
export async function writeExport(
  format: string,
  entries: readonly (NewEntry | ImportedEntry)[],
  options: WriteOptions = {},
): Promise<Writing> {
  const write = FORMATS.find(({ name }) => name === format)?.write
  if (!write) throw new AppError('format/unknown')
  return write(entries, options)
}

/** Null where the format finds, on a second look, that the file is not its own. */
async function readAs(
  format: Format,
  file: ReturnType<typeof openFile>,
  options: ReadOptions,
): Promise<Reading | null> {
  try {
    const reading = await format.read(file, options)
    checkRowCount(reading.entries.length)
    if (reading.entries.length === 0) throw new AppError('format/empty', emptyParams(reading))
    return { ...reading, entries: withoutRepeats(reading.entries) }
  } catch (error) {
    if (!(error instanceof AppError)) throw new AppError('format/damaged', {}, { cause: error })
    if (error.code === 'format/unknown') return null
    throw error
  }
}

/** Some programs write a row twice. Only what is equal in every respect is one account. */
function withoutRepeats(entries: readonly ImportedEntry[]): ImportedEntry[] {
  const keyOf = (entry: ImportedEntry): string =>
    JSON.stringify(Object.entries({ ...entry, secret: bytesToBase64(entry.secret) }).toSorted())
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()]
}

/** Why the first row of a file that gave nothing was left out: with one row, that is the whole story. */
function emptyParams({ problems }: Reading): { row?: string; reason?: string } {
  const [first] = problems
  return first ? { row: first.row, reason: first.reason } : {}
}
