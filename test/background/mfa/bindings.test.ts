import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lock } from '../../../src/background/vault/autolock'
import * as bindings from '../../../src/background/mfa/bindings'
import { changeEntry, entryById, liveEntries } from '../../../src/background/entries'
import { factors } from '../../../src/background/mfa/factors'
import { sessionAt } from '../../../src/background/mfa/mfa-sessions'
import { signIn, signOut } from '../../../src/background/mfa/sign-in'
import { vault, vaultKey } from '../../../src/background/vault/unlocked'
import { encodeBase32 } from '../../../src/core/base32'
import { toPhase } from '../../../src/mfa/store'
import type { Emulator } from '../../emulator/handler'
import { seeded } from '../../support/seeded'
import { control, emulate, serverFor, stateOf } from '../emulated-server'
import { openEmptyVault, reopenVault } from '../open-vault'

const STEP_MS = 30_000

let emulator: Emulator

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_010_000 })
  await browser.storage.session.clear()
  await openEmptyVault()
  emulator = await emulate()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

async function keyOf(user: string): Promise<{ state: string; secret: string; recoveryCode: string } | null> {
  return (await stateOf(emulator)).users.find(({ id }) => id === user)?.totp ?? null
}

/** Bob is signed in and has bound an entry. */
async function bound(): Promise<{ serverId: string; entryId: string }> {
  const serverId = await serverFor('demo-app')
  await signIn(serverId, 'bob', 'bob-Passw0rd')
  const { id } = await bindings.bind(serverId)
  expect(await bindings.confirmBinding(id)).toMatchObject({ kind: 'bound', entryId: id })
  later(STEP_MS)
  return { serverId, entryId: id }
}

describe('binding', () => {
  it('stores before it confirms, and ends with both sides agreed (BND-1)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const view = await bindings.bind(serverId)
    expect(view).toMatchObject({ phase: 'associated', serverId, hasRecoveryCode: true, sites: ['https://mfa.example'] })
    expect(await keyOf('bob')).toMatchObject({ state: 'pending' })
    const outcome = await bindings.confirmBinding(view.id)
    const key = await keyOf('bob')
    expect(outcome).toEqual({ kind: 'bound', entryId: view.id, recoveryCode: key?.recoveryCode })
    const entry = await entryById(view.id)
    expect(key).toMatchObject({ state: 'bound', secret: encodeBase32(entry.secret), recoveryCode: entry.recoveryCode })
    expect(entry.binding).toMatchObject({ account: 'bob', userId: 'bob', phase: 'bound' })
  })

  it('in the middle of a sign-in completes the sign-in', async () => {
    const serverId = await serverFor('demo-app-mfa')
    expect(await signIn(serverId, 'bob', 'bob-Passw0rd')).toMatchObject({ pending: { mustBind: true } })
    const { id } = await bindings.bind(serverId)
    expect(await bindings.confirmBinding(id)).toMatchObject({ kind: 'bound' })
    expect(await keyOf('bob')).toMatchObject({ state: 'bound' })
  })

  it('whose answer was lost is settled by asking (BND-5)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await bindings.bind(serverId)
    await control(emulator, 'POST', 'faults', { operation: 'confirmTotp', fault: 'drop-after' })
    await bindings.confirmBinding(id).catch(() => undefined)
    expect(await bindings.settleBinding(id)).toBe('bound')
    expect(await keyOf('bob')).toMatchObject({ state: 'bound' })
  })

  it('needs somebody who is signed in', async () => {
    const serverId = await serverFor('demo-app')
    await expect(bindings.bind(serverId)).rejects.toThrow('mfa/not-signed-in')
    expect(await liveEntries()).toEqual([])
  })

  it("is not confirmed in another user's name", async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await bindings.bind(serverId)
    await signIn(serverId, 'alice', 'alice-Passw0rd')
    await expect(bindings.confirmBinding(id)).rejects.toThrow('mfa/other-user')
    expect((await entryById(id)).binding?.phase).toBe('associated')
  })
})

describe('a bound account', () => {
  it('answers for the second factor, once in a time step (BND-10)', async () => {
    const { serverId, entryId } = await bound()
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    expect(await bindings.verifyTotp(serverId, entryId)).toEqual({ kind: 'signed-in' })
    expect(await sessionAt(serverId)).toMatchObject({ userId: 'bob' })
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    expect(await bindings.verifyTotp(serverId, entryId)).toMatchObject({ kind: 'waiting' })
    later(STEP_MS)
    expect(await bindings.verifyTotp(serverId, entryId)).toEqual({ kind: 'signed-in' })
  })

  it('lets in by its recovery code, and keeps the new one (BND-6)', async () => {
    const { serverId, entryId } = await bound()
    const before = (await entryById(entryId)).recoveryCode
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    expect(await bindings.useRecoveryCode(serverId, '0000-0000-0000-0000-0000-0000')).toEqual({ kind: 'code-rejected' })
    const outcome = await bindings.useRecoveryCode(serverId, '')
    const after = (await keyOf('bob'))?.recoveryCode
    expect(outcome).toEqual({ kind: 'signed-in', recoveryCode: after, kept: true })
    expect(after).not.toBe(before)
    expect((await entryById(entryId)).recoveryCode).toBe(after)
  })

  it('goes to the trash after the server has let go of it, not before (BND-7)', async () => {
    const { serverId, entryId } = await bound()
    await control(emulator, 'POST', 'faults', { operation: 'unbindTotp', fault: 'status-500' })
    await bindings.unbind(entryId).catch(() => undefined)
    expect(await liveEntries()).toHaveLength(1)
    expect(await keyOf('bob')).toMatchObject({ state: 'bound' })
    await bindings.settleBinding(entryId)
    expect(await bindings.unbind(entryId)).toEqual({ kind: 'unbound' })
    expect(await keyOf('bob')).toBeNull()
    expect(await liveEntries()).toEqual([])
    expect(await factors(serverId)).toEqual({ listed: [], notThere: [] })
  })

  it('that another one has taken the place of is not bound any more, and keeps its secret (BND-5)', async () => {
    const { serverId, entryId } = await bound()
    const before = await entryById(entryId)
    const next = await bindings.bind(serverId)
    expect(await bindings.confirmBinding(next.id)).toMatchObject({ kind: 'bound' })
    expect(await entryById(entryId)).toEqual({ ...before, binding: { ...before.binding, phase: 'unbound' } })
    expect((await factors(serverId)).notThere).toEqual([entryId])
    expect(await keyOf('bob')).toMatchObject({
      state: 'bound',
      secret: encodeBase32((await entryById(next.id)).secret),
    })
  })

  it('is the one that lets in by its recovery code, where another one is taken for bound as well', async () => {
    const { serverId, entryId } = await bound()
    const next = await bindings.bind(serverId)
    await bindings.confirmBinding(next.id)
    await changeEntry(entryId, toPhase('bound'))
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const outcome = await bindings.useRecoveryCode(serverId, '')
    const after = (await keyOf('bob'))?.recoveryCode
    expect(outcome).toEqual({ kind: 'signed-in', recoveryCode: after, kept: true })
    expect((await entryById(next.id)).recoveryCode).toBe(after)
  })

  it("does not take another one's binding along where it is not in force any more (BND-7)", async () => {
    const { serverId, entryId } = await bound()
    const next = await bindings.bind(serverId)
    await bindings.confirmBinding(next.id)
    await changeEntry(entryId, toPhase('bound'))
    expect(await bindings.unbind(entryId)).toEqual({ kind: 'not-in-force' })
    expect(await keyOf('bob')).toMatchObject({ state: 'bound' })
    expect((await liveEntries()).map(({ id }) => id)).toEqual([next.id])
  })

  it('is begun once, however many pages ask at the same moment (BND-9)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const views = await Promise.all(Array.from({ length: 20 }, () => bindings.bind(serverId)))
    expect(new Set(views.map(({ id }) => id)).size).toBe(1)
    const sent = (await stateOf(emulator)).requests.filter(({ path }) => path.endsWith('/totp/associate'))
    expect(sent).toHaveLength(1)
  })

  it('is confirmed once, however many pages ask at the same moment (BND-9)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const [view] = await Promise.all(Array.from({ length: 20 }, () => bindings.bind(serverId)))
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => bindings.confirmBinding(view?.id ?? '')))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['bound']))
    const { requests } = await stateOf(emulator)
    expect(requests.filter(({ path }) => path.endsWith('/totp/associate'))).toHaveLength(1)
    expect(requests.filter(({ path }) => path.endsWith('/associate/confirm'))).toHaveLength(1)
  })

  it('runs one flow at a time, whoever asks (BND-9)', async () => {
    const { serverId, entryId } = await bound()
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const outcomes = await Promise.allSettled([
      bindings.verifyTotp(serverId, entryId),
      bindings.verifyTotp(serverId, entryId),
    ])
    expect(outcomes.filter((one) => one.status === 'fulfilled' && one.value.kind === 'signed-in')).toHaveLength(1)
    const sent = (await stateOf(emulator)).requests.filter(({ path }) => path.endsWith('/totp/verify'))
    expect(sent).toHaveLength(1)
  })
})

describe('a server that asks for silence', () => {
  it.each([
    ['confirmTotp', (_serverId: string, entryId: string) => bindings.confirmBinding(entryId)],
    ['listAuthenticators', (serverId: string) => factors(serverId)],
    ['associateTotp', (serverId: string) => bindings.bind(serverId)],
  ] as const)('by 429 to %s gets it from every flow, until its time has come (BND-11)', async (operation, act) => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await bindings.bind(serverId)
    await control(emulator, 'POST', 'faults', { operation, fault: 'status-429' })
    await expect(act(serverId, id)).rejects.toMatchObject({ code: 'mfa/rate-limited', params: { seconds: 2 } })
    const sent = (await stateOf(emulator)).requests.length
    const phase = (await entryById(id)).binding?.phase
    const flows = [
      () => bindings.bind(serverId),
      () => bindings.confirmBinding(id),
      () => bindings.settleBinding(id),
      () => bindings.unbind(id),
      () => factors(serverId),
      () => signIn(serverId, 'bob', 'bob-Passw0rd'),
    ]
    later(1_999)
    for (const flow of flows) await expect(flow()).rejects.toThrow('mfa/rate-limited')
    expect((await stateOf(emulator)).requests).toHaveLength(sent)
    expect((await entryById(id)).binding?.phase).toBe(phase)
    later(1)
    await expect(factors(serverId)).resolves.toBeDefined()
  })
})

/** `SOAK` multiplies them. */
const LOCKS = 100 * Number(process.env['SOAK'] ?? 1)

describe('a lock in the middle of a flow', () => {
  it('lets the new recovery code of an account that is not here reach the user (BND-6)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'carol', 'carol-Passw0rd')
    const { recoveryCode: before = '' } = (await keyOf('carol')) ?? {}
    vi.stubGlobal('fetch', lockBeforeAnswer(globalThis.fetch))
    const outcome = await bindings.useRecoveryCode(serverId, before)
    const { recoveryCode: after } = (await keyOf('carol')) ?? {}
    expect(outcome).toEqual({ kind: 'signed-in', recoveryCode: after, kept: false })
    expect(after).not.toBe(before)
  })

  it('lets it reach the user where the store refuses the sign-in, too (BND-6)', async () => {
    const serverId = await serverFor('demo-app')
    await signIn(serverId, 'carol', 'carol-Passw0rd')
    const { recoveryCode: before = '' } = (await keyOf('carol')) ?? {}
    const full = vi.spyOn(browser.storage.session, 'set').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'))
    const outcome = await bindings.useRecoveryCode(serverId, before)
    full.mockRestore()
    const { recoveryCode: after } = (await keyOf('carol')) ?? {}
    expect(outcome).toEqual({ kind: 'signed-in', recoveryCode: after, kept: false })
    expect(after).not.toBe(before)
  })

  /** The server has answered, and the vault is locked before the answer is here. */
  function lockBeforeAnswer(ask: typeof fetch): typeof fetch {
    return async (...request) => {
      const answer = await ask(...request)
      await lock()
      return answer
    }
  }

  it(
    `at ${LOCKS} moments of bind, confirm and recover loses nothing and leaves a way on (BND-12)`,
    { timeout: 900_000 },
    async () => {
      const below = seeded(12)
      const ended = { bound: 0, pending: 0, none: 0 }
      const serverId = await serverFor('demo-app')
      let whole = 0
      for (let run = 0; run < LOCKS; run++) {
        await control(emulator, 'POST', 'reset')
        await signIn(serverId, 'bob', 'bob-Passw0rd')
        const taken = await lockAt(run === 0 ? Infinity : below(whole), () => bindAndRecover(serverId))
        // The first is locked once it has ended.
        if (run === 0) whole = taken
        await reopenVault()
        const key = await keyOf('bob')
        ended[(key?.state ?? 'none') as keyof typeof ended]++
        const holding = (await liveEntries()).filter(({ secret }) => encodeBase32(secret) === key?.secret)
        // Bound there: secret and recovery code are here, and what is shown is not a lie (BND-2).
        if (key?.state === 'bound') await expectAllThere(serverId, holding[0]?.id ?? 'lost')
        if (key?.state !== 'bound') expect(holding.map(({ binding }) => binding?.phase)).not.toContain('bound')
        const remove = (await liveEntries()).map(({ id }) => id)
        if (remove.length > 0) await vault.change(await vaultKey(), () => ({ remove }))
        later(STEP_MS)
      }
      expect(ended.bound).toBeGreaterThan(5)
      expect(ended.pending + ended.none).toBeGreaterThan(5)
    },
  )

  async function bindAndRecover(serverId: string): Promise<void> {
    const { id } = await bindings.bind(serverId)
    await bindings.confirmBinding(id)
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    await bindings.useRecoveryCode(serverId, '')
  }

  /** By the code of the entry the user comes in, and the list brings what the lock may have dropped. */
  async function expectAllThere(serverId: string, entryId: string): Promise<void> {
    later(STEP_MS)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    expect(await bindings.verifyTotp(serverId, entryId)).toEqual({ kind: 'signed-in' })
    await factors(serverId)
    const { binding, recoveryCode } = await entryById(entryId)
    expect({ phase: binding?.phase, recoveryCode }).toEqual({
      phase: 'bound',
      recoveryCode: (await keyOf('bob'))?.recoveryCode,
    })
  }

  /** Locks the vault at this step of the work, or at its end: what it asks of a server or of a key is one. Answers how many there were. */
  async function lockAt(step: number, work: () => Promise<void>): Promise<number> {
    let steps = 0
    let locked = Promise.resolve()
    const counting = watchSteps(() => {
      if (steps++ === step) locked = lock()
    })
    await work().catch(() => undefined)
    counting.end()
    await locked
    await lock()
    return steps
  }

  function watchSteps(onStep: () => void): { end(): void } {
    const { subtle } = globalThis.crypto
    const ask = globalThis.fetch
    const encrypt = subtle.encrypt.bind(subtle)
    const decrypt = subtle.decrypt.bind(subtle)
    globalThis.fetch = (...request) => (onStep(), ask(...request))
    const spies = [
      vi.spyOn(subtle, 'encrypt').mockImplementation((...parts) => (onStep(), encrypt(...parts))),
      vi.spyOn(subtle, 'decrypt').mockImplementation((...parts) => (onStep(), decrypt(...parts))),
    ]
    return {
      end() {
        globalThis.fetch = ask
        for (const spy of spies) spy.mockRestore()
      },
    }
  }
})
