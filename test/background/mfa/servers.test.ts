import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { entryById, storeEntry } from '../../../src/background/entries'
import { beginSession, sessionAt } from '../../../src/background/mfa/mfa-sessions'
import { addServer, removeServer, serverById, servers } from '../../../src/background/mfa/servers'
import { settings } from '../../../src/settings'
import { HOST, emulate } from '../emulated-server'
import { openEmptyVault } from '../open-vault'

beforeEach(async () => {
  await browser.storage.session.clear()
  await openEmptyVault()
  await emulate()
})
afterEach(() => vi.unstubAllGlobals())

describe('a server', () => {
  it('is added once, however its address is written', async () => {
    const first = await addServer({ appHost: `${HOST}/`, appId: ' demo-app ' })
    const again = await addServer({ appHost: HOST, appId: 'demo-app' })
    expect(again.id).toBe(first.id)
    expect(await servers()).toMatchObject([
      { id: first.id, appHost: HOST, appId: 'demo-app', account: null, signedIn: false, pending: null },
    ])
    await addServer({ appHost: HOST, appId: 'demo-app-mfa' })
    expect(await servers()).toHaveLength(2)
  })

  it.each([
    ['https://other.example', 'mfa/host-not-granted'],
    ['http://mfa.example', 'mfa/address-invalid'],
    ['https://user:pass@mfa.example', 'mfa/address-invalid'],
    ['ftp://mfa.example', 'mfa/address-invalid'],
    ['mfa.example', 'mfa/address-invalid'],
  ])('at %s is refused as %s, and nothing is kept (NET-3)', async (appHost, code) => {
    await expect(addServer({ appHost, appId: 'demo-app' })).rejects.toThrow(code)
    expect(await servers()).toEqual([])
  })

  it('without an application is refused', async () => {
    await expect(addServer({ appHost: HOST, appId: ' ' })).rejects.toThrow('mfa/argument-missing')
  })

  it('is added once by two pages at the same moment', async () => {
    const server = { appHost: HOST, appId: 'demo-app' }
    const [one, other] = await Promise.all([addServer(server), addServer(server)])
    expect(other.id).toBe(one.id)
    expect(await servers()).toHaveLength(1)
  })

  it('that is removed gives the access to its host back, unless another is there', async () => {
    const { id } = await addServer({ appHost: HOST, appId: 'demo-app' })
    const { id: other } = await addServer({ appHost: HOST, appId: 'demo-app-mfa' })
    const grant = { origins: [`${new URL(HOST).protocol}//${new URL(HOST).hostname}/*`] }
    await removeServer(id)
    expect(await browser.permissions.contains(grant)).toBe(true)
    await removeServer(other)
    expect(await browser.permissions.contains(grant)).toBe(false)
  })

  it('that is removed leaves the access to its host to a hint on its pages', async () => {
    const { id } = await addServer({ appHost: HOST, appId: 'demo-app' })
    await settings.hintedSites.set([`${HOST}:8443`])
    await removeServer(id)
    expect(await browser.permissions.contains({ origins: [`${HOST}/*`] })).toBe(true)
    expect(await settings.hintedSites.get()).toEqual([`${HOST}:8443`])
    await settings.hintedSites.set([])
  })

  it('that is removed takes its tokens with it', async () => {
    const { id } = await addServer({ appHost: HOST, appId: 'demo-app' })
    await beginSession(id, { userId: 'bob', account: 'bob', token: 'token' })
    await removeServer(id)
    expect(await sessionAt(id)).toBeNull()
    await expect(serverById(id)).rejects.toThrow('mfa/server-missing')
  })

  it('stays while an account is bound there (BND-7)', async () => {
    const { id } = await addServer({ appHost: HOST, appId: 'demo-app' })
    const entry = await storeEntry({
      type: 'totp',
      issuer: 'x',
      label: 'bob',
      secret: new Uint8Array(20),
      algorithm: 'SHA1',
      digits: 6,
      periodSeconds: 30,
      sites: [],
      createdAt: 0,
      binding: { serverId: id, account: 'bob', userId: 'bob', phase: 'bound' },
    })
    await expect(removeServer(id)).rejects.toThrow('entry/still-bound')
    expect(await servers()).toHaveLength(1)
    expect(await entryById(entry.id)).toMatchObject({ binding: { phase: 'bound' } })
  })

  it('shows a page no token of its user', async () => {
    const { id } = await addServer({ appHost: HOST, appId: 'demo-app' })
    await beginSession(id, { userId: 'bob', account: 'bob', token: 'user-token' })
    expect(JSON.stringify(await servers())).not.toContain('user-token')
    expect(await servers()).toMatchObject([{ account: 'bob', signedIn: true }])
  })
})
