import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveBackStep, spendStep, spentCode } from '../../src/background/steps'
import type { Entry } from '../../src/core/entry'
import { codeAt, stepAt } from '../../src/core/otp'

const NOW = 1_700_000_010_000

function entry(parts: Partial<Entry> = {}): Entry {
  return {
    id: 'e',
    type: 'totp',
    issuer: 'Heronbank',
    label: 'wader',
    secret: new Uint8Array(20).fill(7),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [],
    createdAt: 0,
    ...parts,
  }
}

describe('a time step', () => {
  it('is spent with the code that is given away', () => {
    const spent = spendStep(entry(), NOW)
    expect(spent).toMatchObject({ lastStepUsed: stepAt(entry(), NOW), usedAt: NOW })
    expect(spentCode(spent, NOW)).toBe(codeAt(entry(), NOW).code)
  })

  it('is not spent twice, and the one after it is free (BND-10)', () => {
    const spent = spendStep(entry(), NOW)
    expect(() => spendStep(spent, NOW + 1)).toThrow('fill/code-used')
    expect(spendStep(spent, NOW + 30_000).lastStepUsed).toBe(stepAt(entry(), NOW) + 1)
  })

  it.each([undefined, 3])('is free again when the page refused its code; before it was %s', (lastStepUsed) => {
    const before = entry(lastStepUsed === undefined ? {} : { lastStepUsed })
    const after = giveBackStep(spendStep(before, NOW), before)
    expect(after.lastStepUsed).toBe(lastStepUsed)
    expect(() => spendStep(after, NOW)).not.toThrow()
  })

  it('never gives the same code of an account twice, whenever it is asked (BND-10)', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 20 * 30_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(moments, (offsets) => {
        const given: number[] = []
        let current = entry()
        for (const offset of offsets.toSorted((a, b) => a - b)) {
          try {
            current = spendStep(current, NOW + offset)
            given.push(current.lastStepUsed ?? -1)
          } catch {
            // Spent already: the next moment may be in a new step.
          }
        }
        expect(new Set(given).size).toBe(given.length)
      }),
    )
  })
})

describe('an HOTP counter', () => {
  const hotp = entry({ type: 'hotp', counter: 5 })

  it('moves on by one, and the code is the one it stood for (OTP-4)', () => {
    const spent = spendStep(hotp, NOW)
    expect(spent).toMatchObject({ counter: 6, lastStepUsed: 5 })
    expect(spentCode(spent, NOW)).toBe(codeAt(hotp, NOW).code)
    expect(spentCode(spendStep(spent, NOW), NOW)).toBe(codeAt({ ...hotp, counter: 6 }, NOW).code)
  })

  it('is never turned back, though the page refused the code (OTP-4)', () => {
    expect(giveBackStep(spendStep(hotp, NOW), hotp)).toMatchObject({ counter: 6, lastStepUsed: 5 })
  })
})
