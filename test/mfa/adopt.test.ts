import { beforeEach, describe, expect, it } from 'vitest'

import { adopt, type AdoptRequest } from '../../src/mfa/adopt'
import type { Entry } from '../../src/core/entry'
import { phaseOf } from './emulated-server'
import { carolsEntry, scene, secretOf, type Scene } from './flows'
import type { Breakage } from './memory-store'

let here: Scene
let request: AdoptRequest

beforeEach(async () => {
  here = await scene()
  const token = await here.server.mfaToken('carol')
  const [factor] = await here.parts.api.listAuthenticators({ token })
  const names = { serverId: 's1', account: 'carol', userId: 'carol', issuer: 'mfa.example', sites: [] }
  request = { token, factorId: factor?.id ?? '', ...names }
})

const nobody = async (): Promise<undefined> => undefined

describe('adopt', () => {
  it('stores secret and recovery code as they are in force, durably, as a new entry (BND-8)', async () => {
    const other = await carolsEntry(here, { secret: new Uint8Array(20).fill(1), recoveryCode: 'other' })
    const entry = await adopt(here.parts, request, nobody)
    const truth = await here.server.user('carol')
    expect({ secret: secretOf(entry), recoveryCode: entry.recoveryCode }).toEqual({
      secret: truth?.secret,
      recoveryCode: truth?.recoveryCode,
    })
    expect(entry).toMatchObject({ issuer: 'mfa.example', label: 'carol', binding: { phase: 'bound', userId: 'carol' } })
    expect(here.store.entries.get(other.id)).toEqual(other)
    expect(here.store.entries.size).toBe(2)
  })

  it('takes the entry that has the secret already, out of the trash too', async () => {
    const { binding: _binding, ...held } = await carolsEntry(here, {
      recoveryCode: 'older',
      trashedAt: 1,
      label: 'mine',
    })
    here.store.entries.set(held.id, held)
    const entry = await adopt(here.parts, request, async () => held)
    expect(entry).toMatchObject({
      id: held.id,
      label: 'mine',
      recoveryCode: (await here.server.user('carol'))?.recoveryCode,
    })
    expect(entry).not.toHaveProperty('trashedAt')
    expect(phaseOf(entry)).toBe('bound')
    expect(here.store.entries.size).toBe(1)
  })

  it('keeps a recovery code where the server gives none', async () => {
    const held = await carolsEntry(here, { recoveryCode: 'older' })
    const list = here.parts.api.listAuthenticators
    const api = {
      ...here.parts.api,
      listAuthenticators: async (of: Parameters<typeof list>[0]) =>
        (await list(of)).map((factor) => ({ ...factor, recoveryCode: '' })),
    }
    expect((await adopt({ ...here.parts, api }, request, async (): Promise<Entry> => held)).recoveryCode).toBe('older')
    expect(await adopt({ ...here.parts, api }, request, nobody)).not.toHaveProperty('recoveryCode')
  })

  it.each([
    ['not listed', 'another'],
    ['nothing', ''],
  ])('stores nothing for a factor that is %s', async (_what, factorId) => {
    await expect(adopt(here.parts, { ...request, factorId }, nobody)).rejects.toMatchObject({ code: 'mfa/factor-gone' })
    expect(here.store.entries.size).toBe(0)
  })

  it.each<Breakage['way']>([
    'garbles-what-it-reads',
    'forgets-recovery-code',
    'fails-before-writing',
    'loses-the-write',
  ])('is not told as done by a store that %s (BND-1)', async (way) => {
    here.store.breakage = { at: 0, way }
    await expect(adopt(here.parts, request, nobody)).rejects.toMatchObject({ code: expect.stringMatching(/^vault\//) })
  })

  it('changes nothing where the server does not answer', async () => {
    await here.server.fault('listAuthenticators', 'status-500')
    await expect(adopt(here.parts, request, nobody)).rejects.toMatchObject({ code: 'mfa/server-error' })
    expect(here.store.entries.size).toBe(0)
  })
})
