import { describe, expect, it } from 'vitest'
import { caseOf } from '../../src/autofill/case'
import type { SeenCandidate, SeenField } from '../../src/autofill/frame'
import { CODE_FIELD } from '../support/frame-report'

const field = (attributes: Record<string, string>): SeenField => ({ attributes, labels: ['Your card, Mr. Smith'] })

function candidate(fields: SeenCandidate['fields'], neighbours: SeenField[] = []): SeenCandidate {
  const around = { beside: 'alice@example.com', lead: 'secret', links: 'x', neighbours, pictures: [] }
  return { fields, focused: true, around }
}

describe('caseOf', () => {
  it('holds attributes alone: no label, no text, no address', () => {
    const told = JSON.stringify(caseOf([candidate([field({ name: 'otp', maxlength: '6' })])], null))
    expect(JSON.parse(told)).toEqual({
      id: 'report',
      kind: 'none',
      text: [],
      fields: [{ tag: 'input', name: 'otp', maxlength: '6' }],
      target: [],
    })
    expect(told).not.toMatch(/Smith|alice|secret/)
  })

  it('blots out addresses and long numbers', () => {
    const [blotted] = caseOf(
      [candidate([field({ id: 'user-48151623', placeholder: 'e.g. bob@example.com', name: 'c12' })])],
      null,
    ).fields
    expect(blotted).toEqual({ tag: 'input', id: 'user-00000000', placeholder: 'e.g. @', name: 'c12' })
  })

  it('names the places of all boxes that were chosen', () => {
    const boxes = candidate([field({ name: 'a' }), field({ name: 'b' }), field({ name: 'c' })])
    const report = caseOf([CODE_FIELD, boxes], boxes)
    expect(report.fields).toHaveLength(4)
    expect(report.target).toEqual([1, 2, 3])
  })

  it('brings the other fields of the form along, each once', () => {
    const user = field({ name: 'user', type: 'email' })
    const chosen = candidate([field({ name: 'otp' })], [user])
    const other = candidate([user], [field({ name: 'otp' })])
    expect(caseOf([chosen, other], chosen).fields.map(({ name }) => name)).toEqual(['otp', 'user'])
    expect(caseOf([chosen], chosen).fields.map(({ name }) => name)).toEqual(['otp', 'user'])
  })

  it('is there for a page without a field, too', () => {
    expect(caseOf([], null)).toEqual({ id: 'report', kind: 'none', text: [], fields: [], target: [] })
  })
})
