import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bindingFinder, carriedOf, carriedWith, pastOf } from '../../src/background/carried'
import { exportEntries, importEntries } from '../../src/background/transfer'
import { vault, vaultKey } from '../../src/background/vault/unlocked'
import type { Binding, Entry, Server } from '../../src/core/entry'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { readImport, writeExport } from '../../src/formats/index'
import type { CarriedEntry } from '../../src/rpc/transfer-calls'
import { carriedOf as carriedFrom, importedOf } from '../../src/ui/actions/transfer-carried'
import { asFormer } from '../../src/vault/restore'
import { PASSPHRASE, openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
const server: Server = { id: 'server-1', appHost: 'https://a.example', appId: 'app', userPoolId: 'pool' }
const binding: Binding = { serverId: server.id, account: 'alice', userId: 'u1', phase: 'bound' }
const abroad = {
  appHost: server.appHost,
  appId: server.appId,
  userPoolId: 'pool',
  account: 'alice',
  userId: 'u1',
  phase: 'bound',
} as const
const entry: Entry = {
  ...parseOtpauthUri('otpauth://totp/Acme:alice?secret=JBSWY3DPEHPK3PXP'),
  id: 'entry-1',
  sites: ['https://a.example'],
  createdAt: NOW - 3,
  usedAt: NOW - 2,
  lastStepUsed: 7,
  recoveryCode: 'r',
  note: 'n',
  favourite: true,
  groups: ['Work'],
  binding,
}
const hotp = { ...parseOtpauthUri('otpauth://hotp/x?secret=JBSWY3DP&counter=5') }

beforeEach(openEmptyVault)
afterEach(() => vi.restoreAllMocks())

describe('an entry on its way out', () => {
  it('takes its past along, and its server by address', () => {
    const past = { createdAt: NOW - 3, usedAt: NOW - 2, lastStepUsed: 7 }
    expect(carriedWith([server])(entry)).toMatchObject({ ...past, binding: abroad, recoveryCode: 'r', note: 'n' })
  })

  it('leaves out a binding whose server is unknown, and its id in this vault', () => {
    for (const carried of [carriedOf(entry), carriedWith([])(entry)]) {
      expect(carried).not.toHaveProperty('binding')
      expect(carried).not.toHaveProperty('id')
    }
  })
})

describe('pastOf', () => {
  it.each<[Partial<CarriedEntry>, object]>([
    [{}, { createdAt: NOW }],
    [
      { createdAt: 5, usedAt: 6, lastStepUsed: 7 },
      { createdAt: 5, usedAt: 6, lastStepUsed: 7 },
    ],
    [
      { createdAt: NOW + 1, usedAt: NOW + 1 },
      { createdAt: NOW, usedAt: NOW },
    ],
    [{ lastStepUsed: 2 ** 53 - 1 }, { createdAt: NOW, lastStepUsed: Math.floor(NOW / 30_000) }],
  ])('takes %j as far as it can have been (BND-10)', (past, expected) => {
    expect(
      pastOf(
        {
          ...carriedOf(entry),
          createdAt: undefined,
          usedAt: undefined,
          lastStepUsed: undefined,
          ...past,
        } as CarriedEntry,
        entry,
        NOW,
      ),
    ).toEqual(expected)
  })

  it('bounds what was spent of a HOTP by its counter', () => {
    expect(pastOf({ ...carriedOf(entry), lastStepUsed: 99 }, hotp, NOW).lastStepUsed).toBe(5)
  })
})

describe('bindingFinder', () => {
  const contents = { entries: [] as Entry[], servers: [server], damaged: [], generation: 1 }
  const draft: CarriedEntry = { ...carriedOf(entry), binding: abroad }

  it('finds the server under the id that it has here', () => {
    const here = bindingFinder({ ...contents, servers: [{ ...server, id: 'other' }] })
    expect(here(draft)).toEqual({ ...binding, serverId: 'other', phase: 'confirming' })
  })

  it.each<[string, Partial<typeof abroad>]>([
    ['another host', { appHost: 'https://b.example' as typeof abroad.appHost }],
    ['another application', { appId: 'other' as typeof abroad.appId }],
  ])('opens no way to %s', (_, change) => {
    expect(bindingFinder(contents)({ ...draft, binding: { ...abroad, ...change } })).toBeNull()
  })

  it('lets nobody be the factor of a user who has one, in the vault or in the file (BND-8)', () => {
    expect(bindingFinder({ ...contents, entries: [entry] })(draft)).toBeNull()
    const here = bindingFinder(contents)
    expect([here(draft), here(draft)]).toEqual([{ ...binding, phase: 'confirming' }, null])
  })

  it.each([
    ['bound', 'confirming'],
    ['confirming', 'confirming'],
    ['associated', 'associated'],
    ['unbinding', 'unbinding'],
    ['unbound', 'unbound'],
  ] as const)('takes what was %s then for %s, until the server says so now (BND-3)', (phase, expected) => {
    expect(bindingFinder(contents)({ ...draft, binding: { ...abroad, phase } })?.phase).toBe(expected)
  })

  it('does not let what is unbound stand in the way of the one that took its place', () => {
    const unbound = { ...entry, binding: { ...binding, phase: 'unbound' } as const }
    expect(bindingFinder({ ...contents, entries: [unbound] })(draft)).not.toBeNull()
    const here = bindingFinder(contents)
    expect(here({ ...draft, binding: { ...abroad, phase: 'unbound' } })?.phase).toBe('unbound')
    expect(here(draft)?.phase).toBe('confirming')
  })

  it('finds nothing for a row without one', () => {
    expect(bindingFinder(contents)(carriedOf(entry))).toBeNull()
  })
})

describe('a vault that goes into our own backup and comes back (VLT-14)', () => {
  it('keeps past, binding, order and everything beside', async () => {
    const second: Entry = {
      ...entry,
      ...hotp,
      id: 'entry-2',
      counter: 9,
      binding: { ...binding, userId: 'u2', phase: 'unbinding' },
    }
    const third: Entry = {
      ...entry,
      id: 'entry-3',
      secret: new Uint8Array(20).fill(3),
      usedAt: NOW,
      binding: { ...binding, userId: 'u3' },
    }
    await vault.change(await vaultKey(), () => ({ entries: [third, second, entry], servers: [server] }))
    const { entries: out } = await exportEntries(PASSPHRASE, null)
    const { bytes } = await writeExport('latchkey', out.map(importedOf), { password: 'reeds in the wind' })
    const { entries: back } = await readImport(bytes, { password: 'reeds in the wind' })

    await openEmptyVault()
    await vault.change(await vaultKey(), () => ({ servers: [{ ...server, id: 'anew' }] }))
    await importEntries(back.map(carriedFrom), NOW)
    const { entries: stored } = await vault.read(await vaultKey())
    const here = ({ id: _id, importedAt: _at, ...rest }: Entry): object => ({
      ...rest,
      binding: { ...rest.binding, serverId: 'anew' },
    })
    // Whether they are bound still, the server's list says (BND-3).
    const then = [third, second, entry].map((one) => asFormer(one))
    expect(stored.map(here)).toEqual(then.map(here))
  })
})
