import { vi } from 'vitest'
import browser from 'webextension-polyfill'

class Killed extends Error {}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

/** The worker dies at the n-th call of either store: that call and all after it never happen. Answers how many there were. */
export function killAt(n: number): () => number {
  let calls = 0
  let dead = false
  const guard = (owner: object, method: string, die: () => unknown): void => {
    const original = Reflect.get(owner, method) as AnyFunction
    vi.spyOn(owner as Record<string, AnyFunction>, method).mockImplementation(function (this: unknown, ...args) {
      if (args[1] !== 'versionchange' && ++calls >= n) dead = true
      if (!dead) return Reflect.apply(original, this, args)
      if (this instanceof IDBObjectStore) abort(this.transaction)
      return die()
    })
  }
  const fail = (): never => {
    throw new Killed()
  }
  for (const method of ['get', 'getAll', 'getAllKeys', 'count', 'put', 'delete', 'clear'])
    guard(IDBObjectStore.prototype, method, fail)
  guard(IDBDatabase.prototype, 'transaction', fail)
  for (const method of ['get', 'set', 'remove']) guard(browser.storage.local, method, async () => fail())
  return () => calls
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort()
  } catch {
    // It is over already.
  }
}
