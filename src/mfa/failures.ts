import { AppError, type ErrorCode } from '../core/errors'
import { DONE, type Answer } from './answer'

/** Codes and what they mean: the server's own (mfa-api §2.5) and HTTP's. */
export type Meanings = Readonly<Record<number, ErrorCode>>

/** They go no further than this table. */
const MEANINGS: Meanings = {
  401: 'mfa/not-signed-in',
  403: 'mfa/not-permitted',
  429: 'mfa/rate-limited',
  503: 'mfa/busy',
  1000: 'mfa/busy',
  1001: 'mfa/not-permitted',
  1639: 'mfa/password-not-set',
  2000: 'mfa/captcha-needed',
  2001: 'mfa/delivered-code-rejected',
  2004: 'mfa/no-such-user',
  2005: 'mfa/account-locked',
  2006: 'mfa/wrong-password',
  2020: 'mfa/not-signed-in',
  2021: 'mfa/login-expired',
  2057: 'mfa/account-locked',
  2058: 'mfa/password-expired',
  2080: 'mfa/sent-too-recently',
  2206: 'mfa/not-signed-in',
  2207: 'mfa/not-signed-in',
  2300: 'mfa/delivered-code-expired',
  2333: 'mfa/wrong-password',
  6001: 'mfa/code-rejected',
  6002: 'mfa/recovery-code-rejected',
}

/**
 * Returns the answer of a success, throws what a refusal means. HTTP 200 alone is no success (trap 18). `special` holds
 * what a code means to this operation alone. A `Retry-After` becomes `seconds`. The server's own words are not repeated: they may quote what was sent.
 */
export function expectDone(answer: Answer, special: Meanings = {}): Answer {
  if (answer.code === null) throw new AppError('mfa/answer-unreadable')
  if (DONE.includes(answer.code)) return answer
  const meaning = special[answer.code] ?? MEANINGS[answer.code] ?? otherMeaning(answer.code)
  throw new AppError(meaning, answer.retryAfterSeconds === undefined ? {} : { seconds: answer.retryAfterSeconds })
}

function otherMeaning(code: number): ErrorCode {
  return code >= 500 && code < 600 ? 'mfa/server-error' : 'mfa/refused'
}
