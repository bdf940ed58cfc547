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
    expect(blotted).toEqual({ tag: 'input', id: 'user-00000000', name: 'c12' })
  })

  it('keeps of a text on a field the words that the rules know, and nothing of the user', () => {
    const texts = {
      placeholder: 'Verification code for Alice Smith',
      'aria-label': '发送给小明的验证码',
      title: 'Mr. 4711',
    }
    const [told] = caseOf([candidate([field({ name: 'x', ...texts })])], null).fields
    expect(told).toMatchObject({ name: 'x', placeholder: expect.stringMatching(/code/) })
    expect(told?.['aria-label']).toContain('验证码')
    expect(JSON.stringify(told)).not.toMatch(/alice|smith|小明|mr|4711/i)
  })

  it.each([
    ['https://bank.example/u/alice?t=1', 'url'],
    ['mailto:alice@example.com', 'url'],
    ['iban-12-34-56', 'iban-00-00-00'],
    ['2fa-code-1', '2fa-code-1'],
  ])('tells of the name %s no more than %s', (name, told) => {
    expect(caseOf([candidate([field({ name })])], null).fields[0]?.['name']).toBe(told)
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
