import { beforeEach, describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import type { MfaApi } from '../../src/mfa/api'
import { bind, confirm, type ConfirmOutcome } from '../../src/mfa/bind'
import { settle } from '../../src/mfa/settle'
import { phaseOf, START, STEP_MS } from './emulated-server'
import { nextStep, scene, secretOf, type Scene, sentTwice } from './flows'

let here: Scene
beforeEach(async () => void (here = await scene()))

function confirmed(entryId: string, skewMs = 0): Promise<ConfirmOutcome> {
  return confirm(here.parts, entryId, { token: here.token }, skewMs)
}

describe('bind', () => {
  it('stores secret, recovery code and binding before anything is in force (BND-1, BND-6)', async () => {
    const entry = await bind(here.parts, here.request)
    const pending = await here.server.user('alice')
    expect(pending).toMatchObject({ state: 'pending', secret: secretOf(entry), recoveryCode: entry.recoveryCode })
    expect(here.store.only()).toEqual(entry)
    expect(entry).toMatchObject({
      type: 'totp',
      issuer: 'Latchkey Demo',
      label: 'alice@example.com',
      algorithm: 'SHA1',
      digits: 6,
      periodSeconds: 30,
      binding: { serverId: 's1', account: 'alice', userId: 'alice', phase: 'associated' },
    })
  })

  it('makes a second entry of a second association, and keeps the first (BND-5, BND-8)', async () => {
    const first = await bind(here.parts, here.request)
    const second = await bind(here.parts, here.request)
    expect(here.store.entries.size).toBe(2)
    expect(here.store.entries.get(first.id)).toEqual(first)
    expect(second.secret).not.toEqual(first.secret)
  })

  const associating = (association: Partial<Awaited<ReturnType<MfaApi['associateTotp']>>>): void => {
    const whole = { secret: 'GEZDGNBVGY3TQOJQ', uri: '', qrDataUrl: '', recoveryCode: 'r', ...association }
    here.parts.api = { ...here.parts.api, associateTotp: async () => whole }
  }

  it.each([
    ['', 'no address'],
    ['https://example.com', 'another address'],
    ['otpauth://totp/', 'a broken address'],
    ['otpauth://hotp/a:b?secret=GEZDGNBVGY3TQOJQ&counter=0', 'an address of another kind'],
  ])('makes do with the secret where there is %s', async (uri) => {
    associating({ uri })
    const entry = await bind(here.parts, here.request)
    expect(entry).toMatchObject({ type: 'totp', issuer: '127.0.0.1', label: 'alice', digits: 6, periodSeconds: 30 })
    expect(secretOf(entry)).toBe('GEZDGNBVGY3TQOJQ')
  })

  it('takes the parameters from the address', async () => {
    associating({ uri: 'otpauth://totp/a:b?secret=GEZDGNBVGY3TQOJQ&digits=8&period=60&algorithm=SHA256' })
    expect(await bind(here.parts, here.request)).toMatchObject({
      issuer: 'a',
      label: 'b',
      digits: 8,
      periodSeconds: 60,
      algorithm: 'SHA256',
    })
  })

  it.each([
    ['the two secrets differ', { uri: 'otpauth://totp/a:b?secret=GEZDGNBVGY3TQOJA' }],
    ['the secret is not Base32', { secret: '0189' }],
    ['the secret is too short to be one', { secret: 'A' }],
  ])('stores nothing where %s', async (_, association) => {
    associating(association)
    await expect(bind(here.parts, here.request)).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
    expect(here.store.entries.size).toBe(0)
  })

  it.each(['garbles-what-it-reads', 'forgets-recovery-code'] as const)(
    'notices a store that %s (BND-1)',
    async (way) => {
      here.store.breakage = { at: 0, way }
      await expect(bind(here.parts, here.request)).rejects.toMatchObject({ code: 'vault/storage-failed' })
    },
  )
})

describe('confirm', () => {
  it('puts the binding in force with the code of the stored entry', async () => {
    const { id, recoveryCode } = await bind(here.parts, here.request)
    expect(await confirmed(id)).toEqual({ kind: 'bound', entryId: id, recoveryCode })
    expect(await here.server.user('alice')).toMatchObject({ state: 'bound', secret: secretOf(here.store.only()) })
    expect(here.store.only()).toMatchObject({
      binding: { phase: 'bound' },
      lastStepUsed: Math.floor(START / STEP_MS),
    })
  })

  it('ends a login that had to bind, and answers its user', async () => {
    const token = await here.server.mfaToken('bob', 'demo-app-mfa')
    const parts = { ...here.parts, api: here.server.api('demo-app-mfa') }
    const asker = { token, source: 'APPLICATION' } as const
    const { id } = await bind(parts, { ...here.request, ...asker, account: 'bob', userId: 'bob' })
    expect(await confirm(parts, id, asker, 0)).toMatchObject({ kind: 'bound', user: { id: 'bob' } })
  })

  it('sends nothing for what is bound already', async () => {
    const { id } = await bind(here.parts, here.request)
    await confirmed(id)
    expect(await confirmed(id)).toMatchObject({ kind: 'bound' })
    expect(await here.server.count('confirmTotp')).toBe(1)
  })

  it('refuses what no server manages, and what is being unbound', async () => {
    const entry = await bind(here.parts, here.request)
    const { binding, ...unmanaged } = entry
    here.store.entries.set('other', { ...unmanaged, id: 'other' })
    here.store.entries.set('gone', { ...entry, id: 'gone', binding: { ...binding, phase: 'unbinding' } })
    for (const id of ['other', 'gone']) await expect(confirmed(id)).rejects.toMatchObject({ code: 'mfa/refused' })
    await expect(confirmed('nobody')).rejects.toMatchObject({ code: 'vault/entry-missing' })
  })

  it('is ready for another code after a wrong one', async () => {
    const { id } = await bind(here.parts, here.request)
    // The server now waits for the code of another secret.
    const other = await bind(here.parts, here.request)
    expect(await confirmed(id)).toEqual({ kind: 'code-rejected' })
    expect(phaseOf(here.store.only())).toBe('associated')
    expect(await confirmed(other.id)).toMatchObject({ kind: 'bound' })
  })

  it('finds out that an earlier code was taken late, where the next one is rejected (BND-4)', async () => {
    const { id } = await bind(here.parts, here.request)
    const timedOut: MfaApi = { ...here.parts.api, confirmTotp: () => Promise.reject(new AppError('network/timed-out')) }
    const asker = { token: here.token }
    await expect(confirm({ ...here.parts, api: timedOut }, id, asker, 0)).rejects.toMatchObject({
      code: 'network/timed-out',
    })
    expect(phaseOf(here.store.only())).toBe('associated')
    // The request that we gave up on arrives at last.
    await here.parts.api.confirmTotp({ ...asker, totp: here.server.code(secretOf(here.store.only())) })
    nextStep(here)
    expect(await confirmed(id)).toMatchObject({ kind: 'bound' })
    expect(phaseOf(here.store.only())).toBe('bound')
  })

  it('waits where the code of this step was sent already (BND-10)', async () => {
    const { id } = await bind(here.parts, here.request)
    await bind(here.parts, here.request)
    await confirmed(id)
    expect(await confirmed(id)).toEqual({ kind: 'waiting', until: START - 2_000 + STEP_MS })
    expect(phaseOf(here.store.only())).toBe('associated')
    expect(await here.server.count('confirmTotp')).toBe(1)
  })

  it('waits where hardly any time is left', async () => {
    const { id } = await bind(here.parts, here.request)
    here.server.clock.now = START - 2_000 + STEP_MS - 1_499
    expect(await confirmed(id)).toEqual({ kind: 'waiting', until: START - 2_000 + STEP_MS })
    expect(await here.server.count('confirmTotp')).toBe(0)
  })

  it.each([
    [0, 'bound'],
    [5_000, 'bound'],
    [30_000, 'bound'],
    [-30_400, 'bound'],
    [31_000, 31],
    [-31_000, 31],
    [86_400_000, 86_400],
  ])('with a clock %i ms off ends in %s (OTP-2)', async (skewMs, end) => {
    const { id } = await bind(here.parts, here.request)
    if (typeof end === 'string') {
      expect((await confirmed(id, skewMs)).kind).toBe(end)
    } else {
      const wrong = { code: 'mfa/clock-wrong', params: { seconds: end } }
      await expect(confirmed(id, skewMs)).rejects.toMatchObject(wrong)
      expect(await here.server.count('confirmTotp')).toBe(0)
      expect(phaseOf(here.store.only())).toBe('associated')
    }
  })

  it.each([
    ['status-401', 'mfa/not-signed-in'],
    ['status-403', 'mfa/not-permitted'],
    ['code-2020', 'mfa/not-signed-in'],
    ['code-2021', 'mfa/login-expired'],
    ['code-2005', 'mfa/account-locked'],
  ])('asks after %s, and knows then that nothing was bound', async (fault, code) => {
    const { id } = await bind(here.parts, here.request)
    await here.server.fault('confirmTotp', fault)
    await expect(confirmed(id)).rejects.toMatchObject({ code })
    expect(phaseOf(here.store.only())).toBe('associated')
    expect(await here.server.count('listAuthenticators')).toBe(1)
  })

  it('sends nothing more after 429, not even a question (BND-11)', async () => {
    const { id } = await bind(here.parts, here.request)
    await here.server.fault('confirmTotp', 'status-429')
    await expect(confirmed(id)).rejects.toMatchObject({ code: 'mfa/rate-limited', params: { seconds: 2 } })
    expect(phaseOf(here.store.only())).toBe('confirming')
    expect(await here.server.count('listAuthenticators')).toBe(0)
  })

  it('knows that it is bound where the browser sent the request twice and the second was refused (BND-4)', async () => {
    const { id } = await bind(here.parts, here.request)
    here.parts.api = here.server.api('demo-app', sentTwice(here.server.fetch, '/associate/confirm'))
    expect(await confirmed(id)).toMatchObject({ kind: 'bound' })
    expect(phaseOf(here.store.only())).toBe('bound')
    expect(await here.server.count('confirmTotp')).toBe(2)
  })

  it('leaves it open where the list cannot be asked after a refusal (BND-4)', async () => {
    const { id } = await bind(here.parts, here.request)
    here.parts.api = here.server.api('demo-app', sentTwice(here.server.fetch, '/associate/confirm'))
    await here.server.fault('listAuthenticators', 'status-500')
    expect(await confirmed(id)).toEqual({ kind: 'unknown' })
    expect(phaseOf(here.store.only())).toBe('confirming')
  })
})

const OPEN_FAULTS = ['drop-before', 'drop-after', 'drop-inside', 'status-500', 'status-503', 'code-1000'].concat(
  ['status-404', 'html', 'empty', 'truncated', 'wrong-types', 'invalid-utf8', 'proto-keys'],
  ['redirect-other-origin', 'graphql-string-error'],
)

describe.each(OPEN_FAULTS)('confirm under %s (BND-4)', (fault) => {
  // The fault's own habit apart, the server may or may not have done it.
  it.each([true, false])('reaches the truth at once by asking; done: %s', async (commit) => {
    const { id } = await bind(here.parts, here.request)
    await here.server.fault('confirmTotp', fault, { commit })
    const outcome = await confirmed(id).catch((error: { code: string }) => error.code)
    const truth = await here.server.user('alice')
    expect(truth?.state).toBe(commit ? 'bound' : 'pending')
    expect(phaseOf(here.store.only())).toBe(commit ? 'bound' : 'associated')
    expect(outcome).toEqual(
      commit ? expect.objectContaining({ kind: 'bound' }) : expect.stringMatching(/^(mfa|network)\//),
    )
    expect(await here.server.count('associateTotp')).toBe(1)
    expect(await here.server.count('confirmTotp')).toBe(1)
  })

  it.each([true, false])(
    'shows as unknown what it cannot ask, and asks before it sends again; done: %s',
    async (commit) => {
      const { id } = await bind(here.parts, here.request)
      await here.server.fault('confirmTotp', fault, { commit })
      await here.server.fault('listAuthenticators', 'drop-before')
      expect(await confirmed(id)).toEqual({ kind: 'unknown' })
      expect(phaseOf(here.store.only())).toBe('confirming')
      nextStep(here)
      expect(await confirmed(id)).toMatchObject({ kind: 'bound' })
      expect(await here.server.user('alice')).toMatchObject({ state: 'bound', secret: secretOf(here.store.only()) })
      expect(await here.server.count('confirmTotp')).toBe(commit ? 1 : 2)
    },
  )

  it.each([true, false])('is settled by a later login where the token has expired; done: %s', async (commit) => {
    const token = await here.server.mfaToken('bob', 'demo-app-mfa')
    const asker = { token, source: 'APPLICATION' } as const
    const { id } = await bind(here.parts, { ...here.request, ...asker, account: 'bob', userId: 'bob' })
    await here.server.fault('confirmTotp', fault, { commit })
    await here.server.fault('listAuthenticators', 'code-2021')
    expect(await confirm(here.parts, id, asker, 0)).toEqual({ kind: 'unknown' })
    const later = { token: await here.server.mfaToken('bob', 'demo-app-mfa'), source: 'APPLICATION' } as const
    expect(phaseOf(await settle(here.parts, id, later))).toBe(commit ? 'bound' : 'associated')
    expect((await here.server.user('bob'))?.state).toBe(commit ? 'bound' : 'pending')
  })
})

describe('five associations of which the server may bind any (BND-5)', () => {
  it.each([0, 1, 2, 3, 4])('hold the secret of number %i when it is bound', async (chosen) => {
    await here.server.fault('confirmTotp', 'associate-any')
    for (let count = 0; count < 5; count++) await bind(here.parts, here.request)
    const ids = [...here.store.entries.keys()]
    expect(await confirmed(ids[chosen] ?? '')).toMatchObject({ kind: 'bound' })
    const bound = await here.server.user('alice')
    expect(bound).toMatchObject({ state: 'bound' })
    const held = [...here.store.entries.values()].filter((entry) => secretOf(entry) === bound?.secret)
    expect(held.map(phaseOf)).toEqual(['bound'])
    expect(held[0]?.recoveryCode).toBe(bound?.recoveryCode)
    expect(here.store.entries.size).toBe(5)
  })

  it('keep all and know which is bound where the answer was lost', async () => {
    await here.server.fault('confirmTotp', 'associate-any')
    for (let count = 0; count < 3; count++) await bind(here.parts, here.request)
    const ids = [...here.store.entries.keys()]
    await here.server.fault('confirmTotp', 'drop-after')
    await here.server.fault('listAuthenticators', 'drop-before')
    expect(await confirmed(ids[1] ?? '')).toEqual({ kind: 'unknown' })
    for (const id of ids) await settle(here.parts, id, { token: here.token })
    expect([...here.store.entries.values()].map(phaseOf)).toEqual(['associated', 'bound', 'associated'])
  })
})
