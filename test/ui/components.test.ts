import { describe, expect, it } from 'vitest'
import { groups } from '../../src/ui/components/code'
import { secondsLeft } from '../../src/ui/components/countdown'

describe('groups', () => {
  it.each([
    ['23BCD', ['23BCD']],
    ['481902', ['481', '902']],
    ['4819023', ['481', '9023']],
    ['48190237', ['4819', '0237']],
    ['481902375', ['481', '902', '375']],
    ['4819023756', ['48190', '23756']],
    ['', ['']],
  ])('splits %j', (code, expected) => {
    expect(groups(code)).toEqual(expected)
    expect(groups(code).join('')).toBe(code)
  })
})

describe('secondsLeft', () => {
  it.each([
    [30_000, 0, 30],
    [30_000, 1, 30],
    [30_000, 29_000, 1],
    [30_000, 29_999, 1],
    [30_000, 30_000, 0],
    [30_000, 31_000, 0],
  ])('until %i at %i is %i', (until, now, expected) => {
    expect(secondsLeft(until, now)).toBe(expected)
  })
})
