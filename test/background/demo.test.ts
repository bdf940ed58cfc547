import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { demo, endDemo, signInToDemo, startDemo } from '../../src/background/demo'
import { allEntries } from '../../src/background/entries'
import { lock } from '../../src/background/vault/autolock'
import { DEMO_KINDS, settings } from '../../src/settings'
import { openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000

beforeEach(openEmptyVault)

describe('the demo account', () => {
  it.each([
    ['mail', /^\d{6}$/],
    ['bank', /^\d{8}$/],
    ['games', /^[2-9B-Z]{5}$/],
  ] as const)('%s has codes of its own kind, each for one time step', async (kind, looks) => {
    const begun = await startDemo(kind, NOW)
    expect(begun).toMatchObject({ kind, validFrom: 1_700_000_010_000, validUntil: 1_700_000_040_000 })
    expect(begun.code).toMatch(looks)
    expect(await demo(NOW + 29_999)).toEqual(begun)
    expect((await demo(NOW + 30_000))?.code).not.toBe(begun.code)
  })

  it('is another one each time, and answers a page no secret', async () => {
    const codes = new Set<string>()
    for (let time = 0; time < 5; time++) codes.add((await startDemo('bank', NOW)).code)
    expect(codes.size).toBeGreaterThan(1)
    expect(Object.keys(await startDemo('mail', NOW)).toSorted()).toEqual(['code', 'kind', 'validFrom', 'validUntil'])
  })

  it('is taken by its site for the step of the code and the next, and no longer', async () => {
    const { code } = await startDemo('mail', NOW)
    const taken = await Promise.all([0, 29_999, 30_000, 59_999, 60_000].map((ms) => signInToDemo(code, NOW + ms)))
    expect(taken).toEqual([true, true, true, true, false])
    expect(await signInToDemo(` ${code} `, NOW)).toBe(true)
    expect(await signInToDemo('', NOW)).toBe(false)
  })

  it('leaves nothing behind, and was never in the vault', async () => {
    await endDemo()
    const before = await everythingStored()
    for (const kind of DEMO_KINDS) await startDemo(kind, NOW)
    await settings.tourStep.set(2)
    expect(await allEntries()).toEqual([])
    expect((await everythingStored()).local).toEqual(before.local)
    await endDemo()
    expect(await everythingStored()).toEqual(before)
    expect(await demo(NOW)).toBeNull()
    expect(await signInToDemo('481902', NOW)).toBe(false)
  })

  it('goes with the lock, and needs the open vault (KEY-8)', async () => {
    await startDemo('mail', NOW)
    await lock()
    expect(await demo(NOW)).toBeNull()
    await expect(startDemo('mail', NOW)).rejects.toMatchObject({ code: 'vault/locked' })
  })
})

async function everythingStored(): Promise<{ local: object; session: object }> {
  return { local: await browser.storage.local.get(), session: await browser.storage.session.get() }
}
