import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedFill, boundedList, boundedRead, boundedReport } from '../../src/autofill/bounded'
import { judgeAll } from '../../src/autofill/choose'
import { RULES } from '../../src/autofill/rules'
import { CODE_FIELD, frameReport } from '../support/frame-report'
import { cpuMsOf } from '../support/effort'

const ORIGIN = 'https://bank.example'

describe('boundedReport', () => {
  it('lets an honest report through as it is', () => {
    const report = frameReport(ORIGIN)
    expect(boundedReport(structuredClone(report))).toEqual(report)
  })

  it.each([null, undefined, 'text', 7, [], {}, { origin: 1 }])('takes %j for no report', (value) => {
    expect(boundedReport(value)).toBeNull()
  })

  it('counts and cuts what is too much (A4)', () => {
    const long = 'x'.repeat(1_000_000)
    const field = { attributes: { name: long, evil: long }, labels: Array.from({ length: 9_999 }, () => long) }
    const around = {
      beside: long,
      lead: long,
      links: long,
      neighbours: Array.from({ length: 9_999 }, () => field),
      pictures: [],
    }
    const candidate = { fields: Array.from({ length: 9_999 }, () => field), focused: 'yes', around }
    const report = boundedReport({
      origin: ORIGIN,
      sameOriginChain: 'yes',
      title: long,
      path: long,
      candidates: Array.from({ length: 200 }, () => candidate),
    })
    expect(report?.sameOriginChain).toBe(false)
    expect(report?.candidates).toHaveLength(60)
    expect(report?.candidates.filter((one) => one.around !== null)).toHaveLength(8)
    expect(report?.candidates[0]?.fields).toHaveLength(8)
    expect(report?.candidates[0]?.focused).toBe(false)
    expect(report?.candidates[0]?.around?.neighbours).toHaveLength(25)
    expect(report?.candidates[0]?.fields[0].attributes).toEqual({ name: 'x'.repeat(200) })
    expect(report?.candidates[0]?.around?.lead).toHaveLength(1_600)
  })

  it('leaves out candidates without a field, and members that are none', () => {
    const report = boundedReport({
      ...frameReport(ORIGIN),
      candidates: [null, { fields: [] }, { fields: [7] }, CODE_FIELD],
    })
    expect(report?.candidates).toEqual([CODE_FIELD])
  })

  it('takes names from the list alone, no inherited ones', () => {
    const attributes = JSON.parse('{"__proto__":{"name":"otp"},"constructor":"x","id":"a"}') as unknown
    const report = boundedReport({ ...frameReport(ORIGIN), candidates: [{ fields: [{ attributes, labels: [] }] }] })
    expect(report?.candidates[0]?.fields[0].attributes).toEqual({ id: 'a' })
    expect({}).not.toHaveProperty('name')
  })

  it.each(['a', '1', '***', 'aaaa-', 'a1', '-', '无法', 'recovery code ', 'use a ', 'save my very own ', '\u0301'])(
    'leaves no more of a forged report of %j over and over than can be judged soon (FIL-10)',
    async (unit) => {
      const words = unit.repeat(3_000)
      const field = {
        attributes: { id: words, name: words, placeholder: words, pattern: words },
        labels: [words, words],
      }
      const texts = { beside: words, lead: words, links: words }
      const around = { ...texts, neighbours: Array.from({ length: 99 }, () => field), pictures: [{ alt: words }] }
      const candidate = { fields: Array.from({ length: 9 }, () => field), around }
      const candidates = Array.from({ length: 99 }, () => candidate)
      const report = boundedReport({ origin: ORIGIN, title: words, path: words, candidates }) ?? expect.unreachable()
      // A fifth of a second; some patterns alone would take minutes for what was forged.
      expect(await cpuMsOf(() => judgeAll(report, RULES))).toBeLessThan(3_000)
    },
  )

  it('makes something that can be judged out of anything', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.string({ maxLength: 5_000 }), (candidates, around, words) => {
        const field = { attributes: { name: words, pattern: words, maxlength: words }, labels: [words] }
        for (const value of [
          candidates,
          [{ fields: [field], around }],
          [{ fields: [field], around: { lead: words } }],
        ]) {
          const report = boundedReport({ origin: ORIGIN, title: words, path: words, candidates: value })
          expect(report).not.toBeNull()
          if (report !== null) expect(Array.isArray(judgeAll(report, RULES))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('boundedRead', () => {
  it('sorts candidates by their place, and leaves out what has none', () => {
    const read = boundedRead({
      title: 'a',
      path: '/b',
      candidates: [[3, CODE_FIELD], ['x', CODE_FIELD], [1], 7, [2, {}]],
    })
    expect(read).toEqual({ title: 'a', path: '/b', candidates: new Map([[3, CODE_FIELD]]) })
  })

  it('reads nothing of nothing', () => {
    expect(boundedRead(null)).toEqual({ title: '', path: '', candidates: new Map() })
  })
})

describe('boundedFill', () => {
  it.each<[unknown, unknown]>([
    [{ kind: 'filled', more: 1 }, { kind: 'filled' }],
    [
      { kind: 'refused', reason: 'fill/field-hidden' },
      { kind: 'refused', reason: 'fill/field-hidden' },
    ],
    [
      { kind: 'refused', reason: 'vault/locked' },
      { kind: 'refused', reason: 'fill/page-changed' },
    ],
    [
      { kind: 'refused', reason: 'anything' },
      { kind: 'refused', reason: 'fill/page-changed' },
    ],
    [undefined, { kind: 'refused', reason: 'fill/page-changed' }],
    ['filled', { kind: 'refused', reason: 'fill/page-changed' }],
  ])('reads %j as %j', (value, report) => {
    expect(boundedFill(value)).toEqual(report)
  })
})

describe('boundedList', () => {
  it('is empty of what is no list', () => {
    expect(boundedList({ length: 3 }, 5, () => 1)).toEqual([])
  })
})
