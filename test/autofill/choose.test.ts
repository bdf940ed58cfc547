import { describe, expect, it } from 'vitest'
import { isCodeField, judgeAll, rank, withRead, worthReading } from '../../src/autofill/choose'
import type { SeenCandidate } from '../../src/autofill/frame'
import { RULES } from '../../src/autofill/rules'
import { CODE_FIELD, frameReport } from '../support/frame-report'

const ORIGIN = 'https://bank.example'

function field(attributes: Record<string, string>, labels: string[] = []): SeenCandidate {
  return { ...CODE_FIELD, fields: [{ attributes, labels }] }
}

const unread = (candidate: SeenCandidate): SeenCandidate => ({ ...candidate, around: null })

describe('judgeAll', () => {
  it('puts the likeliest first, and equals in their order', () => {
    const candidates = [field({ name: 'coupon' }), field({ name: 'a' }), field({ name: 'b' }), CODE_FIELD]
    const order = judgeAll(frameReport(ORIGIN, { candidates }), RULES).map(({ index }) => index)
    expect(order).toEqual([3, 1, 2, 0])
  })

  it.each(['current-password', 'cc-csc', 'tel', 'email', 'username', 'postal-code', 'street-address'])(
    'leaves out a field that says it takes %s',
    (autocomplete) => {
      const candidates = [field({ name: 'otp', autocomplete })]
      expect(judgeAll(frameReport(ORIGIN, { candidates }), RULES)).toEqual([])
    },
  )

  it('gives each reason with what it is about', () => {
    const [judged] = judgeAll(frameReport(ORIGIN), RULES)
    expect(judged?.reasons).toContainEqual({ about: 'authenticator', place: 'label', weight: 7 })
    expect(judged?.reasons).toContainEqual({ about: 'onlyField', weight: 1 })
    expect(judged && isCodeField(judged, RULES)).toBe(true)
  })
})

describe('worthReading', () => {
  it('asks for nothing where all is known', () => {
    expect(worthReading(frameReport(ORIGIN), RULES)).toEqual([])
  })

  it('asks for the eight likeliest of very many', () => {
    const many = Array.from({ length: 40 }, (_, index) => unread(field({ name: `amount${index}` }, ['Amount'])))
    const candidates = [...many, unread(CODE_FIELD)]
    const indexes = worthReading(frameReport(ORIGIN, { candidates }), RULES)
    expect(indexes).toHaveLength(8)
    expect(indexes[0]).toBe(40)
  })
})

describe('withRead', () => {
  it('keeps places, takes what was read, leaves out what was not', () => {
    const report = frameReport(ORIGIN, { candidates: [unread(field({ name: 'a' })), unread(CODE_FIELD)] })
    const known = withRead(report, new Map([[1, CODE_FIELD]]))
    expect(known).toEqual([{ index: 1, candidate: CODE_FIELD }])
    expect(rank(known, report, RULES)[0]?.index).toBe(1)
  })
})
