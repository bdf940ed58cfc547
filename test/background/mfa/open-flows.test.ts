import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lock } from '../../../src/background/vault/autolock'
import * as bindings from '../../../src/background/mfa/bindings'
import { entryById, liveEntries } from '../../../src/background/entries'
import { settleOpenFlows } from '../../../src/background/mfa/open-flows'
import { signIn, signOut } from '../../../src/background/mfa/sign-in'
import type { Emulator } from '../../emulator/handler'
import { control, emulate, serverFor, stateOf } from '../emulated-server'
import { openEmptyVault } from '../open-vault'

let emulator: Emulator
let serverId: string

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_010_000 })
  await browser.storage.session.clear()
  await openEmptyVault()
  emulator = await emulate()
  serverId = await serverFor('demo-app')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const fault = (operation: string, name: string, times = 1): Promise<unknown> =>
  control(emulator, 'POST', 'faults', { operation, fault: name, times })

async function count(end: string): Promise<number> {
  return (await stateOf(emulator)).requests.filter(({ path }) => path.endsWith(end)).length
}

/** Bob's confirmation went out, and its answer was lost with the background. */
async function confirmLost(name: 'drop-before' | 'drop-after'): Promise<string> {
  await signIn(serverId, 'bob', 'bob-Passw0rd')
  const { id } = await bindings.bind(serverId)
  await fault('confirmTotp', name)
  await fault('listAuthenticators', 'drop-before')
  expect(await bindings.confirmBinding(id)).toEqual({ kind: 'unknown' })
  return id
}

/** The list answers before the unbind is sent, and not after it. */
function loseListAfterUnbind(): void {
  const send = fetch
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (/unbind|\/totp\/associate$/.test(url) && init?.method === 'DELETE')
      await fault('listAuthenticators', 'drop-before')
    return send(url, init)
  })
}

const phase = async (id: string): Promise<string | undefined> => (await entryById(id)).binding?.phase

describe('a start of the background', () => {
  it.each([
    ['drop-after', 'bound'],
    ['drop-before', 'associated'],
  ] as const)('after a confirmation lost by %s asks, and knows that it is %s (BND-2, BND-4)', async (name, truth) => {
    const id = await confirmLost(name)
    await settleOpenFlows(Date.now())
    expect(await phase(id)).toBe(truth)
    expect(await count('/totp/associate')).toBe(1)
  })

  it('after an unbinding that was lost moves the account to the trash (BND-7)', async () => {
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await bindings.bind(serverId)
    await bindings.confirmBinding(id)
    await fault('unbindTotp', 'drop-after')
    loseListAfterUnbind()
    expect(await bindings.unbind(id)).toEqual({ kind: 'unknown' })
    await settleOpenFlows(Date.now())
    expect(await liveEntries()).toEqual([])
    expect((await entryById(id)).binding?.phase).toBe('unbound')
  })

  it('asks once more where the first answer is lost, and once in a minute at most (BND-11)', async () => {
    const id = await confirmLost('drop-after')
    const before = await count('/mfa/authenticator')
    await fault('listAuthenticators', 'status-503', 9)
    await settleOpenFlows(Date.now())
    expect(await count('/mfa/authenticator')).toBe(before + 3)
    expect(await phase(id)).toBe('confirming')
    await settleOpenFlows(Date.now() + 59_999)
    expect(await count('/mfa/authenticator')).toBe(before + 3)
    await control(emulator, 'DELETE', 'faults')
    await settleOpenFlows(Date.now() + 60_000)
    expect(await phase(id)).toBe('bound')
  })

  it('asks nobody after 429 before its time (BND-11)', async () => {
    await confirmLost('drop-after')
    await fault('listAuthenticators', 'status-429')
    await settleOpenFlows(Date.now())
    const before = await count('/mfa/authenticator')
    vi.setSystemTime(Date.now() + 1_999)
    await settleOpenFlows(Date.now() + 60_000)
    expect(await count('/mfa/authenticator')).toBe(before)
  })

  it('leaves alone what was begun after it', async () => {
    const started = Date.now()
    vi.setSystemTime(started + 500)
    const id = await confirmLost('drop-after')
    const before = (await stateOf(emulator)).requests.length
    await settleOpenFlows(started + 1_000, started)
    expect((await stateOf(emulator)).requests).toHaveLength(before)
    expect(await phase(id)).toBe('confirming')
  })

  it('asks nobody where nobody is signed in, and leaves all as it is', async () => {
    const id = await confirmLost('drop-after')
    await signOut(serverId)
    const before = (await stateOf(emulator)).requests.length
    await settleOpenFlows(Date.now())
    expect((await stateOf(emulator)).requests).toHaveLength(before)
    expect(await phase(id)).toBe('confirming')
  })

  it('asks nobody where nothing is open (NET-4)', async () => {
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const before = (await stateOf(emulator)).requests.length
    await settleOpenFlows(Date.now())
    expect((await stateOf(emulator)).requests).toHaveLength(before)
  })

  it('does nothing while the vault is locked', async () => {
    await confirmLost('drop-after')
    await lock()
    const before = (await stateOf(emulator)).requests.length
    await expect(settleOpenFlows(Date.now())).resolves.toBeUndefined()
    expect((await stateOf(emulator)).requests).toHaveLength(before)
  })
})
