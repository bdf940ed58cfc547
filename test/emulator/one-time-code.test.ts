import { describe, expect, it } from 'vitest'

import { base32FromBytes, bytesFromBase32, hotp, matchingStep, totp } from './one-time-code'

const RFC_KEY = new TextEncoder().encode('12345678901234567890')
const RFC_SECRET = base32FromBytes(RFC_KEY)

describe('hotp', () => {
  it.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [4, '338314'],
    [5, '254676'],
    [6, '287922'],
    [7, '162583'],
    [8, '399871'],
    [9, '520489'],
  ])('makes the code of RFC 4226 for counter %i', (counter, code) => {
    expect(hotp(RFC_KEY, counter)).toBe(code)
  })
})

describe('totp', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('makes the last six digits of RFC 6238 at %i s', (seconds, code) => {
    expect(totp(RFC_SECRET, seconds * 1000)).toBe(code)
  })
})

describe('matchingStep', () => {
  const now = 3_000_000
  it.each([
    [-60_000, null],
    [-30_000, 99],
    [0, 100],
    [30_000, 101],
    [60_000, null],
  ])('takes a code made %i ms away as step %s', (offset, step) => {
    expect(matchingStep(RFC_SECRET, totp(RFC_SECRET, now + offset), now, new Set())).toBe(step)
  })

  it('does not take a used step again', () => {
    expect(matchingStep(RFC_SECRET, totp(RFC_SECRET, now), now, new Set([100]))).toBeNull()
  })
})

describe('bytesFromBase32', () => {
  it('inverts base32FromBytes', () => {
    expect(bytesFromBase32(RFC_SECRET)).toEqual(RFC_KEY)
  })

  it('skips what is not in the alphabet', () => {
    expect(bytesFromBase32('mz-xw 6!===')).toEqual(new TextEncoder().encode('foo'))
  })
})
