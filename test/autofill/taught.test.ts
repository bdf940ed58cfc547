import { describe, expect, it } from 'vitest'
import { isCodeField, judgeAll } from '../../src/autofill/choose'
import type { SeenCandidate } from '../../src/autofill/frame'
import { RULES } from '../../src/autofill/rules'
import { isTaught, taughtFrom } from '../../src/autofill/taught'
import type { TaughtField } from '../../src/core/code-field'
import { CODE_FIELD, frameReport } from '../support/frame-report'

function field(attributes: Record<string, string>, labels: string[] = [], boxes = 1): SeenCandidate {
  const one = { attributes, labels }
  return { ...CODE_FIELD, fields: [one, ...Array.from({ length: boxes - 1 }, () => one)] }
}

/** What is remembered of a field that has a name. */
function taughtAll(candidate: SeenCandidate): TaughtField[] {
  return [taughtFrom(candidate) ?? expect.unreachable()]
}

describe('taughtFrom', () => {
  it.each<[string, Record<string, string>]>([
    ['has no name', { type: 'text', maxlength: '6' }],
    ['is called by numbers alone', { placeholder: '000000' }],
    ['has a name that a program made up', { id: ':r1:', inputmode: 'numeric' }],
  ])('keeps nothing of a field that %s', (_what, attributes) => {
    expect(taughtFrom(field(attributes))).toBeNull()
  })

  it('keeps names and traits, and no text where there is a name', () => {
    const taught = taughtFrom(
      field({ id: 'pin', name: 'pin', type: 'tel', maxlength: '6', placeholder: 'Your PIN' }, ['PIN']),
    )
    expect(taught).toEqual({ boxes: 1, attributes: { id: 'pin', name: 'pin', type: 'tel', maxlength: '6' } })
  })

  it('keeps texts where there is nothing else to know it by', () => {
    expect(taughtFrom(field({ placeholder: 'Number' }))?.attributes).toEqual({ placeholder: 'Number' })
  })

  it.each([':r1:', 'a1b2c3d4e5f6a7', 'x-1-2-3'])('keeps no name that a program made up: %s', (id) => {
    expect(taughtFrom(field({ id, name: 'pin' }))?.attributes).toEqual({ name: 'pin' })
  })
})

describe('isTaught', () => {
  const taught = taughtAll(field({ id: 'field-17', name: 'pin', maxlength: '6' }))

  it.each<[string, SeenCandidate, boolean]>([
    ['the same', field({ id: 'field-17', name: 'pin', maxlength: '6' }), true],
    ['the same with another number', field({ id: 'field-18', name: 'pin', maxlength: '6' }), true],
    ['the same in another language', field({ id: 'field-17', name: 'pin', maxlength: '6', title: 'Code' }), true],
    ['one of another name', field({ id: 'field-17', name: 'tan', maxlength: '6' }), false],
    ['one of another length', field({ id: 'field-17', name: 'pin', maxlength: '4' }), false],
    ['one that says more', field({ id: 'field-17', name: 'pin', maxlength: '6', autocomplete: 'tel' }), false],
    ['boxes', field({ id: 'field-17', name: 'pin', maxlength: '6' }, [], 6), false],
  ])('knows %s', (_what, candidate, known) => {
    expect(isTaught(candidate, taught)).toBe(known)
  })

  it('knows no field by its type and length alone', () => {
    expect(isTaught(field({ maxlength: '6' }), [{ boxes: 1, attributes: { maxlength: '6' } }])).toBe(false)
  })

  it('knows nothing that was not pointed at', () => {
    expect(isTaught(CODE_FIELD, [])).toBe(false)
  })
})

describe('a field that was pointed at', () => {
  const wrong = field({ name: 'gift_card', autocomplete: 'current-password' }, ['Card or coupon'])

  it.each<[string, Partial<NonNullable<SeenCandidate['around']>>, string[]]>([
    ['by message', { lead: 'We sent a code to your phone' }, ['Code']],
    ['that recovers', {}, ['Recovery code']],
  ])('is not lifted where the page asks for a code %s', (_what, around, labels) => {
    const plain = field({ name: 'value', maxlength: '8' }, labels)
    const asked = { ...plain, around: { beside: '', lead: '', links: '', neighbours: [], pictures: [], ...around } }
    const [best] = judgeAll(frameReport('https://bank.example', { candidates: [asked] }), RULES, taughtAll(asked))
    expect(best && isCodeField(best, RULES)).toBe(false)
  })

  it('comes first and is taken, whatever else it says of itself', () => {
    const report = frameReport('https://bank.example', { candidates: [CODE_FIELD, wrong] })
    expect(judgeAll(report, RULES)[0]?.index).toBe(0)
    const [best] = judgeAll(report, RULES, taughtAll(wrong))
    expect(best?.index).toBe(1)
    expect(best && isCodeField(best, RULES)).toBe(true)
    expect(best?.reasons[0]).toEqual({ about: 'taught', weight: RULES.shapes.taught })
  })
})
