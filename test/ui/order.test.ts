import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntryView } from '../../src/rpc/account-calls'
import { besides, inOrderOf, nearestPlace } from '../../src/ui/order'

const rows = (...names: readonly string[]): EntryView[] =>
  names.map((name) => ({ id: name.replace('*', ''), pinned: name.startsWith('*') }) as EntryView)

describe('moving one', () => {
  it.each([
    ['a', 'c', 'behind', 'bcad'],
    ['d', 'b', 'before', 'adbc'],
    ['b', 'b', 'before', 'abcd'],
    ['a', 'x', 'behind', 'abcd'],
  ] as const)('puts %s at %s, %s: %s', (id, neighbour, side, order) => {
    expect(besides([...'abcd'], id, neighbour, side).join('')).toBe(order)
  })

  it('loses and doubles none', () => {
    const ids = fc.uniqueArray(fc.string(), { minLength: 2 })
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), fc.constantFrom('before', 'behind'), (all, a, b, side) => {
        const moved = besides(all, all[a % all.length] ?? '', all[b % all.length] ?? '', side)
        expect(moved.toSorted()).toEqual(all.toSorted())
      }),
    )
  })

  it.each([
    ['b', 0, 1],
    ['b', 9, 2],
    ['*a', 2, 0],
  ])('of %s to place %i ends at %i, since the pinned stay above', (name, wanted, place) => {
    const all = rows('*a', 'b', 'c')
    const entry = all.find(({ id }) => id === name.replace('*', ''))
    expect(entry && nearestPlace(all, entry, wanted)).toBe(place)
  })
})

it('an order leaves those it does not name behind, as they stood', () => {
  expect(inOrderOf(rows('a', 'b', 'c', 'd'), ['d', 'b']).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c'])
})
