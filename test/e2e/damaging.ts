import type { Page } from 'puppeteer-core'

/** What can be damaged in both copies of the vault at once: the manifest, the header, or the record of this id. */
export type Part = 'manifest' | 'header' | { record: string }

/** Turns over a bit in both copies, as a failing disk would; from a page of ours. */
export async function damage(page: Page, part: Part): Promise<void> {
  await page.evaluate(
    async (head, recordId) => {
      const ended = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
        })
      const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
      const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte))
      const swap = async (before: Uint8Array, after: Uint8Array) => {
        const items = Object.entries(await browser.storage.local.get()) as [string, string][]
        const held = items.filter(([name, item]) => name.startsWith('vault ') && typeof item === 'string')
        const changed = held.map(([name, text]) => [name, text.replaceAll(base64(before), base64(after))])
        await browser.storage.local.set(Object.fromEntries(changed))
      }
      const db = await ended(indexedDB.open('latchkey'))
      const tx = db.transaction(['head', 'rows'], 'readwrite')
      const [heads, rows] = [tx.objectStore('head'), tx.objectStore('rows')]
      const swaps: [Uint8Array, Uint8Array][] = []
      if (head !== null) {
        const name = head === 'header' ? 'checksum' : 'sealed'
        const value = (await ended(heads.get(head))) as Record<string, Uint8Array>
        const before = value[name] ?? new Uint8Array()
        value[name] = flipped(before)
        swaps.push([before, value[name]])
        await ended(heads.put(value, head))
      }
      const [keys, values] = await Promise.all([ended(rows.getAllKeys()), ended(rows.getAll())])
      for (const [i, row] of values.entries()) {
        const cell = (row as { cells: { id: string; sealed: Uint8Array }[] }).cells.find(({ id }) => id === recordId)
        if (!cell) continue
        const before = cell.sealed
        cell.sealed = flipped(before)
        swaps.push([before, cell.sealed])
        await ended(rows.put(row, keys[i] ?? 0))
      }
      db.close()
      for (const [before, after] of swaps) await swap(before, after)
    },
    typeof part === 'string' ? part : null,
    typeof part === 'string' ? null : part.record,
  )
}

/** Everything of the vault in both stores, to the last bit. */
export async function traces(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const ended = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
      })
    const db = await ended(indexedDB.open('latchkey'))
    const names = [...db.objectStoreNames]
    const tx = db.transaction(names)
    const stores = names.map(async (name) => {
      const store = tx.objectStore(name)
      return [name, await ended(store.getAllKeys()), await ended(store.getAll())]
    })
    const database = await Promise.all(stores)
    db.close()
    const items = Object.entries(await browser.storage.local.get()).filter(([name]) => name.startsWith('vault '))
    const plain = (_name: string, value: unknown) => (value instanceof Uint8Array ? [...value] : value)
    return JSON.stringify({ database, items: items.toSorted() }, plain)
  })
}
