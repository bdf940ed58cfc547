import { beforeEach, describe, expect, it } from 'vitest'

import { encodeBase32 } from '../../src/core/base32'
import type { BindingPhase, Entry } from '../../src/core/entry'
import { reconcile } from '../../src/mfa/reconcile'
import type { Authenticator } from '../../src/mfa/wire'
import { phaseOf } from './emulated-server'
import { carolsEntry, scene, type Scene } from './flows'

let here: Scene
beforeEach(async () => void (here = await scene()))

const OTHER = 'GEZDGNBVGY3TQOJQ'
const listed = (secret: string, enabled: boolean): Authenticator => ({
  id: secret,
  type: 'totp',
  enabled,
  secret,
  recoveryCode: 'r',
  createdAt: '',
})
const LISTS: Readonly<Record<string, (own: string) => Authenticator[]>> = {
  enabled: (own) => [listed(own, true)],
  pending: (own) => [listed(own, false)],
  superseded: () => [listed(OTHER, true)],
  absent: () => [],
}

function entryIn(phase: BindingPhase, fill: number): Promise<Entry> {
  const binding = { serverId: 's1', account: 'carol', userId: 'carol', phase }
  return carolsEntry(here, { secret: new Uint8Array(20).fill(fill), recoveryCode: 'r', binding })
}

describe('reconcile', () => {
  // Whether the entry is told to be here and not there; the phases themselves are settle's table.
  it.each([
    ['enabled', { associated: false, confirming: false, bound: false, unbinding: false, unbound: false }],
    ['pending', { associated: false, confirming: false, bound: true, unbinding: false, unbound: true }],
    ['superseded', { associated: true, confirming: true, bound: true, unbinding: true, unbound: true }],
    ['absent', { associated: true, confirming: true, bound: true, unbinding: true, unbound: true }],
  ] as const)('names what is here and not there, where the server has it %s', async (standing, expected) => {
    for (const [phase, notThere] of Object.entries(expected)) {
      const entry = await entryIn(phase as BindingPhase, 3)
      const list = LISTS[standing]?.(encodeBase32(entry.secret)) ?? []
      const api = { ...here.parts.api, listAuthenticators: async () => list }
      const { entries } = await reconcile({ ...here.parts, api }, { token: 't' }, [entry.id])
      expect({ phase, notThere: entries[0]?.notThere }).toEqual({ phase, notThere })
      expect(entries[0]?.before).toBe(phase)
      expect(here.store.entries.has(entry.id)).toBe(true)
    }
  })

  it('asks once for all entries, and stores what became of each (BND-4, BND-11)', async () => {
    const ids: string[] = []
    const phases = ['associated', 'confirming', 'bound', 'unbinding'] as const
    for (const [index, phase] of phases.entries()) ids.push((await entryIn(phase, index)).id)
    const token = await here.server.mfaToken('carol')
    const { listed: answered, entries } = await reconcile(here.parts, { token }, ids)
    expect(await here.server.count('listAuthenticators')).toBe(1)
    expect(answered).toHaveLength(1)
    expect(entries.map(({ entry }) => phaseOf(entry))).toEqual(['associated', 'confirming', 'bound', 'unbound'])
    expect(ids.map((id) => phaseOf(here.store.entries.get(id) as Entry))).toEqual(
      entries.map(({ entry }) => phaseOf(entry)),
    )
  })

  it('changes nothing where the server does not answer', async () => {
    const { id } = await entryIn('confirming', 1)
    await here.server.fault('listAuthenticators', 'status-500')
    const asker = { token: await here.server.mfaToken('carol') }
    await expect(reconcile(here.parts, asker, [id])).rejects.toMatchObject({ code: 'mfa/server-error' })
    expect(phaseOf(here.store.only())).toBe('confirming')
  })
})
