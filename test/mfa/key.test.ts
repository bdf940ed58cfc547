import { describe, expect, it } from 'vitest'

import { encodeBase32 } from '../../src/core/base32'
import { keyOf } from '../../src/mfa/key'

const SECRET = 'GEZDGNBVGY3TQOJQ'
const NAMES = { issuer: 'mfa.example', account: 'bob' }

describe('keyOf', () => {
  it.each(['', 'https://example.com', 'otpauth://totp/', `otpauth://hotp/a:b?secret=${SECRET}&counter=0`])(
    'makes do with the secret where the address is %j',
    (uri) => {
      const key = keyOf({ secret: SECRET, uri }, NAMES)
      expect(key).toMatchObject({ type: 'totp', issuer: 'mfa.example', label: 'bob', algorithm: 'SHA1', digits: 6 })
      expect(key.periodSeconds).toBe(30)
      expect(encodeBase32(key.secret)).toBe(SECRET)
    },
  )

  it('takes parameters and names from the address', () => {
    const uri = `otpauth://totp/Acme:robert?secret=${SECRET}&digits=8&period=60&algorithm=SHA256`
    expect(keyOf({ secret: SECRET, uri }, NAMES)).toMatchObject({
      issuer: 'Acme',
      label: 'robert',
      digits: 8,
      periodSeconds: 60,
      algorithm: 'SHA256',
    })
  })

  it.each([
    ['that is not Base32', '0189', ''],
    ['too short to be one', 'A', ''],
    ['that is empty', '', ''],
    ['other than that of the address', SECRET, 'otpauth://totp/a:b?secret=GEZDGNBVGY3TQOJA'],
  ])('refuses a secret %s', (_what, secret, uri) => {
    expect(() => keyOf({ secret, uri }, NAMES)).toThrow('mfa/answer-unreadable')
  })
})
