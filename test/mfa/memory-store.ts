import type { Entry } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import type { BindingStore } from '../../src/mfa/store'

/** How a store may break: at its n-th operation (from 0), in one of these ways. */
export interface Breakage {
  at: number
  way:
    | 'fails-before-writing'
    | 'fails-after-writing'
    | 'loses-the-write'
    | 'garbles-what-it-reads'
    | 'forgets-recovery-code'
}

/** A store in memory that does what the vault promises, and breaks on request. */
export interface MemoryStore extends BindingStore {
  entries: Map<string, Entry>
  /** The one entry, where there is one. */
  only: () => Entry
  breakage: Breakage | null
  /** Every operation and, pushed by others, every request, in their order. */
  effects: string[]
}

/** Makes one that holds these. */
export function memoryStore(held: readonly Entry[] = []): MemoryStore {
  const entries = new Map(held.map((entry) => [entry.id, structuredClone(entry)]))
  let operations = 0
  let nextId = 1 + held.length
  let last: Promise<unknown> = Promise.resolve()
  const store: MemoryStore = {
    entries,
    breakage: null,
    effects: [],
    only: () => [...entries.values()][0] ?? missing(),
    read: async (id) => {
      store.effects.push('read')
      // A sealed record that is not what was written does not open (VLT-1).
      if (store.breakage?.at === operations++) throw new AppError('vault/record-damaged')
      return structuredClone(entries.get(id) ?? missing())
    },
    add: async (entry) => {
      const id = `e${nextId++}`
      return write({ ...entry, id, createdAt: 0 }, operations++)
    },
    change: (id, edit) => {
      // One after the other, as the vault does it under its lock.
      const change = last.then(() => write(edit(structuredClone(entries.get(id) ?? missing())), operations++))
      last = change.catch(() => undefined)
      return change
    },
  }
  const broken = (operation: number, way: Breakage['way']): boolean =>
    store.breakage?.at === operation && store.breakage.way === way
  const write = async (entry: Entry, operation: number): Promise<Entry> => {
    store.effects.push(`write ${entry.binding?.phase ?? ''}`)
    await turn()
    if (broken(operation, 'fails-before-writing')) throw new AppError('vault/storage-full')
    if (broken(operation, 'loses-the-write') && !entries.has(entry.id)) throw new AppError('vault/storage-failed')
    if (!broken(operation, 'loses-the-write')) entries.set(entry.id, structuredClone(entry))
    await turn()
    if (broken(operation, 'fails-after-writing')) throw new AppError('vault/storage-failed')
    return take(entry.id, operation)
  }
  const take = (id: string, operation: number): Entry => {
    const entry = structuredClone(entries.get(id) ?? missing())
    if (broken(operation, 'garbles-what-it-reads')) entry.secret = entry.secret.map((byte) => byte ^ 1)
    if (broken(operation, 'forgets-recovery-code')) delete entry.recoveryCode
    return entry
  }
  return store
}

function missing(): never {
  throw new AppError('vault/entry-missing')
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
