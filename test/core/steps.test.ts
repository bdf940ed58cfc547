import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/core/entry'
import { unusedFrom } from '../../src/core/steps'

const entry: Entry = {
  id: 'one',
  type: 'totp',
  issuer: 'Example',
  label: 'alice',
  secret: new Uint8Array(20).fill(7),
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
  sites: [],
  createdAt: 0,
}

/** The time step 1000 begins here. */
const BEGIN = 30_000 * 1000

describe('unusedFrom', () => {
  it.each([
    ['a step that was never used', undefined, 0, 0],
    ['the step before', 999, 0, 0],
    ['this step, at its beginning', 1000, 0, 30_000],
    ['this step, at its end', 1000, 29_999, 30_000],
    ['the next step, used by a clock a little ahead', 1001, 5_000, 60_000],
    ['the step after that', 1002, 5_000, 90_000],
    ['a step far ahead: the clock was set back', 1003, 5_000, 5_000],
    ['three seconds left', undefined, 27_000, 27_000],
    ['less than three seconds left', undefined, 27_001, 30_000],
    ['the step before, with less than three seconds left', 999, 28_000, 30_000],
  ])('after %s (BND-10, FIL-11)', (_what, lastStepUsed, at, expected) => {
    const used = lastStepUsed === undefined ? entry : { ...entry, lastStepUsed }
    expect(unusedFrom(used, BEGIN + at, 3_000) - BEGIN).toBe(expected)
  })

  it('never holds an HOTP code back', () => {
    expect(unusedFrom({ ...entry, type: 'hotp', counter: 5, lastStepUsed: 4 }, BEGIN + 29_999, 3_000)).toBe(
      BEGIN + 29_999,
    )
  })
})
