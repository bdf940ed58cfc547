import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import { fold, readAnswer } from '../../src/mfa/answer'
import { expectDone } from '../../src/mfa/failures'

describe('fold', () => {
  it.each([
    ['the plain shape', 200, { code: 1001 }, 1001],
    ['an apiCode before all else', 200, { apiCode: 2021, code: 200, statusCode: 499 }, 2021],
    ['an apiCode in digits', 200, { statusCode: 499, apiCode: '2080' }, 2080],
    ['a code in digits', 200, { code: '6001' }, 6001],
    ['the code where the apiCode is null', 200, { apiCode: null, code: 6002 }, 6002],
    ['the code where the apiCode is no number', 200, { apiCode: 'OTP', code: 6002 }, 6002],
    ['the statusCode last', 200, { statusCode: 499 }, 499],
    ['the envelope within a failed HTTP status', 400, { code: 2001 }, 2001],
    ['the HTTP status where the body says nothing', 502, {}, 502],
    ['the HTTP status where the body calls it a success', 500, { code: 200 }, 500],
    ['a GraphQL error', 200, { errors: [{ message: { code: 1635, data: {} } }], data: null }, 1635],
    ['a GraphQL error whose message is text', 200, { errors: [{ message: 'no' }], code: 200 }, 0],
    ['a GraphQL error that is nothing', 200, { errors: [null], code: 200 }, 0],
    ['nothing at all', 200, {}, null],
    ['a code that is inherited', 200, JSON.parse('{"__proto__":{"code":200}}'), null],
    ['a code that is no whole number', 200, { code: 200.5 }, null],
    ['a code that is mistyped', 200, { code: true, statusCode: [200] }, null],
  ])('takes %s (mfa-api §2.4)', (_, status, envelope, code) => {
    expect(fold(status, envelope).code).toBe(code)
  })

  it("takes a GraphQL error's own data", () => {
    expect(fold(200, { errors: [{ message: { code: 1635, data: { mfaToken: 't' } } }], data: null }).data).toEqual({
      mfaToken: 't',
    })
  })
})

describe('expectDone', () => {
  it.each([
    [200, { code: 200 }],
    [200, { statusCode: 200, data: 1 }],
    [200, { statusCode: 302, apiCode: 1600, code: 200 }],
  ])('lets HTTP %i %j pass', (status, envelope) => {
    expect(expectDone(fold(status, envelope)).envelope).toBe(envelope)
  })

  it.each([
    [1000, 'mfa/busy'],
    [1001, 'mfa/not-permitted'],
    [1639, 'mfa/password-not-set'],
    [1700, 'mfa/refused'],
    [2000, 'mfa/captcha-needed'],
    [2001, 'mfa/delivered-code-rejected'],
    [2004, 'mfa/no-such-user'],
    [2005, 'mfa/account-locked'],
    [2057, 'mfa/account-locked'],
    [2006, 'mfa/wrong-password'],
    [2333, 'mfa/wrong-password'],
    [2016, 'mfa/refused'],
    [2020, 'mfa/not-signed-in'],
    [2206, 'mfa/not-signed-in'],
    [2207, 'mfa/not-signed-in'],
    [2021, 'mfa/login-expired'],
    [2058, 'mfa/password-expired'],
    [2080, 'mfa/sent-too-recently'],
    [2300, 'mfa/delivered-code-expired'],
    [6001, 'mfa/code-rejected'],
    [6002, 'mfa/recovery-code-rejected'],
    [400, 'mfa/refused'],
    [401, 'mfa/not-signed-in'],
    [403, 'mfa/not-permitted'],
    [404, 'mfa/refused'],
    [429, 'mfa/rate-limited'],
    [500, 'mfa/server-error'],
    [503, 'mfa/busy'],
    [599, 'mfa/server-error'],
    [600, 'mfa/refused'],
  ])('says what %i means (mfa-api §2.5)', (code, meaning) => {
    expect(() => expectDone(fold(200, { code }))).toThrow(meaning)
    expect(() => expectDone(fold(200, { statusCode: 499, apiCode: String(code) }))).toThrow(meaning)
  })

  it('lets an operation give a code its own meaning', () => {
    expect(() => expectDone(fold(400, { code: 400 }), { 400: 'mfa/code-rejected' })).toThrow('mfa/code-rejected')
  })

  it('finds an answer without any code unreadable: it is no success (trap 18)', () => {
    expect(() => expectDone(fold(200, { data: {} }))).toThrow('mfa/answer-unreadable')
  })

  it("does not repeat the server's words (MEM-2)", () => {
    const error = thrown(() => expectDone(fold(200, { code: 6001, message: 'secret JBSWY3DPEHPK3PXP is wrong' })))
    expect(JSON.stringify({ ...error, message: error.message, cause: error.cause })).not.toMatch(/JBSWY|wrong/)
  })
})

describe('readAnswer', () => {
  const DATE = 'Tue, 15 Jan 2030 10:00:00 GMT'
  it.each([
    ['2', undefined, 2],
    ['0', undefined, 0],
    ['Tue, 15 Jan 2030 10:01:30 GMT', DATE, 90],
    ['Tue, 15 Jan 2030 09:00:00 GMT', DATE, 0],
    ['Tue, 15 Jan 2030 10:01:30 GMT', undefined, undefined],
    ['soon', DATE, undefined],
    ['-5', undefined, undefined],
  ])('reads Retry-After: %s beside Date: %s as %s seconds (BND-11)', async (retryAfter, date, seconds) => {
    const headers = { 'retry-after': retryAfter, ...(date ? { date } : {}) }
    const response = new Response('{"statusCode":429}', { status: 429, headers })
    const answer = await readAnswer(response, new AbortController().signal)
    const error = thrown(() => expectDone(answer))
    expect(error).toMatchObject({ code: 'mfa/rate-limited', params: seconds === undefined ? {} : { seconds } })
  })

  it.each([
    [429, 'mfa/rate-limited'],
    [503, 'mfa/busy'],
    [502, 'mfa/server-error'],
    [404, 'mfa/refused'],
  ])('understands HTTP %i whatever its body is', async (status, code) => {
    for (const body of ['<html>', '', '[]', '{"code":', 'x'.repeat(300_000)]) {
      const answer = await readAnswer(new Response(body, { status }), new AbortController().signal)
      expect(() => expectDone(answer)).toThrow(code)
    }
  })
})

function thrown(act: () => unknown): AppError {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('nothing was thrown')
}
