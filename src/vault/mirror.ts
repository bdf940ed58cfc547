import browser from 'webextension-polyfill'

import { base64ToBytes, bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import { type Changes, type Stored, generationOf } from './db'

/**
 * The second copy of the vault: the very same sealed bytes as in the database, as text in the extension's storage (VLT-3).
 * `header`, `manifest` and `row 0`, `row 1` … each name one text.
 */
export type Items = ReadonlyMap<string, string>

/** Every failure is `vault/storage-full` or `vault/storage-failed`. */
export interface Mirror {
  /** Null when nothing of this vault is there, not even the sentinel, which says that there is a vault (VLT-4). */
  read(): Promise<Items | null>
  /** Applies a write to the copy of generation `base`; false, and nothing done, where the mirror is another one. */
  write(base: number, changes: Changes): Promise<boolean>
  /** Makes the mirror hold exactly this. What it held before goes only after the new is there (trap: never clear, then set). */
  replace(stored: Stored): Promise<void>
  /** Takes every trace of the vault away. */
  clear(): Promise<void>
}

/** Holds the copy's generation in clear. Trusted for nothing but whether a vault exists and whether a small write will do. */
const SENTINEL = 'sentinel'
const BEGINNING = 'vault '
/** A row without records, until the item itself is gone: one call then puts all of a write in place, or nothing. */
const EMPTY = ''

/** Whether an item of `storage.local` is part of a vault's copy: what changes it has changed the vault. */
export function isMirrored(name: string): boolean {
  return name.startsWith(BEGINNING)
}

export function openMirror(databaseName: string): Mirror {
  const prefix = `${BEGINNING}${databaseName}: `
  return {
    read: () => quietly(() => readItems(prefix)),
    write: (base, changes) =>
      quietly(async () => {
        const name = prefix + SENTINEL
        const { [name]: sentinel } = await browser.storage.local.get(name)
        if (generationOf(sentinel) !== base) return false
        const emptied = (changes.emptied ?? []).map((row) => [rowName(row), EMPTY] as const)
        await put(prefix, new Map([...itemsOf(changes), ...emptied]), generationOf(changes.manifest))
        return true
      }),
    replace: (stored) =>
      quietly(async () => {
        const items = itemsOf(stored)
        const before = (await readItems(prefix)) ?? new Map<string, string>()
        const gone = [...before.keys()].filter((name) => !items.has(name)).map((name) => [name, EMPTY] as const)
        await put(prefix, new Map([...items, ...gone]), generationOf(stored.manifest))
      }),
    clear: () =>
      quietly(async () => {
        const names = Object.keys(await browser.storage.local.get(null)).filter((name) => name.startsWith(prefix))
        await browser.storage.local.remove(names)
      }),
  }
}

/** As it lies in the mirror: JSON, byte arrays in Base64. */
export function itemsOf({ header, manifest, rows }: Pick<Changes, 'header' | 'manifest' | 'rows'>): Items {
  const items = new Map<string, string>()
  if (header !== undefined) items.set('header', toText(header))
  if (manifest !== undefined) items.set('manifest', toText(manifest))
  for (const [row, value] of rows) items.set(rowName(row), toText(value))
  return items
}

/** As it lies in the database. What cannot be read is missing there. */
export function storedOf(items: Items): Stored {
  const rows = [...items].flatMap(([name, text]) => {
    const row = /^row (\d+)$/.exec(name)?.[1]
    return row === undefined ? [] : [[Number(row), fromText(text)] as const]
  })
  return { header: fromText(items.get('header')), manifest: fromText(items.get('manifest')), rows: new Map(rows) }
}

/** Whether two copies are the same to the last bit. */
export function sameItems(a: Items, b: Items): boolean {
  return a.size === b.size && [...a].every(([name, text]) => b.get(name) === text)
}

async function readItems(prefix: string): Promise<Items | null> {
  const found = Object.entries(await browser.storage.local.get(null)).filter(([name]) => name.startsWith(prefix))
  if (found.length === 0) return null
  const texts = found.map(([name, value]) => [name.slice(prefix.length), value] as const)
  return new Map(texts.filter((item): item is [string, string] => typeof item[1] === 'string' && item[1] !== EMPTY))
}

/** Resolves when the texts are read back as they were written (BND-1). */
async function put(prefix: string, items: Items, generation: unknown): Promise<void> {
  const named = Object.fromEntries([...items].map(([name, text]) => [prefix + name, text]))
  await browser.storage.local.set({ ...named, [prefix + SENTINEL]: { generation } })
  const found = await browser.storage.local.get(Object.keys(named))
  if (Object.entries(named).some(([name, text]) => found[name] !== text)) throw new AppError('vault/storage-failed')
  const gone = Object.keys(named).filter((name) => named[name] === EMPTY)
  if (gone.length > 0) await browser.storage.local.remove(gone)
}

/** The name of a row's item. */
export function rowName(row: number): string {
  return `row ${row}`
}

/** JSON with byte arrays in Base64: how a value of the database lies in the mirror, in a raw export and in fixtures. */
export function toText(value: unknown): string {
  return JSON.stringify(withTexts(value))
}

/** A replacer would be called for every member of every cell; this looks where byte arrays can be. */
function withTexts(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesToBase64(value)
  if (Array.isArray(value)) return value.map(withTexts)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const name in value) copy[name] = withTexts((value as Record<string, unknown>)[name])
  return copy
}

function fromText(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text, (name, member: unknown) =>
      (name === 'sealed' || name === 'checksum') && typeof member === 'string' ? base64ToBytes(member) : member,
    ) as unknown
  } catch {
    // Damage; the other copy may still have it.
    return undefined
  }
}

async function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    const full = /quota/i.test(String(error))
    throw new AppError(full ? 'vault/storage-full' : 'vault/storage-failed', {}, { cause: error })
  }
}
