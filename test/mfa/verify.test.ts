import { beforeEach, describe, expect, it } from 'vitest'

import { decodeBase32 } from '../../src/core/base32'
import { bind, confirm } from '../../src/mfa/bind'
import type { FlowParts } from '../../src/mfa/store'
import { verify } from '../../src/mfa/verify'
import { seeded } from '../support/seeded'
import { emulatedServer, START, STEP_MS, type EmulatedServer } from './emulated-server'
import { memoryStore, type MemoryStore } from './memory-store'

let server: EmulatedServer
let store: MemoryStore
let parts: FlowParts

beforeEach(async () => {
  server = await emulatedServer()
  store = memoryStore()
  parts = { api: server.api(), store, now: () => server.clock.now }
})

async function carolsEntry(): Promise<string> {
  const secret = decodeBase32((await server.user('carol'))?.secret ?? '')
  const key = {
    type: 'totp',
    issuer: 'i',
    label: 'l',
    secret,
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
  } as const
  return (await store.add({ ...key, sites: [] })).id
}

/** `SOAK` multiplies them. */
const RUNS = 1_000 * Number(process.env['SOAK'] ?? 1)

describe('verify', () => {
  it('signs in with the code of the stored entry', async () => {
    const outcome = await verify(parts, await carolsEntry(), await server.mfaToken('carol'))
    expect(outcome).toMatchObject({ kind: 'signed-in', user: { id: 'carol' } })
  })

  it('sends no code twice: the second login waits (BND-10)', async () => {
    const id = await carolsEntry()
    await verify(parts, id, await server.mfaToken('carol'))
    const mfaToken = await server.mfaToken('carol')
    expect(await verify(parts, id, mfaToken)).toEqual({ kind: 'waiting', until: START - 2_000 + STEP_MS })
    server.clock.now = START - 2_000 + STEP_MS
    expect(await verify(parts, id, mfaToken)).toMatchObject({ kind: 'signed-in' })
    expect(await server.count('verifyTotp')).toBe(2)
  })

  it('says that the server did not take the code', async () => {
    const id = await carolsEntry()
    const mfaToken = await server.mfaToken('carol')
    await server.admin().importTotp({ userId: 'carol', secret: 'GEZDGNBVGY3TQOJQ' })
    expect(await verify(parts, id, mfaToken)).toEqual({ kind: 'code-rejected' })
  })

  it('throws where the login has expired', async () => {
    const id = await carolsEntry()
    const mfaToken = await server.mfaToken('carol')
    server.clock.now += 361_000
    await expect(verify(parts, id, mfaToken)).rejects.toMatchObject({ code: 'mfa/login-expired' })
  })

  it(
    'never puts the same code on the wire twice, whatever the moments of bind and login (BND-10)',
    { timeout: 600_000 },
    async () => {
      const below = seeded(20)
      const token = await server.userToken('alice')
      const request = { token, serverId: 's', account: 'alice', userId: 'alice', issuer: 'i', sites: [] }
      for (let run = 0; run < RUNS; run++) {
        server.clock.now += below(STEP_MS)
        const { id } = await bind(parts, request)
        const confirmed = await untilSent(() => confirm(parts, id, { token }, 0))
        expect(confirmed.kind).toBe('bound')
        server.clock.now += below(STEP_MS)
        // The emulator takes a code once; a second use would be rejected.
        const mfaToken = await server.mfaToken('alice')
        expect((await untilSent(() => verify(parts, id, mfaToken))).kind).toBe('signed-in')
        await parts.api.unbindTotp({ token })
      }
    },
  )

  /** Waits as it is told to. */
  async function untilSent<T extends { kind: string }>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      const outcome = await send()
      if (outcome.kind !== 'waiting' || !('until' in outcome)) return outcome
      server.clock.now = Number(outcome.until)
    }
  }
})
