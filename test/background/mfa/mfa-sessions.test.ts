import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  beginSession,
  beginSignIn,
  forgetTokens,
  neededSignIn,
  sessionAt,
  signInAt,
} from '../../../src/background/mfa/mfa-sessions'
import type { MfaSignIn } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { stubLocks } from '../open-vault'

const NOW = 1_700_000_000_000
const SIGN_IN: MfaSignIn = {
  account: 'carol',
  userId: 'carol',
  mfaToken: 'mfa-token',
  factors: ['OTP'],
  mustBind: false,
  phone: null,
  phoneCountryCode: null,
  email: null,
  expiresAt: NOW + 360_000,
}
const SESSION = { userId: 'carol', account: 'carol', token: 'user-token' }

beforeEach(async () => {
  stubLocks()
  await browser.storage.session.clear()
  await session.keep('a2V5', Date.now() + 60_000)
})

describe('a sign-in that waits', () => {
  it('lasts as long as its token does (ADM-5)', async () => {
    await beginSignIn('one', SIGN_IN)
    expect(await signInAt('one', NOW + 359_999)).toEqual(SIGN_IN)
    expect(await signInAt('one', NOW + 360_000)).toBeNull()
    await expect(neededSignIn('one', NOW + 360_000)).rejects.toThrow('mfa/login-expired')
  })

  it('is over when the second factor was given, and its token gone', async () => {
    await beginSignIn('one', SIGN_IN)
    await beginSession('one', SESSION)
    expect(await signInAt('one', NOW)).toBeNull()
    expect(await sessionAt('one')).toEqual(SESSION)
    expect(JSON.stringify(await browser.storage.session.get(null))).not.toContain('mfa-token')
  })

  it.each([
    ['sign-in', () => beginSignIn('one', SIGN_IN)],
    ['session', () => beginSession('one', SESSION)],
  ])('leaves no %s behind where the lock came first (KEY-8)', async (_what, begin) => {
    await session.forget()
    await expect(begin()).rejects.toThrow('vault/locked')
    expect(await browser.storage.session.get(null)).toEqual({})
  })
})

describe('tokens', () => {
  it('of one server are forgotten without the others', async () => {
    await beginSession('one', SESSION)
    await beginSession('two', { ...SESSION, token: 'other-token' })
    await forgetTokens('one')
    expect(await sessionAt('one')).toBeNull()
    expect(await sessionAt('two')).toMatchObject({ token: 'other-token' })
  })

  it('are never in the lasting storage (ADM-5)', async () => {
    await beginSignIn('one', SIGN_IN)
    await beginSession('one', SESSION)
    expect(JSON.stringify(await browser.storage.local.get(null))).not.toMatch(/token/)
  })
})
