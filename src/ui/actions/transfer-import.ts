import { AppError } from '../../core/errors'
import { repairsOf } from '../../formats/repair'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { type ImportRow, type Importing, importing } from '../transfer-state'
import { loadAccounts } from './accounts'
import { attempt, forgetFailure } from './attempt'
import { say } from './toast'
import { carriedOf } from './transfer-carried'
import { type ReadFile, readFiles, type Wish } from './transfer-reading'

/** Reads files that were chosen or dropped, and shows what they would add. Throws nothing; stores nothing. */
export async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  const wish = newWish()
  await attempt('import', async () => {
    try {
      importing.value = await proposalFrom(files, wish)
    } catch (error) {
      importing.value = null
      // Stopped by the user, or by the lock: nothing failed.
      if (!wish.signal.aborted) throw error
    }
  })
}

/** Stores the rows the user chose, all of them or none. */
export async function importRows(rows: readonly ImportRow[]): Promise<void> {
  const result = await attempt('import-rows', async () => {
    const done = await background.importEntries(rows.map(({ carried }) => carried))
    await loadAccounts()
    return done
  })
  if (!result) return
  importing.value = null
  say({ text: text('import_done', { count: result.added }) })
}

/** Moves what an import added to the trash. */
export async function undoImport(importedAt: number): Promise<void> {
  const moved = await attempt('undo-import', async () => {
    const count = await background.undoImport(importedAt)
    await loadAccounts()
    return count
  })
  if (moved !== null) say({ text: text('import_undone', { count: moved }) })
}

/** Whether a row can be chosen: importing it would do something. */
export function isImportable({ verdict: { kind } }: ImportRow): boolean {
  return kind === 'new' || kind === 'other-secret' || kind === 'in-trash'
}

/** Whether a row is chosen before the user chooses: of several with one secret the first, or the one that has lost nothing. */
export function isProposed(row: ImportRow): boolean {
  return isImportable(row) && (row.repair ? row.repair.kind === 'better' : !row.again)
}

function newWish(): Wish {
  const stopping = new AbortController()
  const stop = () => {
    stopping.abort(new DOMException('stopped', 'AbortError'))
    importing.value = null
    forgetFailure('import-rows')
  }
  return { signal: stopping.signal, stop }
}

async function proposalFrom(files: readonly File[], wish: Wish): Promise<Importing> {
  const { read, failed } = await readFiles(files, wish)
  const [first] = failed
  if (read.length === 0) throw first?.error ?? new AppError('format/empty')
  const rows = await judged(read)
  wish.signal.throwIfAborted()
  const problems = read.flatMap(({ reading }) => reading.problems)
  return { step: 'proposal', rows, problems, failed, stop: wish.stop }
}

async function judged(read: readonly ReadFile[]): Promise<readonly ImportRow[]> {
  const found = read.flatMap(({ fileName, reading }) => reading.entries.map((entry) => ({ fileName, entry })))
  const carried = found.map(({ entry }, i) => carriedOf(entry, i + 1))
  const verdicts = await background.proposeImport(carried)
  const repairs = repairsOf(carried.map((one, i) => ({ ...one, fileName: found[i]?.fileName ?? '' })))
  const firstFile = new Map<string, string>()
  return found.flatMap(({ fileName }, i) => {
    const [one, verdict] = [carried[i], verdicts[i]]
    if (!one || !verdict) return []
    const before = firstFile.get(one.secret)
    if (before === undefined) firstFile.set(one.secret, fileName)
    const again = before !== undefined && before !== fileName
    return [{ carried: one, verdict, fileName, again, repair: repairs[i] ?? null }]
  })
}
