import type { Page } from 'puppeteer-core'
import { type Copy, type StoredContents, decryptCopy, fromMirror } from '../vault/decrypt.mjs'

/** Both copies as they lie in the browser, sealed, and the key while there is one in memory. */
export interface RawStores {
  database: Copy
  mirror: Readonly<Record<string, string>>
  vaultKey: string | null
}

/** Reads the stores from one of our own pages, past the product. */
export function readStores(page: Page): Promise<RawStores> {
  return page.evaluate(async () => {
    const ended = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
      })
    const plain = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (_name, member: unknown) =>
          member instanceof Uint8Array ? btoa(String.fromCharCode(...member)) : member,
        ),
      )
    const db = await ended(indexedDB.open('latchkey'))
    const tx = db.transaction(['head', 'rows'])
    const [head, rows] = [tx.objectStore('head'), tx.objectStore('rows')]
    const [header, manifest, keys, values] = await Promise.all([
      ended(head.get('header')),
      ended(head.get('manifest')),
      ended(rows.getAllKeys()),
      ended(rows.getAll()),
    ])
    db.close()
    const prefix = 'vault latchkey: '
    const items = Object.entries(await browser.storage.local.get()).filter(([name]) => name.startsWith(prefix))
    const { vaultKey } = await browser.storage.session.get('vaultKey')
    return {
      database: plain({ header, manifest, rows: keys.map((key, i) => [key, values[i]]) }) as Copy,
      mirror: Object.fromEntries(items.map(([name, value]) => [name.slice(prefix.length), String(value)])),
      vaultKey: typeof vaultKey === 'string' ? vaultKey : null,
    }
  })
}

/** What the database holds, opened without any code of the product. Throws where anything of it does not open. */
export function openDatabase({ database }: RawStores, vaultKey: Buffer): StoredContents {
  return decryptCopy(database, vaultKey)
}

/** The same of the mirror. */
export function openMirror({ mirror }: RawStores, vaultKey: Buffer): StoredContents {
  return decryptCopy(fromMirror(mirror), vaultKey)
}
