import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { adminImport, adminStatus, adminUnassociate } from '../../src/background/admin'
import { settings } from '../../src/settings'
import type { Emulator } from '../emulator/handler'
import { HOST, emulate, stateOf } from './emulated-server'

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
    expect(await browser.storage.session.get(null)).toEqual({})
    expect(await browser.storage.local.get(null)).toEqual({ adminPage: true })
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

  it('reaches no host that was not granted (ADM-3)', async () => {
    await browser.permissions.remove({ origins: [`${HOST}/*`] })
    await expect(adminStatus(CREDENTIALS, 'carol')).rejects.toThrow('mfa/host-not-granted')
    expect((await stateOf(emulator)).requests).toEqual([])
  })
})
