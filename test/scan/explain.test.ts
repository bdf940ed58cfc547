import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { explain, type Meaning } from '../../src/scan/explain'

const DUO_HOST = Buffer.from('api-1a2b3c4d.duosecurity.com').toString('base64url')

describe('explain', () => {
  it.each<[string, Meaning]>([
    ['otpauth://totp/A:b?secret=JBSWY3DP', { kind: 'account' }],
    ['  OTPAUTH://hotp/b?secret=JBSWY3DP&counter=0\n', { kind: 'account' }],
    ['steam://JBSWY3DPEHPK3PXP', { kind: 'account' }],
    ['motp://Example:alice?secret=00112233445566778899aabbccddeeff', { kind: 'account' }],
    ['otpauth-migration://offline?data=CjEK', { kind: 'transfer', app: 'Google Authenticator' }],
    ['lpaauth-migration://offline?data=H4sI', { kind: 'transfer', app: 'LastPass Authenticator' }],
    [
      'phonefactor://activate_account?code=123456789&url=https%3A%2F%2Fcys01pad.example%2F',
      { kind: 'push-registration', app: 'Microsoft Authenticator' },
    ],
    ['oktaverify://alice@example.com/?t=abc&f=def', { kind: 'push-registration', app: 'Okta Verify' }],
    ['duo://AbCdEfGhIjKlMnOpQrSt-x', { kind: 'push-registration', app: 'Duo Mobile' }],
    [`AbCdEfGhIjKlMnOpQrSt-${DUO_HOST}`, { kind: 'push-registration', app: 'Duo Mobile' }],
    ['https://m-1a2b3c4d.duosecurity.com/activate/AbCdEf', { kind: 'push-registration', app: 'Duo Mobile' }],
    ['https://duosecurity.com.example.org/activate/x', { kind: 'web-address', host: 'duosecurity.com.example.org' }],
    ['https://example.com/a?b=c', { kind: 'web-address', host: 'example.com' }],
    ['HTTP://EXAMPLE.com:8080/', { kind: 'web-address', host: 'example.com:8080' }],
    ['WIFI:T:WPA;S:Home;P:secret;;', { kind: 'wifi', network: 'Home' }],
    ['WIFI:S:a\\;b\\\\c;T:WPA;P:S:no;;', { kind: 'wifi', network: 'a;b\\c' }],
    ['wifi:T:nopass;;', { kind: 'wifi', network: '' }],
    ['https://', { kind: 'other' }],
    ['JBSWY3DPEHPK3PXP', { kind: 'other' }],
    ['AbCdEfGhIjKlMnOpQrSt-AbCdEfGhIjKlMnOpQrSt', { kind: 'other' }],
    ['javascript:alert(1)', { kind: 'other' }],
    ['FIDO:/0123456789', { kind: 'passkey' }],
    ['', { kind: 'other' }],
  ])('knows %j', (text, meaning) => {
    expect(explain(text)).toEqual(meaning)
  })

  it('answers any text at all (INP-1)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `WIFI:${rest}`),
      fc.string().map((rest) => `https://${rest}`),
    )
    fc.assert(
      fc.property(text, (any) => {
        expect(explain(any).kind).toBeTypeOf('string')
      }),
      { numRuns: 2_000 },
    )
  })

  it('is done at once with a long text made to be slow (INP-1)', { timeout: 2_000 }, () => {
    for (const part of ['WIFI:', 'a;', '\\;', 'S:', 'AAAA']) {
      expect(explain(`WIFI:${part.repeat(20_000)}`).kind).toBe('wifi')
    }
    expect(explain(`${'A'.repeat(30)}-${'A'.repeat(40_000)}`)).toEqual({ kind: 'other' })
  })
})
