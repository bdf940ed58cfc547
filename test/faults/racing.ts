import { OPTIONS, type OwnPage, POPUP, addAccount, askFrom } from '../e2e/own-page'
import type { StoredEntry } from '../vault/decrypt.mjs'
import { randomSecret, rows } from './importing'
import { type Below, type Scene } from './scene'
import { openDatabase, openMirror, readStores } from './stored-vault'
import type { Tally } from './tally'

const ANSWER_MS = 30_000

/** What one page did to accounts of its own, which nobody else touches; null: deleted. */
type Own = Map<string, { label: string; trashed: boolean } | null>

/** What all pages do to one account at the same time. */
interface Shared {
  readonly id: string
  readonly codes: string[]
}

/**
 * Random operations from three pages at once (VLT-8). Each page reads what it has written, the counter that all of them
 * draw from gives no code twice, and at the end both copies of the vault hold exactly what was acknowledged.
 */
export async function raceFromThreePages(scene: Scene, times: number, below: Below): Promise<Tally> {
  const pages = [scene.own, await extraPage(scene, POPUP), await extraPage(scene, OPTIONS)]
  const counter = await addAccount(scene.own, { type: 'hotp', counter: 0, label: 'drawn', secret: randomSecret(below) })
  const shared: Shared = { id: counter.id, codes: [] }
  const lost: string[] = []
  const models = await Promise.all(
    pages.map((page, i) => playOn(page, `page ${i}`, Math.ceil(times / pages.length), below, shared, lost)),
  )
  const stores = await readStores(scene.own.page)
  for (const copy of [openDatabase(stores, scene.vaultKey), openMirror(stores, scene.vaultKey)]) {
    lost.push(...wrongIn(copy.entries, models, shared))
  }
  await Promise.all(pages.slice(1).map(({ page }) => page.close()))
  return { tried: times, lost }
}

async function extraPage({ stage }: Scene, path: string): Promise<OwnPage> {
  const page = await stage.openOwn(path)
  return { page, ask: askFrom(page) }
}

async function playOn(
  page: OwnPage,
  name: string,
  times: number,
  below: Below,
  shared: Shared,
  lost: string[],
): Promise<Own> {
  const own: Own = new Map()
  for (let i = 0; i < times; i++) {
    const move = moves[below(moves.length)]
    const problem = await inTime(move?.(page, own, below, `${name}, operation ${i}`, shared) ?? Promise.resolve(null))
    if (problem) lost.push(`${name}: ${problem}`)
  }
  return own
}

/** One operation; answers what is wrong with what came of it. */
type Move = (page: OwnPage, own: Own, below: Below, label: string, shared: Shared) => Promise<string | null>

const moves: readonly Move[] = [addOne, addOne, drawCode, drawCode, rename, rename, trash, restore, remove, look, look]

async function addOne(page: OwnPage, own: Own, below: Below, label: string): Promise<null> {
  const { id } = await addAccount(page, { label, secret: randomSecret(below) })
  own.set(id, { label, trashed: false })
  return null
}

async function drawCode({ ask }: OwnPage, _own: Own, _below: Below, _label: string, shared: Shared): Promise<null> {
  const { code } = await ask.nextCode(shared.id)
  shared.codes.push(code ?? '')
  return null
}

async function rename({ ask }: OwnPage, own: Own, below: Below, label: string): Promise<null> {
  const id = pick(own, below, false)
  if (id === null) return null
  await ask.changeEntry(id, { issuer: 'Example', label, sites: [] })
  own.set(id, { label, trashed: false })
  return null
}

async function trash({ ask }: OwnPage, own: Own, below: Below): Promise<null> {
  const id = pick(own, below, false)
  if (id === null) return null
  await ask.trashEntry(id)
  own.set(id, { label: own.get(id)?.label ?? '', trashed: true })
  return null
}

async function restore({ ask }: OwnPage, own: Own, below: Below): Promise<null> {
  const id = pick(own, below, true)
  if (id === null) return null
  await ask.restoreEntry(id)
  own.set(id, { label: own.get(id)?.label ?? '', trashed: false })
  return null
}

async function remove({ ask }: OwnPage, own: Own, below: Below): Promise<null> {
  const id = pick(own, below, true)
  if (id === null) return null
  await ask.deleteEntry(id)
  own.set(id, null)
  return null
}

async function look({ ask }: OwnPage, own: Own): Promise<string | null> {
  const found = new Map((await ask.entries()).map((entry) => [entry.id, entry]))
  const stale = [...own].filter(([id, model]) => {
    const entry = found.get(id)
    return model ? entry?.label !== model.label || (entry.trashedAt !== null) !== model.trashed : entry !== undefined
  })
  return stale.length > 0 ? `${stale.length} accounts are not as this page has left them` : null
}

/** One of the page's accounts that is, or is not, in the trash. */
function pick(own: Own, below: Below, trashed: boolean): string | null {
  const fitting = [...own].filter(([, model]) => model?.trashed === trashed)
  return fitting.length > 0 ? (fitting[below(fitting.length)]?.[0] ?? null) : null
}

async function inTime(work: Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => (timer = setTimeout(() => resolve('no answer'), ANSWER_MS)))
  const answered = work.catch((error: unknown) => `refused: ${String(error)}`)
  return Promise.race([answered, limit]).finally(() => clearTimeout(timer))
}

function wrongIn(entries: readonly StoredEntry[], models: readonly Own[], { id: drawn, codes }: Shared): string[] {
  const found = new Map(entries.map((entry) => [entry.id, entry]))
  const missing = models.flatMap((own) =>
    [...own].filter(([id, model]) => {
      const entry = found.get(id)
      return model
        ? entry?.label !== model.label || (entry.trashedAt !== undefined) !== model.trashed
        : entry !== undefined
    }),
  )
  return [
    ...missing.map(([id]) => `account ${id} is not as it was left`),
    ...(new Set(codes).size === codes.length ? [] : ['a code was given twice']),
    ...(found.get(drawn)?.counter === codes.length
      ? []
      : [`${codes.length} codes, counter ${found.get(drawn)?.counter}`]),
  ]
}

/** Reads while another page writes twelve accounts at a time: each answer has all of them or none (VLT-5). */
export async function readBesideWriter(scene: Scene, times: number, below: Below): Promise<Tally> {
  const reader = await extraPage(scene, OPTIONS)
  const drafts = rows(below)
  const size = drafts.length
  const pace = { reading: true }
  const writing = (async () => {
    while (pace.reading) {
      const { importedAt } = await scene.own.ask.importEntries(drafts)
      await scene.own.ask.undoImport(importedAt)
    }
  })()
  const torn = await countTornReads(reader, times, new Set(drafts.map(({ label }) => label)), size)
  pace.reading = false
  await writing
  await reader.page.close()
  return { tried: times, lost: torn }
}

async function countTornReads(
  { page }: OwnPage,
  times: number,
  labels: ReadonlySet<string>,
  size: number,
): Promise<string[]> {
  return page.evaluate(
    async (reads, names, whole) => {
      const torn: string[] = []
      const read = async (): Promise<void> => {
        const { value } = (await browser.runtime.sendMessage({ call: 'entries', args: [] })) as {
          value: readonly { label: string; trashedAt: number | null }[]
        }
        const ours = value.filter(({ label }) => names.includes(label))
        const inUse = ours.filter(({ trashedAt }) => trashedAt === null).length
        if (![0, whole].includes(ours.length) || ![0, whole].includes(inUse)) torn.push(`${inUse} of ${ours.length}`)
      }
      for (let done = 0; done < reads; done += 10)
        await Promise.all(Array.from({ length: Math.min(10, reads - done) }, read))
      return torn
    },
    times,
    [...labels],
    size,
  )
}
