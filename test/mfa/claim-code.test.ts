import { beforeEach, describe, expect, it } from 'vitest'

import { decodeBase32 } from '../../src/core/base32'
import type { Entry } from '../../src/core/entry'
import { claimCode, LEAST_LEFT_MS } from '../../src/mfa/claim-code'
import { totp } from '../emulator/one-time-code'
import { START, STEP_MS } from './emulated-server'
import { memoryStore, type MemoryStore } from './memory-store'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const STEP = Math.floor(START / STEP_MS)
const NEXT = (STEP + 1) * STEP_MS

let store: MemoryStore
beforeEach(() => void (store = memoryStore()))

function add(changes: Partial<Entry> = {}): Promise<Entry> {
  const secret = decodeBase32(SECRET)
  const key = {
    type: 'totp',
    issuer: 'i',
    label: 'l',
    secret,
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
  } as const
  return store.add({ ...key, sites: [], ...changes })
}

describe('claimCode', () => {
  it('hands out the code of this step and remembers the step (BND-10)', async () => {
    const { id } = await add()
    expect(await claimCode(store, id, START)).toEqual({ kind: 'code', code: totp(SECRET, START) })
    expect(store.only().lastStepUsed).toBe(STEP)
  })

  it('has the next caller wait for the next step, and writes nothing for that (BND-10)', async () => {
    const { id } = await add()
    await claimCode(store, id, START)
    const before = store.effects.length
    expect(await claimCode(store, id, START + 1_000)).toEqual({ kind: 'waiting', until: NEXT })
    expect(store.effects).toHaveLength(before)
    expect(await claimCode(store, id, NEXT)).toEqual({ kind: 'code', code: totp(SECRET, NEXT) })
  })

  it('gives one of twenty callers at once the code (BND-10)', async () => {
    const { id } = await add()
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimCode(store, id, START)))
    expect(claims.filter(({ kind }) => kind === 'code')).toHaveLength(1)
  })

  it.each([
    ['the last moment', NEXT - LEAST_LEFT_MS, 'code'],
    ['one millisecond later', NEXT - LEAST_LEFT_MS + 1, 'waiting'],
    ['the end of the step', NEXT - 1, 'waiting'],
    ['the start of the next', NEXT, 'code'],
  ])('judges %s', async (_, now, kind) => {
    const { id } = await add()
    expect((await claimCode(store, id, now)).kind).toBe(kind)
  })

  it.each([
    ['one step ahead, after a small correction of the clock', STEP + 1, { kind: 'waiting', until: NEXT + STEP_MS }],
    ['two steps ahead', STEP + 2, { kind: 'waiting', until: NEXT + 2 * STEP_MS }],
    ['far ahead: the clock has been set back since', STEP + 1_000_000, { kind: 'code', code: totp(SECRET, START) }],
    ['in the past', STEP - 1, { kind: 'code', code: totp(SECRET, START) }],
  ])('handles a used step that is %s (OTP-2)', async (_, lastStepUsed, claim) => {
    const { id } = await add({ lastStepUsed })
    expect(await claimCode(store, id, START)).toEqual(claim)
  })

  it.each(['fails-before-writing', 'fails-after-writing', 'loses-the-write', 'garbles-what-it-reads'] as const)(
    'makes no code with a store that %s (BND-1)',
    async (way) => {
      const { id } = await add()
      store.breakage = { at: 1, way }
      await expect(claimCode(store, id, START)).rejects.toMatchObject({ code: expect.stringMatching(/^vault\//) })
    },
  )

  it('makes none where the recovery code is gone (BND-6)', async () => {
    const { id } = await add({ recoveryCode: 'r' })
    store.breakage = { at: 1, way: 'forgets-recovery-code' }
    await expect(claimCode(store, id, START)).rejects.toMatchObject({ code: 'vault/storage-failed' })
  })

  it.each(['hotp', 'steam', 'motp', 'yandex'] as const)('has no code of a %s entry to send', async (type) => {
    const { id } = await add({ type })
    await expect(claimCode(store, id, START)).rejects.toMatchObject({ code: 'entry/type-unsupported' })
  })
})
