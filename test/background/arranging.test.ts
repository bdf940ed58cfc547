import { beforeEach, describe, expect, it } from 'vitest'
import {
  TRASH_MS,
  entriesToShow,
  orderEntries,
  pinEntries,
  restoreEntries,
  tagEntries,
  trashEntries,
} from '../../src/background/arranging'
import * as entries from '../../src/background/entries'
import { encodeBase32 } from '../../src/core/base32'
import type { BindingPhase } from '../../src/core/entry'
import { openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
const DAY = 86_400_000

beforeEach(openEmptyVault)

async function add(name: string, phase?: BindingPhase): Promise<string> {
  const secret = encodeBase32(new TextEncoder().encode(`${name} `.repeat(20)).slice(0, 20))
  const parameters = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  const { id } = await entries.addEntry({ ...parameters, issuer: name, label: 'bob', secret, site: '' }, NOW)
  const binding = phase && { serverId: 's', account: 'bob', userId: 'bob', phase }
  if (binding) await entries.changeEntry(id, (entry) => ({ ...entry, binding }))
  return id
}

const names = async (): Promise<readonly string[]> => (await entries.liveEntries()).map(({ issuer }) => issuer)

describe('several accounts at once', () => {
  it('are pinned and let go again', async () => {
    const ids = [await add('Avocet'), await add('Bittern'), await add('Curlew')]
    await pinEntries(ids.slice(0, 2), true)
    expect((await entries.allEntries()).map((entry) => entries.viewOf(entry).pinned)).toEqual([true, true, false])
    await pinEntries(ids.slice(0, 1), false)
    expect(await entries.entryById(ids[0] ?? '')).not.toHaveProperty('favourite')
  })

  it('take a tag beside those they have, and lose only that one', async () => {
    const ids = [await add('Avocet'), await add('Bittern')]
    await tagEntries(ids.slice(0, 1), 'home', true)
    await tagEntries(ids, 'work', true)
    expect((await entries.allEntries()).map(({ groups }) => groups)).toEqual([['home', 'work'], ['work']])
    await tagEntries(ids, 'work', false)
    expect((await entries.allEntries()).map((entry) => entries.viewOf(entry).tags)).toEqual([['home'], []])
    expect(await entries.entryById(ids[1] ?? '')).not.toHaveProperty('groups')
  })

  it('get a new order; those not named follow behind', async () => {
    const [a = '', _b, c = ''] = [await add('Avocet'), await add('Bittern'), await add('Curlew')]
    await orderEntries([c, a])
    expect(await names()).toEqual(['Curlew', 'Avocet', 'Bittern'])
  })

  it('go to the trash and come back, in their old places', async () => {
    const ids = [await add('Avocet'), await add('Bittern'), await add('Curlew')]
    expect(await trashEntries(ids.slice(0, 2), NOW)).toEqual(ids.slice(0, 2))
    expect(await names()).toEqual(['Curlew'])
    await restoreEntries(ids)
    expect(await names()).toEqual(['Avocet', 'Bittern', 'Curlew'])
  })

  it('stay where an MFA server still asks for their codes, and the others go (BND-7)', async () => {
    const ids = [await add('Avocet', 'bound'), await add('Bittern'), await add('Curlew', 'unbound')]
    expect(await trashEntries([...ids, 'gone'], NOW)).toEqual(ids.slice(1))
    expect(await names()).toEqual(['Avocet'])
  })
})

describe('the trash', () => {
  const shown = async (now: number): Promise<readonly string[]> =>
    (await entriesToShow(now)).map(({ issuer }) => issuer)

  it('lets go of what lay there for 30 days, and of nothing else', async () => {
    const ids = [await add('Avocet'), await add('Bittern'), await add('Curlew')]
    await trashEntries(ids.slice(0, 1), NOW)
    await trashEntries(ids.slice(1, 2), NOW + 1)
    const later = NOW + TRASH_MS
    expect(await shown(later)).toEqual(['Avocet', 'Bittern', 'Curlew'])
    expect(await shown(later + 1)).toEqual(['Avocet', 'Bittern', 'Curlew'])
    expect(await shown(later + DAY)).toEqual(['Avocet', 'Bittern', 'Curlew'])
    expect(await shown(later + 1 + DAY)).toEqual(['Bittern', 'Curlew'])
    expect(await entries.allEntries()).toHaveLength(2)
  })

  it('believes no clock that was ahead for less than a day (VLT-7)', async () => {
    await trashEntries([await add('Avocet')], NOW)
    expect(await shown(NOW + 900 * DAY)).toEqual(['Avocet'])
    expect(await shown(NOW + 900 * DAY + DAY - 1)).toEqual(['Avocet'])
    expect(await shown(NOW + DAY)).toEqual(['Avocet'])
    expect(await shown(NOW + 901 * DAY)).toEqual(['Avocet'])
  })

  it('lets go of no pending secret before another one of that user is bound (BND-5)', async () => {
    const id = await add('Avocet', 'associated')
    await trashEntries([id], NOW)
    for (const days of [40, 42]) expect(await shown(NOW + days * DAY)).toEqual(['Avocet'])
    await add('Bittern', 'bound')
    for (const days of [44, 46]) await shown(NOW + days * DAY)
    expect(await names()).toEqual(['Bittern'])
    expect(await entries.allEntries()).toHaveLength(1)
  })

  it('never lets go of what a server still asks for (BND-7)', async () => {
    const id = await add('Avocet', 'bound')
    await entries.changeEntry(id, (entry) => ({ ...entry, trashedAt: 1 }))
    for (const now of [NOW, NOW + 2 * DAY]) expect(await entriesToShow(now)).toHaveLength(1)
  })
})
