import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { adminImport, adminStatus, adminUnassociate } from '../../../src/background/mfa/admin'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import type { Emulator } from '../../emulator/handler'
import { HOST, emulate, stateOf } from '../emulated-server'
import { openEmptyVault } from '../open-vault'

const CREDENTIALS = { host: HOST, userPoolId: 'demo-pool', secret: 'demo-pool-secret' }
const KEY = {
  userId: 'dave',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  recoveryCode: '0123-4567-89ab-cdef-0123-4567',
}

let emulator: Emulator

beforeEach(async () => {
  await browser.storage.session.clear()
  await browser.storage.local.clear()
  emulator = await emulate()
  await openEmptyVault()
  await settings.adminPage.set(true)
})
afterEach(() => vi.unstubAllGlobals())

describe('an administrator', () => {
  it('asks for the factors of a user, removes one and gives another', async () => {
    expect(await adminStatus(CREDENTIALS, 'carol')).toMatchObject({ OTP: true })
    await adminUnassociate(CREDENTIALS, 'carol', 'OTP')
    expect(await adminStatus(CREDENTIALS, 'carol')).toMatchObject({ OTP: false })
    expect(await adminImport(CREDENTIALS, KEY)).toMatchObject({ userId: 'dave', recoveryCode: KEY.recoveryCode })
    expect((await stateOf(emulator)).users.find(({ id }) => id === 'dave')?.totp).toMatchObject({ secret: KEY.secret })
  })

  it('leaves neither secret nor token anywhere (ADM-2)', async () => {
    await adminStatus(CREDENTIALS, 'carol')
    const kept = JSON.stringify([await browser.storage.session.get(null), await browser.storage.local.get(null)])
    expect(kept).toContain('adminPage')
    expect(kept).not.toContain(CREDENTIALS.secret)
    expect(kept).not.toContain('eyJ')
  })

  it.each<[string, () => Promise<unknown>]>([
    ['status', () => adminStatus(CREDENTIALS, 'carol')],
    ['unassociate', () => adminUnassociate(CREDENTIALS, 'carol', 'OTP')],
    ['import', () => adminImport(CREDENTIALS, KEY)],
  ])('can do nothing while the page is off: %s (ADM-2)', async (_what, act) => {
    await settings.adminPage.set(false)
    await expect(act()).rejects.toThrow('rpc/refused')
    expect((await stateOf(emulator)).requests).toEqual([])
  })

  it('can do nothing once the vault is locked (ADM-2)', async () => {
    await session.forget()
    await expect(adminStatus(CREDENTIALS, 'carol')).rejects.toThrow('vault/locked')
    expect((await stateOf(emulator)).requests).toEqual([])
  })

  it.each([
    ['shorter than 128 bits', 'JBSWY3DPEHPK3PXP', 'entry/secret-too-short'],
    ['no Base32', 'JBSWY3DPEHPK3PX1JBSWY3DPEHPK3PXP', 'entry/secret-invalid'],
  ])('gives nobody a secret that is %s (ADM-4)', async (_what, secret, code) => {
    await expect(adminImport(CREDENTIALS, { ...KEY, secret })).rejects.toThrow(code)
    expect((await stateOf(emulator)).requests).toEqual([])
  })

  it('sends a secret as the server expects it, however it was typed', async () => {
    await adminImport(CREDENTIALS, { ...KEY, secret: 'jbsw y3dp ehpk 3pxp-jbsw y3dp ehpk 3pxp' })
    expect((await stateOf(emulator)).users.find(({ id }) => id === 'dave')?.totp).toMatchObject({ secret: KEY.secret })
  })

  it('reaches no host that was not granted (ADM-3)', async () => {
    await browser.permissions.remove({ origins: [`${HOST}/*`] })
    await expect(adminStatus(CREDENTIALS, 'carol')).rejects.toThrow('mfa/host-not-granted')
    expect((await stateOf(emulator)).requests).toEqual([])
  })
})
