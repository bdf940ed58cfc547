import { describe, expect, it } from 'vitest'

import { AppError, ERROR_CODES, isErrorCode } from '../../src/core/errors'

describe('ERROR_CODES', () => {
  it('are `area/what-happened`, each once', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length)
    for (const code of ERROR_CODES) expect(code).toMatch(/^([a-z]+\/[a-z0-9-]+|unexpected)$/)
  })
})

describe('AppError', () => {
  it('carries code, parameters and cause; its message is the code alone (MEM-2)', () => {
    const cause = new Error('why')
    const error = new AppError('mfa/rate-limited', { seconds: 2 }, { cause })
    expect(error).toMatchObject({ name: 'AppError', code: 'mfa/rate-limited', params: { seconds: 2 }, cause })
    expect(error.message).toBe('mfa/rate-limited')
  })
})

describe('isErrorCode', () => {
  it.each([
    ['vault/locked', true],
    ['vault/unheard-of', false],
    ['constructor', false],
    [7, false],
    [null, false],
  ])('of %s is %s', (value, known) => expect(isErrorCode(value)).toBe(known))
})
