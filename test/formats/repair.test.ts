import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ENTRY_DEFAULTS } from '../../src/core/entry'
import { type SourcedRow, repairsOf } from '../../src/formats/repair'
import { cpuTime } from './cpu-time'

const flat: SourcedRow = { type: 'totp', ...ENTRY_DEFAULTS.totp, secret: 'A', fileName: 'extension.json' }
const row = (more: Partial<SourcedRow>, fileName = 'aegis.json'): SourcedRow => ({ ...flat, fileName, ...more })
const hotp = (counter: number, fileName: string): SourcedRow => row({ type: 'hotp', counter }, fileName)

describe('repairsOf', () => {
  it.each<[string, Partial<SourcedRow>]>([
    ['another algorithm', { algorithm: 'SHA512' }],
    ['a period', { periodSeconds: 60 }],
    ['digits', { digits: 8 }],
    ['all of them', { algorithm: 'SHA256', periodSeconds: 15, digits: 7 }],
    ['a counter', { type: 'hotp', counter: 9 }],
    ['Steam', { type: 'steam', digits: 5 }],
  ])('finds %s that one file has lost in the other (INP-9)', (_, better) => {
    const found = [
      { kind: 'worse', fileName: 'aegis.json' },
      { kind: 'better', fileName: 'extension.json' },
    ]
    expect(repairsOf([flat, row(better)])).toEqual(found)
    expect(repairsOf([row(better), flat])).toEqual(found.toReversed())
  })

  it('finds a counter that was set to 0', () => {
    expect(repairsOf([hotp(0, 'a'), hotp(7, 'b')])).toEqual([
      { kind: 'worse', fileName: 'b' },
      { kind: 'better', fileName: 'a' },
    ])
  })

  it.each<[string, readonly SourcedRow[]]>([
    ['one file alone', [flat, row({ digits: 8 }, flat.fileName)]],
    ['other secrets', [flat, row({ secret: 'B', digits: 8 })]],
    ['files that agree', [flat, row({})]],
    ['digits that are no default', [row({ digits: 7 }, 'a'), row({ digits: 8, algorithm: 'SHA256' })]],
    ['a period that is no default', [row({ periodSeconds: 60 }, 'a'), row({ periodSeconds: 90 })]],
    ['counters that both count', [hotp(3, 'a'), hotp(7, 'b')]],
    ['two that know better, each otherwise', [flat, row({ digits: 8 }, 'b'), row({ algorithm: 'SHA256' }, 'c')]],
  ])('leaves %s to the user', (_, rows) => {
    expect(repairsOf(rows)).toEqual(rows.map(() => null))
  })

  it('chooses one of several that know the same', () => {
    const rows = [flat, row({ digits: 8 }, 'b'), row({ digits: 8 }, 'c')]
    expect(repairsOf(rows).map((repair) => repair?.kind)).toEqual(['worse', 'better', undefined])
  })

  it('is done soon with ten thousand rows, be their secrets one or all different', () => {
    const many = (secretOf: (i: number) => string): SourcedRow[] =>
      Array.from({ length: 10_000 }, (_, i) => row({ secret: secretOf(i), digits: 6 + (i % 3) }, `${i % 2}`))
    const start = cpuTime()
    repairsOf(many(() => 'A'))
    repairsOf(many((i) => String(i >> 1)))
    expect(cpuTime() - start).toBeLessThan(1000)
  })

  it('never calls a row worse without another that is better, nor one row both', () => {
    const any = fc.record({
      type: fc.constantFrom<SourcedRow['type']>('totp', 'hotp', 'steam'),
      algorithm: fc.constantFrom<SourcedRow['algorithm']>('SHA1', 'SHA256'),
      digits: fc.constantFrom(6, 8),
      periodSeconds: fc.constantFrom(30, 60),
      counter: fc.constantFrom(0, 1),
      secret: fc.constantFrom('A', 'B'),
      fileName: fc.constantFrom('a', 'b', 'c'),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (rows) => {
        const found = repairsOf(rows)
        for (const [i, repair] of found.entries()) {
          if (repair?.kind !== 'worse') continue
          const better = found.some((one, j) => one?.kind === 'better' && rows[j]?.secret === rows[i]?.secret)
          expect(better).toBe(true)
          expect(repair.fileName).not.toBe(rows[i]?.fileName)
        }
      }),
    )
  })
})
