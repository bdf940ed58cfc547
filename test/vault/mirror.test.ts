import { beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import type { Stored } from '../../src/vault/db'
import { type Mirror, isMirrored, itemsOf, openMirror, sameItems, storedOf } from '../../src/vault/mirror'

const STORED: Stored = {
  header: { body: '{"format":1}', checksum: new Uint8Array([1, 2, 250]) },
  manifest: { generation: 7, sealed: new Uint8Array([0, 255]) },
  rows: new Map<number, unknown>([
    [0, { cells: [{ id: 'a', kind: 'entry', generation: 3, sealed: new Uint8Array(400).fill(9) }] }],
    [4, { cells: [] }],
  ]),
}

let mirror: Mirror

beforeEach(async () => {
  vi.restoreAllMocks()
  await browser.storage.local.clear()
  mirror = openMirror('test')
})

describe('itemsOf and storedOf', () => {
  it('are inverse', () => {
    expect(storedOf(itemsOf(STORED))).toEqual(STORED)
    expect(sameItems(itemsOf(STORED), itemsOf(structuredClone(STORED)))).toBe(true)
  })

  it('take what cannot be read for missing', () => {
    const items = new Map([...itemsOf(STORED), ['row 0', '{"cells":['], ['header', '{"body":"{}","checksum":"!"}']])
    expect(storedOf(items)).toMatchObject({
      header: { checksum: null },
      rows: new Map([
        [0, undefined],
        [4, { cells: [] }],
      ]),
    })
  })

  it('tell every difference', () => {
    const items = itemsOf(STORED)
    for (const name of items.keys()) {
      expect(sameItems(items, new Map([...items].filter(([other]) => other !== name)))).toBe(false)
      expect(sameItems(items, new Map([...items, [name, `${items.get(name)} `]]))).toBe(false)
    }
    expect(sameItems(items, new Map([...items, ['row 9', '']]))).toBe(false)
  })
})

describe('isMirrored', () => {
  it('knows every item of every vault, and no setting', async () => {
    await mirror.replace(STORED)
    const names = Object.keys(await browser.storage.local.get(null))
    expect(names.length).toBeGreaterThan(1)
    expect(names.every(isMirrored)).toBe(true)
    expect(['theme', 'vaultGuesses', 'hintedSites'].some(isMirrored)).toBe(false)
  })
})

describe('the mirror', () => {
  it('is null without a trace, and empty with nothing but its sentinel (VLT-4)', async () => {
    expect(await mirror.read()).toBeNull()
    await openMirror('test 2').replace(STORED)
    expect(await mirror.read()).toBeNull()
    await browser.storage.local.set({ 'vault test: sentinel': { generation: 1 } })
    expect(await mirror.read()).toEqual(new Map())
  })

  it('holds what it was given, as text alone', async () => {
    await mirror.replace(STORED)
    expect(storedOf((await mirror.read())!)).toEqual(STORED)
    const { 'vault test: sentinel': sentinel, ...texts } = await browser.storage.local.get(null)
    expect(sentinel).toEqual({ generation: 7 })
    expect(Object.values(texts).every((text) => typeof text === 'string')).toBe(true)
  })

  it('applies a write to the state it was made from, and to no other (VLT-8)', async () => {
    await mirror.replace(STORED)
    const changes = { manifest: { generation: 8 }, rows: new Map([[1, { cells: [1] }]]), emptied: [4] }
    expect(await mirror.write(6, changes)).toBe(false)
    expect(storedOf((await mirror.read())!)).toEqual(STORED)
    expect(await mirror.write(7, changes)).toBe(true)
    const after = storedOf((await mirror.read())!)
    expect(after).toMatchObject({ header: STORED.header, manifest: { generation: 8 } })
    expect([...after.rows.keys()].sort()).toEqual([0, 1])
    expect(Object.keys(await browser.storage.local.get(null))).toHaveLength(5)
  })

  it('puts the new in place with one call, before anything old goes', async () => {
    await mirror.replace(STORED)
    const calls: string[] = []
    for (const method of ['set', 'remove', 'clear'] as const) {
      const original = browser.storage.local[method].bind(browser.storage.local) as (
        ...args: unknown[]
      ) => Promise<void>
      vi.spyOn(browser.storage.local, method).mockImplementation(async (...args: unknown[]) => {
        calls.push(method)
        return original(...args)
      })
    }
    await mirror.replace({ ...STORED, rows: new Map() })
    expect(calls).toEqual(['set', 'remove'])
  })

  it('does not take a store that only says that it wrote for written (BND-1)', async () => {
    vi.spyOn(browser.storage.local, 'set').mockResolvedValue(undefined)
    await expect(mirror.replace(STORED)).rejects.toThrow('vault/storage-failed')
  })

  it.each([
    ['QUOTA_BYTES quota exceeded', 'vault/storage-full'],
    ['IO error: CURRENT', 'vault/storage-failed'],
  ])('says of "%s": %s (VLT-9)', async (message, code) => {
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error(message))
    await expect(mirror.replace(STORED)).rejects.toThrow(code)
  })
})
