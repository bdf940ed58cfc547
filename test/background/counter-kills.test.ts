import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { addEntry, entryById, nextCode } from '../../src/background/entries'
import { codeAt } from '../../src/core/otp'
import { seeded } from '../support/seeded'
import { openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
/** `SOAK` multiplies them. */
const KILLS = 100 * Number(process.env['SOAK'] ?? 1)

beforeEach(openEmptyVault)
afterEach(() => vi.restoreAllMocks())

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

/** From the n-th call of either store on nothing happens any more. */
function killAfter(calls: number): void {
  let left = calls
  const guard = (owner: object, methods: readonly string[]): void => {
    for (const method of methods) {
      const original = Reflect.get(owner, method) as AnyFunction
      vi.spyOn(owner as Record<string, AnyFunction>, method).mockImplementation(function (this: unknown, ...args) {
        if (left-- > 0) return Reflect.apply(original, this, args)
        if (this instanceof IDBObjectStore) abort(this.transaction)
        const gone = new Error('the background is gone')
        if (owner === browser.storage.local) return Promise.reject(gone)
        throw gone
      })
    }
  }
  guard(IDBObjectStore.prototype, ['get', 'getAll', 'getAllKeys', 'put', 'delete'])
  guard(IDBDatabase.prototype, ['transaction'])
  guard(browser.storage.local, ['get', 'set', 'remove'])
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

describe('an HOTP counter', () => {
  it(
    `is never reused and skips one code at most, killed at ${KILLS} points (OTP-4)`,
    { timeout: 600_000 },
    async () => {
      const draft = { type: 'hotp', issuer: 'a', label: 'b', secret: 'JBSWY3DPEHPK3PXP', algorithm: 'SHA1' } as const
      const { id } = await addEntry({ ...draft, digits: 9, periodSeconds: 30, counter: 0, site: '' }, NOW)
      const entry = await entryById(id)
      const counters = new Map<string | null, number>()
      for (let counter = 0; counter <= 2 * KILLS; counter++)
        counters.set(codeAt({ ...entry, counter }, NOW).code, counter)
      const below = seeded(4)
      const shown: number[] = []
      let refused = 0
      const show = async (): Promise<void> => void shown.push(counters.get((await nextCode(id, NOW)).code) ?? NaN)
      for (let kill = 0; kill < KILLS; kill++) {
        killAfter(below(16))
        await show().catch(() => refused++)
        vi.restoreAllMocks()
        await show()
      }
      const steps = shown.map((counter, index) => counter - (shown[index - 1] ?? -1))
      expect({ reused: steps.filter((step) => !(step >= 1)), skipped: steps.filter((step) => step > 2) }).toEqual({
        reused: [],
        skipped: [],
      })
      // The kills hit before, within and after the write.
      expect(refused).toBeGreaterThan(KILLS / 10)
      expect(refused).toBeLessThan(KILLS)
    },
  )
})
