// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { loadAccounts, loadCodes, nextCode, refreshAccounts } from '../../src/ui/actions/accounts'
import { load } from '../../src/ui/actions/attempt'
import { forgetAccounts } from '../../src/ui/actions/forget'
import { loadHealth } from '../../src/ui/actions/health'
import { lookAtTab } from '../../src/ui/actions/page'
import { readServers } from '../../src/ui/actions/servers'
import { refresh } from '../../src/ui/actions/vault'
import { lost } from '../../src/ui/health-state'
import { codes, entries, failures, page, servers, status, waitingFill } from '../../src/ui/state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, setStage } from './stage'

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  state.page = { origin: 'https://acme.example', domain: 'acme.example', hasCodeField: true, matches: ['id-0'] }
  state.servers = [{ id: 'srv', signedIn: false }] as never
  state.waiting = { entryId: 'id-0', until: 1 }
  state.health.lost = [{ id: 'gone', issuer: 'Lost', label: 'bob' }] as never
  Object.assign(browser.tabs, { query: async () => [{ id: 7 }], getCurrent: async () => undefined })
  await refresh()
})

/** What a page does when the background tells it of a lock. */
function hearOfLock(): void {
  forgetAccounts()
  status.value = 'locked'
}

/** Has something come between the background's answer to a call and the page. */
function before(call: string, happens: () => unknown): void {
  const send = browser.runtime.sendMessage
  browser.runtime.sendMessage = async (message: unknown) => {
    const answer = await send(message)
    if ((message as { call?: string }).call === call) {
      browser.runtime.sendMessage = send
      await happens()
    }
    return answer
  }
}

const shown = () => [entries, codes, servers, lost].map(({ value }) => [...value.values()].length)

describe('an answer that comes in after the lock (KEY-8)', () => {
  it.each([
    ['glance', refresh],
    ['entries', refreshAccounts],
    ['codes', refreshAccounts],
    ['codes', readCodesAnew],
    ['nextCode', () => nextCode('id-0')],
    ['lookAtPage', lookAtTab],
    ['pendingFill', lookAtTab],
    ['servers', readServers],
    ['lostAccounts', loadHealth],
  ] as const)('to %s is dropped, in silence', async (call, ask) => {
    before(call, hearOfLock)
    await ask()
    expect([status.value, ...shown()]).toEqual(['locked', 0, 0, 0, 0])
    expect([page.value, waitingFill.value, ...failures.value.keys()]).toEqual([null, null, 'damaged'])
  })

  it('is heard where it says that there is no vault, though a background that starts speaks of a lock', async () => {
    const fresh = await setStage()
    fresh.passphrase = null
    before('glance', hearOfLock)
    await refresh()
    expect(status.value).toBe('absent')
  })

  it('is dropped as well where the vault is open again by then', async () => {
    before('glance', async () => {
      hearOfLock()
      state.entries = []
      await refresh()
    })
    await refresh()
    expect([status.value, ...shown()]).toEqual(['unlocked', 0, 0, 0, 0])
  })

  it('does not lock a page anew that was told of an unlock since', async () => {
    state.unlocked = false
    before('glance', async () => {
      state.unlocked = true
      await refresh()
    })
    status.value = 'loading'
    await refresh()
    expect([status.value, entries.value.length]).toEqual(['unlocked', 1])
  })

  it('ends what was to follow', async () => {
    before('entries', hearOfLock)
    await expect(loadAccounts()).rejects.toThrow()
    expect(codes.value.size).toBe(0)
  })
})

async function readCodesAnew(): Promise<void> {
  codes.value = new Map()
  await load('codes', loadCodes)
}
