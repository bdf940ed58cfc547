import { beforeEach, describe, expect, it } from 'vitest'

import type { BindingPhase, Entry } from '../../src/core/entry'
import { encodeBase32 } from '../../src/core/base32'
import { settle } from '../../src/mfa/settle'
import type { Authenticator } from '../../src/mfa/wire'
import { phaseOf } from './emulated-server'
import { carolsEntry, scene, type Scene } from './flows'

let here: Scene
beforeEach(async () => void (here = await scene()))

function listed(secret: string, enabled: boolean, recoveryCode = 'r'): Authenticator {
  return { id: 'i', type: 'totp', enabled, secret, recoveryCode, createdAt: '' }
}

/** Settles an entry of this phase against a server that lists these. */
async function settled(phase: BindingPhase, list: (own: string) => readonly Authenticator[]): Promise<Entry> {
  const entry = await carolsEntry(here)
  const binding = { serverId: 's', account: 'a', userId: 'u', phase }
  await here.store.change(entry.id, (stored) => ({ ...stored, recoveryCode: 'r', binding }))
  const own = encodeBase32(entry.secret)
  const api = { ...here.parts.api, listAuthenticators: async () => [...list(own)] }
  const answer = await settle({ ...here.parts, api }, entry.id, { token: 't' })
  expect(here.store.entries.get(entry.id)).toEqual(answer)
  return answer
}

const OTHER = 'GEZDGNBVGY3TQOJQ'
const enabled = (own: string): Authenticator[] => [listed(OTHER, false), listed(own, true)]
const lowerCase = (own: string): Authenticator[] => [listed(`${own.toLowerCase()}====`, true)]
const pending = (own: string): Authenticator[] => [listed(OTHER, true), listed(own, false)]
const superseded = (): Authenticator[] => [listed('not Base32!', false), listed(OTHER, true)]
const absent = (): Authenticator[] => [listed(OTHER, false)]
const empty = (): Authenticator[] => []

describe('settle', () => {
  it.each([
    ['associated', 'enabled', enabled, 'bound'],
    ['associated', 'enabled, written otherwise', lowerCase, 'bound'],
    ['associated', 'pending', pending, 'associated'],
    ['associated', 'superseded', superseded, 'associated'],
    ['associated', 'absent', absent, 'associated'],
    ['confirming', 'enabled', enabled, 'bound'],
    ['confirming', 'pending', pending, 'associated'],
    ['confirming', 'superseded', superseded, 'confirming'],
    ['confirming', 'absent', absent, 'associated'],
    ['confirming', 'absent from an empty list', empty, 'associated'],
    ['bound', 'enabled', enabled, 'bound'],
    ['bound', 'pending', pending, 'bound'],
    ['bound', 'superseded', superseded, 'bound'],
    ['bound', 'absent', empty, 'bound'],
    ['unbinding', 'enabled', enabled, 'bound'],
    ['unbinding', 'pending', pending, 'associated'],
    ['unbinding', 'superseded', superseded, 'unbound'],
    ['unbinding', 'absent', empty, 'unbound'],
    ['unbound', 'enabled', enabled, 'bound'],
    ['unbound', 'pending', pending, 'unbound'],
    ['unbound', 'absent', empty, 'unbound'],
  ] as const)('takes what is %s and %s at the server: %#', async (phase, _, list, after) => {
    expect(phaseOf(await settled(phase, list))).toBe(after)
  })

  it('adopts the recovery code in force (BND-6)', async () => {
    expect((await settled('bound', (own) => [listed(own, true, 'newer')])).recoveryCode).toBe('newer')
  })

  it('keeps its own where the server gives none, or only that of a pending binding', async () => {
    expect((await settled('bound', (own) => [listed(own, true, '')])).recoveryCode).toBe('r')
    expect((await settled('bound', (own) => [listed(own, false, 'newer')])).recoveryCode).toBe('r')
  })

  it('writes nothing where nothing is new', async () => {
    const { id } = await carolsEntry(here)
    const writes = here.store.effects.length
    await settle(here.parts, id, { token: await here.server.mfaToken('carol') })
    expect(here.store.effects.slice(writes)).toEqual(['read'])
  })

  it('changes nothing where the server does not answer', async () => {
    const { id } = await carolsEntry(here)
    const before = structuredClone(here.store.only())
    await here.server.fault('listAuthenticators', 'status-500')
    const asker = { token: await here.server.mfaToken('carol') }
    await expect(settle(here.parts, id, asker)).rejects.toMatchObject({ code: 'mfa/server-error' })
    expect(here.store.only()).toEqual(before)
  })
})
