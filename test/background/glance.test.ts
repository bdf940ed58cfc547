import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as entries from '../../src/background/entries'
import { glance } from '../../src/background/glance'
import { lock } from '../../src/background/vault/autolock'
import { vault, vaultKey } from '../../src/background/vault/unlocked'
import type { Entry } from '../../src/core/entry'
import { settings } from '../../src/settings'
import browser from '../support/fake-browser'
import { dump, newEntry, restore } from '../vault/support'
import { openEmptyVault, reopenVault } from './open-vault'

// What a glance finds open stays open for a while from then on.
const NOW = Date.now()

beforeEach(async () => {
  await openEmptyVault()
  await settings.firstShown.set(null)
  inFront()
})

/** The tab in front, as far as the browser lets us know. */
function inFront(url?: string): void {
  Object.assign(browser.tabs, { query: async () => [{ id: 7, ...(url === undefined ? {} : { url }) }] })
}

async function store(count: number, parts: (place: number) => Partial<Entry> = () => ({})): Promise<Entry[]> {
  const made = Array.from({ length: count }, (_, place) =>
    newEntry({ label: `account ${place}`, sites: [], ...parts(place) }, place),
  )
  await vault.change(await vaultKey(), () => ({ entries: made }))
  return made
}

/** A bit of the account's record turns over, and the second copy is gone. */
async function damage(id: string | undefined): Promise<void> {
  const stored = await dump('latchkey')
  const cells = [...stored.rows.values()].flatMap((row) => (row as { cells?: Cell[] }).cells ?? [])
  for (const { sealed } of cells.filter((cell) => cell.id === id)) sealed[20] = (sealed[20] ?? 0) ^ 1
  await restore('latchkey', stored)
  const copies = Object.keys(await browser.storage.local.get(null)).filter((name) => name.startsWith('vault '))
  await browser.storage.local.remove(copies)
}

interface Cell {
  id: string
  sealed: Uint8Array
}

const labels = (views: readonly { label: string }[]) => views.map(({ label }) => label)

describe('a glance', () => {
  it('shows a small vault as a whole, with the codes of its first rows, and nothing secret (MEM-3)', async () => {
    const made = await store(40)
    const seen = await glance(NOW)
    expect(seen).toMatchObject({ status: 'unlocked', whole: true, damaged: 0, page: null })
    expect(seen.entries).toEqual(made.map(entries.viewOf))
    expect(seen.codes).toEqual(
      await entries.codes(
        made.slice(0, 24).map(({ id }) => id),
        NOW,
      ),
    )
    expect(JSON.stringify(seen)).not.toMatch(/"secret"|"pin"|"recoveryCode"/)
  })

  it('shows of a large one what stands at the top of the list, pinned accounts first, none from the trash', async () => {
    const made = await store(200, (place) => ({
      ...(place === 180 ? { favourite: true } : {}),
      ...(place === 0 ? { trashedAt: NOW } : {}),
    }))
    const expected = [made[180], ...made.slice(1, 24)].map((entry) => entry?.label)
    for (const how of ['read as a whole', 'remembered'] as const) {
      const seen = await glance(NOW)
      expect(seen, how).toMatchObject({ status: 'unlocked', whole: false, damaged: 0 })
      expect(labels(seen.entries).toSorted(), how).toEqual(expected.toSorted())
      expect(seen.codes, how).toHaveLength(24)
      expect(await settings.firstShown.get()).not.toBeNull()
    }
  })

  it('brings the accounts of the page in front, wherever they stand', async () => {
    await store(200, (place) => (place === 190 ? { sites: ['https://heron.example'] } : {}))
    inFront('https://heron.example/login?x=1')
    for (const how of ['read as a whole', 'remembered']) {
      const seen = await glance(NOW)
      const own = seen.entries.find(({ label }) => label === 'account 190')
      expect(seen.page, how).toMatchObject({ origin: 'https://heron.example', hasCodeField: false, matches: [own?.id] })
      expect(seen.codes.map(({ id }) => id)).toContain(own?.id)
    }
    inFront('https://heron.example.evil.example/')
    expect((await glance(NOW)).page).toBeNull()
  })

  it('brings the flows left open and every tag of a large one, wherever they stand', async () => {
    await store(200, (place) => ({
      ...(place === 150
        ? { binding: { serverId: 's', account: 'bob', userId: 'u', phase: 'confirming' as const } }
        : {}),
      ...(place > 100 ? { groups: ['work', `tag ${place % 2}`] } : {}),
      ...(place === 199 ? { trashedAt: NOW, groups: ['gone'] } : {}),
    }))
    for (const how of ['read as a whole', 'remembered']) {
      const seen = await glance(NOW)
      expect(labels(seen.entries), how).toContain('account 150')
      expect(seen.entries, how).toHaveLength(25)
      expect(seen.tags.toSorted(), how).toEqual(['tag 0', 'tag 1', 'work'])
    }
  })

  it('never goes by what it remembers of another generation', async () => {
    const made = await store(200)
    await glance(NOW)
    const before = await settings.firstShown.get()
    await vault.change(await vaultKey(), () => ({ entries: [{ ...(made[199] ?? newEntry()), favourite: true }] }))
    await settings.firstShown.set(before)
    expect(labels((await glance(NOW)).entries)).toContain('account 199')
  })

  it('remembers nothing that can be read without the key, and nothing after the lock (MEM-1, KEY-8)', async () => {
    await store(200, () => ({ sites: ['https://heron.example'] }))
    await glance(NOW)
    expect(JSON.stringify(await settings.firstShown.get())).not.toMatch(/heron|account/)
    await lock()
    expect(await settings.firstShown.get()).toBeNull()
    expect(await glance(NOW)).toEqual({
      status: 'locked',
      entries: [],
      codes: [],
      page: null,
      whole: true,
      tags: [],
      damaged: 0,
    })
    await reopenVault()
  })

  it.each([40, 200])('shows nothing of %i accounts where somebody locks while it looks (KEY-8)', async (count) => {
    await store(count)
    await glance(NOW)
    Object.assign(browser.tabs, { query: () => lock().then(() => []) })
    expect(await glance(NOW)).toMatchObject({ status: 'locked', entries: [], codes: [] })
    await reopenVault()
  })

  it('tells of damage that came without a write, once all was read again (VLT-2)', async () => {
    const made = await store(200)
    await glance(NOW)
    await vi.waitFor(async () => expect(await settings.firstShown.get()).not.toBeNull())
    await damage(made[190]?.id)
    expect((await vault.read(await vaultKey())).damaged).toHaveLength(1)
    await vi.waitFor(async () => expect(await glance(NOW)).toMatchObject({ whole: false, damaged: 1 }))
  })

  it('asks for codes of single accounts without a look at the others', async () => {
    const made = await store(100, (place) => (place === 5 ? { trashedAt: NOW } : {}))
    const [one, trashed] = [made[7]?.id ?? '', made[5]?.id ?? '']
    expect((await entries.codes([one, trashed, 'nobody'], NOW)).map(({ id }) => id)).toEqual([one])
  })
})
