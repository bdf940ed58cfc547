import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as bindings from '../../../src/background/mfa/bindings'
import {
  allEntries,
  changeEntry,
  deleteEntry,
  entryById,
  liveEntries,
  storeEntry,
  trashEntry,
} from '../../../src/background/entries'
import { adopt, factors, letGo } from '../../../src/background/mfa/factors'
import { signIn } from '../../../src/background/mfa/sign-in'
import { decodeBase32, encodeBase32 } from '../../../src/core/base32'
import type { Binding, Entry } from '../../../src/core/entry'
import type { Emulator } from '../../emulator/handler'
import { HOST, control, emulate, serverFor, stateOf } from '../emulated-server'
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

async function keyOf(user: string): Promise<{ state: string; secret: string; recoveryCode: string }> {
  const key = (await stateOf(emulator)).users.find(({ id }) => id === user)?.totp
  if (!key) throw new Error(`${user} has no key`)
  return key
}

function stored(secret: string, more: Partial<Entry> = {}): Promise<Entry> {
  const key = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  const names = { issuer: 'mfa.example', label: 'carol', sites: [], createdAt: 0 }
  return storeEntry({ ...key, ...names, secret: decodeBase32(secret), ...more })
}

const ofCarol = (phase: Binding['phase']): { binding: Binding } => ({
  binding: { serverId, account: 'carol', userId: 'carol', phase },
})

it('gives a binding back to the account whose server was lost and added anew (BND-5)', async () => {
  await carolSignsIn()
  const lost = { serverId: 'lost', account: 'carol', userId: 'carol', phase: 'bound' } as const
  const { id } = await stored((await keyOf('carol')).secret, { binding: lost })
  const { listed } = await factors(serverId)
  expect(listed).toMatchObject([{ enabled: true, entryId: id }])
  const { binding, recoveryCode } = await entryById(id)
  expect(binding).toEqual({ ...lost, serverId })
  expect(recoveryCode).toBe((await keyOf('carol')).recoveryCode)
  expect(await allEntries()).toHaveLength(1)
})

/** Carol is bound elsewhere and signs in here by that code. */
async function carolSignsIn(): Promise<void> {
  const helper = await stored((await keyOf('carol')).secret)
  await signIn(serverId, 'carol', 'carol-Passw0rd')
  expect(await bindings.verifyTotp(serverId, helper.id)).toEqual({ kind: 'signed-in' })
  await trashEntry(helper.id, Date.now())
  await deleteEntry(helper.id)
}

async function listCalls(): Promise<number> {
  return (await stateOf(emulator)).requests.filter(({ path }) => path.endsWith('/mfa/authenticator')).length
}

describe('the factors at the server', () => {
  it('take an entry with the same secret for their own, with its recovery code', async () => {
    const scanned = await stored((await keyOf('carol')).secret)
    await signIn(serverId, 'carol', 'carol-Passw0rd')
    expect(await bindings.verifyTotp(serverId, scanned.id)).toEqual({ kind: 'signed-in' })
    expect(await factors(serverId)).toMatchObject({ listed: [{ enabled: true, entryId: scanned.id }], notThere: [] })
    expect((await entryById(scanned.id)).binding).toMatchObject({ account: 'carol', userId: 'carol', phase: 'bound' })
  })

  it('are asked for once, however many entries are open (BND-11)', async () => {
    await carolSignsIn()
    for (const letter of ['A', 'B', 'C']) await stored(letter.repeat(16), ofCarol('confirming'))
    const before = await listCalls()
    await factors(serverId)
    expect(await listCalls()).toBe(before + 1)
  })

  it('name what is here and not bound there, and remove nothing (BND-5)', async () => {
    await carolSignsIn()
    const gone = await stored('GEZDGNBVGY3TQOJQ', ofCarol('bound'))
    const superseded = await stored('MFRGGZDFMZTWQ2LK', ofCarol('confirming'))
    const plain = await stored('ORSXG5BAORSXG5BA')
    const other = await stored('NNSXS3DPMNVWK4TT', { binding: { ...ofCarol('bound').binding, userId: 'bob' } })
    const { listed, notThere } = await factors(serverId)
    expect(listed).toMatchObject([{ enabled: true, entryId: null }])
    expect(notThere.toSorted()).toEqual([gone.id, superseded.id].toSorted())
    expect((await liveEntries()).map(({ id }) => id).toSorted()).toEqual(
      [gone, superseded, plain, other].map(({ id }) => id).toSorted(),
    )
    expect((await entryById(gone.id)).binding?.phase).toBe('bound')
  })

  it('end an unbinding whose answer was lost: the account follows to the trash (BND-7)', async () => {
    await carolSignsIn()
    const { id } = await stored('GEZDGNBVGY3TQOJQ', ofCarol('unbinding'))
    expect(await factors(serverId)).toMatchObject({ notThere: [] })
    expect((await entryById(id)).trashedAt).toBe(Date.now())
  })

  it('leave an unbound account that was taken out of the trash where it is, and name it', async () => {
    await carolSignsIn()
    const { id } = await stored('GEZDGNBVGY3TQOJQ', ofCarol('unbound'))
    expect(await factors(serverId)).toMatchObject({ notThere: [id] })
    expect((await entryById(id)).trashedAt).toBeUndefined()
  })
})

describe('adopting what is bound there and missing here', () => {
  async function missing(): Promise<string> {
    const factor = (await factors(serverId)).listed.find(({ entryId }) => entryId === null)
    return factor?.id ?? 'none'
  }

  it('stores secret and recovery code, and answers neither', async () => {
    await carolSignsIn()
    const view = await adopt(serverId, await missing())
    const key = await keyOf('carol')
    const entry = await entryById(view.id)
    expect(encodeBase32(entry.secret)).toBe(key.secret)
    expect(entry).toMatchObject({ recoveryCode: key.recoveryCode, label: 'carol', sites: [HOST], ...ofCarol('bound') })
    expect(view).toMatchObject({ phase: 'bound', hasRecoveryCode: true, serverId })
    expect(JSON.stringify(view)).not.toContain(key.secret)
    expect(JSON.stringify(view)).not.toContain(key.recoveryCode)
    expect(await factors(serverId)).toMatchObject({ listed: [{ entryId: view.id }], notThere: [] })
  })

  it('comes beside an entry with the same names and another secret (BND-8)', async () => {
    await carolSignsIn()
    const other = await stored('GEZDGNBVGY3TQOJQ', { ...ofCarol('bound'), recoveryCode: 'older' })
    const view = await adopt(serverId, await missing())
    expect(await liveEntries()).toHaveLength(2)
    expect(await entryById(other.id)).toEqual({ ...other, ...ofCarol('unbound') })
    expect(await factors(serverId)).toMatchObject({ listed: [{ entryId: view.id }], notThere: [other.id] })
  })

  it('takes it out of the trash where it lies there (BND-8)', async () => {
    await carolSignsIn()
    const trashed = await stored((await keyOf('carol')).secret, { label: 'my own name', trashedAt: 5 })
    const view = await adopt(serverId, await missing())
    expect(view).toMatchObject({ id: trashed.id, label: 'my own name', phase: 'bound', trashedAt: null })
    expect(await allEntries()).toHaveLength(1)
  })

  it('is refused for what the server does not list', async () => {
    await carolSignsIn()
    await expect(adopt(serverId, 'another')).rejects.toThrow('mfa/factor-gone')
    expect(await allEntries()).toEqual([])
  })

  it('is refused for what was begun and not confirmed', async () => {
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await bindings.bind(serverId)
    const [factor] = (await factors(serverId)).listed
    await changeEntry(id, (entry) => ({ ...entry, secret: new Uint8Array(20).fill(7) }))
    await expect(adopt(serverId, factor?.id ?? '')).rejects.toThrow('mfa/factor-gone')
  })

  it('needs somebody who is signed in', async () => {
    await expect(adopt(serverId, 'any')).rejects.toThrow('mfa/not-signed-in')
  })
})

describe('letting go of what is here and not bound there', () => {
  it.each(['bound', 'confirming', 'associated', 'unbound'] as const)(
    '%s: keeps it as a plain account',
    async (phase) => {
      await carolSignsIn()
      const { binding: _binding, ...plain } = await stored('GEZDGNBVGY3TQOJQ', {
        ...ofCarol(phase),
        recoveryCode: 'old',
      })
      await letGo(plain.id, 'plain')
      expect(await entryById(plain.id)).toEqual(plain)
    },
  )

  it.each(['bound', 'confirming', 'associated', 'unbound'] as const)('%s: moves it to the trash', async (phase) => {
    await carolSignsIn()
    const { id } = await stored('GEZDGNBVGY3TQOJQ', ofCarol(phase))
    await letGo(id, 'trash')
    expect(await entryById(id)).toMatchObject({ trashedAt: Date.now(), ...ofCarol('unbound') })
  })

  it.each(['plain', 'trash'] as const)('as %s is refused where the server asks for its codes (BND-7)', async (as) => {
    await carolSignsIn()
    const { id } = await stored((await keyOf('carol')).secret, ofCarol('confirming'))
    await expect(letGo(id, as)).rejects.toThrow('entry/still-bound')
    expect(await entryById(id)).toMatchObject(ofCarol('confirming'))
    expect((await entryById(id)).trashedAt).toBeUndefined()
  })

  it.each(['plain', 'trash'] as const)('as %s is refused where the server cannot be asked (BND-4)', async (as) => {
    await carolSignsIn()
    const { id } = await stored('GEZDGNBVGY3TQOJQ', ofCarol('bound'))
    await control(emulator, 'POST', 'faults', { operation: 'listAuthenticators', fault: 'drop-before' })
    await expect(letGo(id, as)).rejects.toThrow('network/offline')
    expect(await entryById(id)).toMatchObject(ofCarol('bound'))
  })

  it('is refused for another user', async () => {
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const { id } = await stored('GEZDGNBVGY3TQOJQ', ofCarol('bound'))
    await expect(letGo(id, 'trash')).rejects.toThrow('mfa/other-user')
  })
})
