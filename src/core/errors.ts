/**
 * Every way in which an action can fail, as `area/what-happened`. The texts are in `i18n`, one per code and language;
 * the compiler and a test see to it that none is missing.
 */
export const ERROR_CODES = [
  'vault/absent',
  'vault/already-exists',
  'vault/damaged',
  'vault/entry-missing',
  'vault/key-derivation-too-weak',
  'vault/last-slot',
  'vault/locked',
  'vault/newer-format',
  'vault/passphrase-too-short',
  'vault/record-damaged',
  'vault/sheet-code-mistyped',
  'vault/snapshot-damaged',
  'vault/snapshot-missing',
  'vault/storage-failed',
  'vault/storage-full',
  'vault/too-many-tries',
  'vault/wrong-passkey',
  'vault/wrong-passphrase',
  'vault/wrong-sheet-code',
  'entry/already-present',
  'entry/counter-invalid',
  'entry/digits-invalid',
  'entry/name-missing',
  'entry/not-in-trash',
  'entry/period-invalid',
  'entry/pin-missing',
  'entry/secret-empty',
  'entry/secret-invalid',
  'entry/secret-too-long',
  'entry/secret-too-short',
  'entry/site-invalid',
  'entry/still-bound',
  'entry/text-too-long',
  'entry/algorithm-unsupported',
  'entry/type-unsupported',
  'otpauth/malformed',
  'otpauth/not-otpauth',
  'otpauth/too-long',
  'scan/camera-refused',
  'scan/clipboard-empty',
  'scan/clipboard-refused',
  'scan/image-too-large',
  'scan/image-unreadable',
  'scan/not-an-authenticator-code',
  'scan/nothing-found',
  'scan/page-protected',
  'scan/timed-out',
  'scan/transfer-code',
  'fill/code-used',
  'fill/field-changed',
  'fill/field-hidden',
  'fill/frame-not-allowed',
  'fill/no-field',
  'fill/no-matching-account',
  'fill/not-taken',
  'fill/page-changed',
  'fill/page-protected',
  'fill/site-differs',
  'fill/text-in-field',
  'fill/wrong-length',
  'recovery/none-on-page',
  'format/algorithm-not-held',
  'format/algorithm-replaced',
  'format/counter-assumed',
  'format/damaged',
  'format/digits-not-held',
  'format/empty',
  'format/needs-password',
  'format/not-possible',
  'format/parts-missing',
  'format/period-not-held',
  'format/row-damaged',
  'format/row-locked',
  'format/row-not-possible',
  'format/row-trashed',
  'format/text-not-held',
  'format/too-costly',
  'format/type-not-held',
  'format/unknown',
  'format/wrong-password',
  'mfa/account-locked',
  'mfa/address-invalid',
  'mfa/answer-too-large',
  'mfa/answer-unreadable',
  'mfa/argument-missing',
  'mfa/busy',
  'mfa/captcha-needed',
  'mfa/clock-wrong',
  'mfa/code-rejected',
  'mfa/delivered-code-expired',
  'mfa/delivered-code-rejected',
  'mfa/factor-unsupported',
  'mfa/host-not-granted',
  'mfa/login-expired',
  'mfa/no-such-user',
  'mfa/not-bindable',
  'mfa/not-permitted',
  'mfa/not-signed-in',
  'mfa/other-user',
  'mfa/outcome-unknown',
  'mfa/password-expired',
  'mfa/password-not-set',
  'mfa/rate-limited',
  'mfa/recovery-code-rejected',
  'mfa/recovery-code-replaced',
  'mfa/refused',
  'mfa/sent-too-recently',
  'mfa/server-error',
  'mfa/server-missing',
  'mfa/wrong-password',
  'network/offline',
  'network/redirected',
  'network/timed-out',
  'clipboard/refused',
  'rpc/refused',
  'rpc/timed-out',
  'unexpected',
] as const

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number]

/** Small facts that belong into the text of an error: a number of seconds, a host, a file's name. Never a secret. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** The one error type of the product: a code that `i18n` turns into words, and what those words need. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.params = params
  }
}

/** Whether `value` names an error of ours; for codes that arrive from another context. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && (ERROR_CODES as readonly string[]).includes(value)
}
