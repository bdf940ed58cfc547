import { beforeEach, describe, expect, it } from 'vitest'
import { surelyOver } from '../../src/background/expiry'
import { settings } from '../../src/settings'

const DAY = 86_400_000
const NOW = 1_700_000_000_000

beforeEach(() => settings.seenOver.set({}))

describe('surelyOver', () => {
  it('names what was over a day ago, too', async () => {
    expect(await surelyOver('trash', ['a'], NOW)).toEqual([])
    expect(await surelyOver('trash', ['a', 'b'], NOW + DAY - 1)).toEqual([])
    expect(await surelyOver('trash', ['a', 'b'], NOW + DAY)).toEqual(['a'])
  })

  it('forgets a sighting once the thing is over no longer', async () => {
    await surelyOver('trash', ['a'], NOW)
    await surelyOver('trash', [], NOW - 5 * DAY)
    expect(await surelyOver('trash', ['a'], NOW + 2 * DAY)).toEqual([])
  })

  it('takes no sighting from ahead, and nothing that is none', async () => {
    await settings.seenOver.set({ 'trash a': NOW + DAY, 'trash b': 'long ago' })
    expect(await surelyOver('trash', ['a', 'b'], NOW)).toEqual([])
    expect(await settings.seenOver.get()).toEqual({ 'trash a': NOW, 'trash b': NOW })
  })

  it('keeps the kinds apart', async () => {
    await surelyOver('aside', ['1'], NOW)
    await surelyOver('trash', ['a'], NOW + 1)
    expect(await surelyOver('aside', ['1'], NOW + DAY)).toEqual(['1'])
  })
})
