import { beforeEach, describe, expect, it } from 'vitest'

import { bind, confirm } from '../../src/mfa/bind'
import { settle } from '../../src/mfa/settle'
import { unbind } from '../../src/mfa/unbind'
import { phaseOf } from './emulated-server'
import { nextStep, scene, secretOf, type Scene } from './flows'

let here: Scene
beforeEach(async () => void (here = await scene()))

async function boundEntry(): Promise<string> {
  const { id } = await bind(here.parts, here.request)
  expect(await confirm(here.parts, id, { token: here.token }, 0)).toMatchObject({ kind: 'bound' })
  here.store.effects.splice(0)
  return id
}

describe('unbind', () => {
  it('asks the server first, and keeps the secret (BND-7)', async () => {
    const id = await boundEntry()
    const { secret, recoveryCode } = here.store.only()
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unbound' })
    expect(await here.server.user('alice')).toBeNull()
    expect(here.store.only()).toMatchObject({ secret, recoveryCode, binding: { phase: 'unbound' } })
    expect(here.store.effects).toEqual(['read', 'write unbinding', 'write unbound'])
  })

  it('sends nothing for what is unbound already', async () => {
    const id = await boundEntry()
    await unbind(here.parts, id, here.token)
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unbound' })
    expect(await here.server.count('unbindTotp')).toBe(1)
  })

  it('sends nothing where the phase cannot be stored (BND-3)', async () => {
    const id = await boundEntry()
    const { change } = here.store
    here.parts.store = { ...here.store, change: () => Promise.reject(new Error('disk')) }
    await expect(unbind(here.parts, id, here.token)).rejects.toThrow('disk')
    here.parts.store = { ...here.store, change }
    expect(await here.server.count('unbindTotp')).toBe(0)
  })

  it.each([
    ['status-401', 'mfa/not-signed-in'],
    ['code-2020', 'mfa/not-signed-in'],
    ['code-1001', 'mfa/not-permitted'],
    ['status-429', 'mfa/rate-limited'],
  ])('knows without asking again that %s changed nothing', async (fault, code) => {
    const id = await boundEntry()
    await here.server.fault('unbindTotp', fault)
    await expect(unbind(here.parts, id, here.token)).rejects.toMatchObject({ code })
    expect(phaseOf(here.store.only())).toBe('bound')
    expect(await here.server.count('listAuthenticators')).toBe(1)
  })

  it("does not end another entry's binding for one that was never confirmed", async () => {
    const stale = await bind(here.parts, here.request)
    const { id } = await bind(here.parts, here.request)
    await confirm(here.parts, id, { token: here.token }, 0)
    expect(await unbind(here.parts, stale.id, here.token)).toEqual({ kind: 'not-in-force' })
    expect(await here.server.user('alice')).toMatchObject({ state: 'bound' })
    expect([...here.store.entries.values()].map(phaseOf)).toEqual(['unbound', 'bound'])
  })

  it("does not end another entry's binding for one that was bound before it", async () => {
    const stale = await boundEntry()
    // Unbound elsewhere, and bound anew here.
    await here.parts.api.unbindTotp({ token: here.token })
    const { id } = await bind(here.parts, here.request)
    nextStep(here)
    await confirm(here.parts, id, { token: here.token }, 0)
    const sent = await here.server.count('unbindTotp')
    expect(await unbind(here.parts, stale, here.token)).toEqual({ kind: 'not-in-force' })
    expect(await here.server.count('unbindTotp')).toBe(sent)
    expect(await here.server.user('alice')).toMatchObject({
      state: 'bound',
      secret: secretOf(await here.store.read(id)),
    })
    expect(phaseOf(await here.store.read(stale))).toBe('unbound')
  })

  it('sends nothing where the server cannot be asked whether it is about this entry', async () => {
    const id = await boundEntry()
    await here.server.fault('listAuthenticators', 'drop-before')
    await expect(unbind(here.parts, id, here.token)).rejects.toMatchObject({ code: 'network/offline' })
    expect(await here.server.count('unbindTotp')).toBe(0)
    expect(phaseOf(here.store.only())).toBe('bound')
  })

  it('ends the binding of an entry whose confirmation was lost', async () => {
    const { id } = await bind(here.parts, here.request)
    await here.server.fault('confirmTotp', 'drop-after')
    await here.server.fault('listAuthenticators', 'drop-before')
    await confirm(here.parts, id, { token: here.token }, 0)
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unbound' })
    expect(await here.server.user('alice')).toBeNull()
  })
})

/** The list answers before the unbind is sent, and not after it. */
function loseListAfterwards(fault: string): void {
  const { unbindTotp } = here.parts.api
  here.parts.api.unbindTotp = async (request) => {
    await here.server.fault('listAuthenticators', fault)
    return unbindTotp(request)
  }
}

const OPEN_FAULTS = ['drop-before', 'drop-after', 'drop-inside', 'status-500', 'status-503', 'status-404'].concat([
  'html',
  'truncated',
  'wrong-types',
  'huge',
  'proto-keys',
])

describe.each(OPEN_FAULTS)('unbind under %s (BND-4)', (fault) => {
  it.each([true, false])('reaches the truth at once by asking; done: %s', async (commit) => {
    const id = await boundEntry()
    await here.server.fault('unbindTotp', fault, { commit })
    const outcome = await unbind(here.parts, id, here.token).catch((error: { code: string }) => error.code)
    expect(await here.server.user('alice')).toEqual(commit ? null : expect.objectContaining({ state: 'bound' }))
    expect(phaseOf(here.store.only())).toBe(commit ? 'unbound' : 'bound')
    expect(outcome).toEqual(commit ? { kind: 'unbound' } : expect.stringMatching(/^(mfa|network)\//))
  })

  it.each([true, false])('keeps the entry where it cannot ask, and finds out later; done: %s', async (commit) => {
    const id = await boundEntry()
    await here.server.fault('unbindTotp', fault, { commit })
    loseListAfterwards('drop-before')
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unknown' })
    expect(phaseOf(here.store.only())).toBe('unbinding')
    expect(phaseOf(await settle(here.parts, id, { token: here.token }))).toBe(commit ? 'unbound' : 'bound')
    expect(here.store.entries.size).toBe(1)
  })

  it.each([true, false])('is settled by a later login where the token has expired; done: %s', async (commit) => {
    const id = await boundEntry()
    await here.server.fault('unbindTotp', fault, { commit })
    loseListAfterwards('code-2020')
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unknown' })
    expect(phaseOf(here.store.only())).toBe('unbinding')
    const token = commit ? await here.server.userToken('alice') : await here.server.mfaToken('alice')
    expect(phaseOf(await settle(here.parts, id, { token }))).toBe(commit ? 'unbound' : 'bound')
    expect(await here.server.count('associateTotp')).toBe(1)
  })

  it.each([true, false])('may be asked for again, and asks before it sends again; done: %s', async (commit) => {
    const id = await boundEntry()
    await here.server.fault('unbindTotp', fault, { commit })
    loseListAfterwards('drop-before')
    await unbind(here.parts, id, here.token)
    nextStep(here)
    expect(await unbind(here.parts, id, here.token)).toEqual({ kind: 'unbound' })
    expect(await here.server.user('alice')).toBeNull()
    expect(await here.server.count('unbindTotp')).toBe(commit ? 1 : 2)
  })
})
