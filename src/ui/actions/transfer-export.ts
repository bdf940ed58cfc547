import { bytesToText } from '../../core/bytes'
import type { Problem, Writing } from '../../formats/format'
import { isAccountLost } from '../../formats/holds'
import { inWorker } from '../../formats/in-worker'
import { background } from '../../rpc/client'
import type { CarriedEntry } from '../../rpc/transfer-calls'
import { settings } from '../../settings'
import { exportFileName, type ExportChoice } from '../export-choices'
import { exported } from '../transfer-state'
import { startFormatsWorker } from '../workers'
import { attempt, forgetFailure } from './attempt'
import { saveFile } from './save-file'
import { importedOf } from './transfer-carried'

/** What the user chose to export, and with what. */
export interface ExportWish {
  readonly choice: ExportChoice
  /** Null for a plain file. */
  readonly password: string | null
  readonly passphrase: string
  /** Null for all accounts in use. */
  readonly ids: readonly string[] | null
}

/** Writes accounts to a file that is read again, and has the browser save it; a Google transfer is shown instead, to be scanned. */
export async function exportAccounts({ choice, password, passphrase, ids }: ExportWish): Promise<void> {
  const done = await attempt('export', async () => {
    const { entries, damaged } = await background.exportEntries(passphrase, ids)
    const written = await writeAccounts(choice, password, entries)
    if (ids === null && damaged === 0 && isBackup(written)) await settings.lastExportAt.set(Date.now())
    return { ...written, damaged }
  })
  if (done) exported.value = { format: choice.format, ...done }
}

/** What was written: a file that the browser saves, or codes to show. */
interface Written {
  fileName: string | null
  codes: readonly string[]
  problems: readonly Problem[]
}

/** Whether all accounts are in a file: one without its tags or its note still gives its codes back. */
function isBackup({ fileName, problems }: Written): boolean {
  return fileName !== null && !problems.some(({ reason }) => isAccountLost(reason))
}

/** Writes accounts to a file and has the browser save it. */
export async function writeAccounts(
  choice: ExportChoice,
  password: string | null,
  entries: readonly CarriedEntry[],
): Promise<Written> {
  const { signal } = new AbortController()
  const options = password === null ? {} : { password }
  const job = { kind: 'write', format: choice.format, entries: entries.map(importedOf), options } as const
  const { bytes, problems } = await inWorker(job, signal, startFormatsWorker)
  if (choice.format === 'google') return { fileName: null, codes: linesOf(bytes), problems }
  const fileName = exportFileName(choice, password !== null, new Date())
  saveFile(bytes, fileName)
  return { fileName, codes: [], problems }
}

/** The accounts that were selected for an export elsewhere, told once; null where none were. */
export async function takeExportWish(): Promise<readonly string[] | null> {
  const ids = await settings.exportOnly.get().catch(() => null)
  if (ids) await settings.exportOnly.set(null)
  return ids
}

/** Takes the result, and codes that are on the screen, away. */
export function forgetExport(): void {
  forgetFailure('export')
  exported.value = null
}

function linesOf(bytes: Writing['bytes']): readonly string[] {
  return (bytesToText(bytes) ?? '').split('\n').filter((line) => line !== '')
}
