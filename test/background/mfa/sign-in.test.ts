import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { neededSignIn, sessionAt } from '../../../src/background/mfa/mfa-sessions'
import { servers } from '../../../src/background/mfa/servers'
import { isBindable, sendDelivered, signIn, signOut, verifyDelivered } from '../../../src/background/mfa/sign-in'
import type { Emulator } from '../../emulator/handler'
import * as session from '../../../src/vault/session'
import { control, emulate, serverFor, stateOf } from '../emulated-server'
import { openEmptyVault } from '../open-vault'

const DAVE = { phone: '13800000004', email: 'dave@example.com' }

let emulator: Emulator

beforeEach(async () => {
  await browser.storage.session.clear()
  await openEmptyVault()
  emulator = await emulate()
})
afterEach(() => vi.unstubAllGlobals())

function fault(operation: string, name: string): Promise<unknown> {
  return control(emulator, 'POST', 'faults', { operation, fault: name, times: 9 })
}

describe('signing in', () => {
  it('ends with a session where no second factor is asked for', async () => {
    const id = await serverFor('demo-app')
    expect(await signIn(id, ' alice ', 'alice-Passw0rd')).toEqual({ kind: 'signed-in' })
    expect(await sessionAt(id)).toMatchObject({ userId: 'alice', account: 'alice' })
    expect(await servers()).toMatchObject([{ account: 'alice', signedIn: true }])
  })

  it('waits for the second factor, and shows a page no token', async () => {
    const id = await serverFor('demo-app')
    const result = await signIn(id, 'carol', 'carol-Passw0rd')
    expect(result).toMatchObject({ kind: 'second-factor', pending: { account: 'carol', mustBind: false } })
    const { mfaToken } = await neededSignIn(id, Date.now())
    expect(JSON.stringify([result, await servers()])).not.toContain(mfaToken)
  })

  it('names the factors that the application takes', async () => {
    const id = await serverFor('demo-app-factors')
    expect(await signIn(id, 'dave', 'dave-Passw0rd')).toMatchObject({
      pending: { factors: ['SMS', 'EMAIL', 'OTP'], mustBind: true, ...DAVE },
    })
  })

  it.each([
    ['carol', 'wrong', 'mfa/wrong-password'],
    ['carol', '', 'mfa/argument-missing'],
    ['  ', 'x', 'mfa/argument-missing'],
  ])('as %j with %j is refused as %s, and nobody is signed in', async (account, password, code) => {
    const id = await serverFor('demo-app')
    await expect(signIn(id, account, password)).rejects.toThrow(code)
    expect(await servers()).toMatchObject([{ signedIn: false, pending: null }])
  })

  it.each([
    ['drop-before', 'network/offline'],
    ['status-429', 'mfa/rate-limited'],
    ['status-500', 'mfa/server-error'],
    ['html', 'mfa/answer-unreadable'],
    ['huge', 'mfa/answer-too-large'],
    ['redirect-other-origin', 'network/'],
  ])('at a server that answers with %s is refused as %s', async (name, code) => {
    const id = await serverFor('demo-app')
    await fault('loginByPassword', name)
    await expect(signIn(id, 'alice', 'alice-Passw0rd')).rejects.toThrow(code)
    expect(await sessionAt(id)).toBeNull()
  })

  it('asks nothing of a host whose grant was taken back (NET-3)', async () => {
    const id = await serverFor('demo-app')
    await browser.permissions.remove({ origins: ['https://mfa.example/*'] })
    await expect(signIn(id, 'alice', 'alice-Passw0rd')).rejects.toThrow('mfa/host-not-granted')
    expect((await stateOf(emulator)).requests).toEqual([])
  })

  it('that ends after the lock leaves no token (KEY-8)', async () => {
    const id = await serverFor('demo-app')
    const answered = signIn(id, 'alice', 'alice-Passw0rd')
    const refused = expect(answered).rejects.toThrow('vault/locked')
    await session.forget()
    await refused
    expect(JSON.stringify(await browser.storage.session.get(null))).not.toMatch(/token/i)
  })

  it('anew drops the token of before, and signing out drops it at once (ADM-5)', async () => {
    const id = await serverFor('demo-app')
    await signIn(id, 'alice', 'alice-Passw0rd')
    await expect(signIn(id, 'alice', 'wrong')).rejects.toThrow('mfa/wrong-password')
    expect(await sessionAt(id)).toBeNull()
    await signIn(id, 'alice', 'alice-Passw0rd')
    await signOut(id)
    expect(await sessionAt(id)).toBeNull()
  })
})

describe('a delivered code', () => {
  it.each([
    ['a text message', { phone: DAVE.phone }],
    ['an e-mail', { email: DAVE.email }],
  ])('in %s signs in, a wrong one does not', async (_what, to) => {
    const id = await serverFor('demo-app-factors')
    await signIn(id, 'dave', 'dave-Passw0rd')
    expect(await isBindable(id, to)).toBe(true)
    await sendDelivered(id, to)
    const { code = '' } = (await stateOf(emulator)).outbox.at(-1) ?? {}
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
    expect(await verifyDelivered(id, to, wrong)).toEqual({ kind: 'code-rejected' })
    expect(await sessionAt(id)).toBeNull()
    expect(await verifyDelivered(id, to, code)).toEqual({ kind: 'signed-in' })
    expect(await sessionAt(id)).toMatchObject({ userId: 'dave' })
  })

  it("is not sent to another user's address", async () => {
    const id = await serverFor('demo-app-factors')
    await signIn(id, 'dave', 'dave-Passw0rd')
    expect(await isBindable(id, { email: 'carol@example.com' })).toBe(false)
  })

  it('cannot be asked for without a sign-in that waits', async () => {
    const id = await serverFor('demo-app-factors')
    for (const asked of [
      () => isBindable(id, { email: DAVE.email }),
      () => sendDelivered(id, { email: DAVE.email }),
      () => verifyDelivered(id, { email: DAVE.email }, '1234'),
    ]) {
      await expect(asked()).rejects.toThrow('mfa/login-expired')
    }
    expect((await stateOf(emulator)).requests).toEqual([])
  })
})
