import { bytesToText } from '../../core/bytes'
import type { Writing } from '../../formats/format'
import { inWorker } from '../../formats/in-worker'
import { background } from '../../rpc/client'
import { settings } from '../../settings'
import { exportFileName, type ExportChoice } from '../export-choices'
import { exported } from '../transfer-state'
import { startFormatsWorker } from '../workers'
import { attempt, forgetFailure } from './attempt'
import { importedOf } from './transfer-carried'

/** How long the browser may take to begin saving. */
const SAVING_MS = 60_000

/** What the user chose to export, and with what. */
export interface ExportWish {
  readonly choice: ExportChoice
  /** Null for a plain file. */
  readonly password: string | null
  readonly passphrase: string
}

/** Writes all accounts in use to a file and has the browser save it; a Google transfer is shown instead, to be scanned. */
export async function exportAll({ choice, password, passphrase }: ExportWish): Promise<void> {
  const done = await attempt('export', async () => {
    const { entries, damaged } = await background.exportEntries(passphrase)
    const { signal } = new AbortController()
    const options = password === null ? {} : { password }
    const job = { kind: 'write', format: choice.format, entries: entries.map(importedOf), options } as const
    const { bytes, problems } = await inWorker(job, signal, startFormatsWorker)
    const complete = problems.length === 0 && damaged === 0
    if (choice.format === 'google') return { fileName: null, codes: linesOf(bytes), problems, damaged }
    const fileName = exportFileName(choice, password !== null, new Date())
    save(bytes, fileName)
    if (complete) await settings.lastExportAt.set(Date.now())
    return { fileName, codes: [], problems, damaged }
  })
  if (done) exported.value = { format: choice.format, ...done }
}

/** Takes the result, and codes that are on the screen, away. */
export function forgetExport(): void {
  forgetFailure('export')
  exported.value = null
}

function linesOf(bytes: Writing['bytes']): readonly string[] {
  return (bytesToText(bytes) ?? '').split('\n').filter((line) => line !== '')
}

function save(bytes: Writing['bytes'], fileName: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), SAVING_MS)
}
