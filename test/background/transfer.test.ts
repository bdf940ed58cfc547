import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as entries from '../../src/background/entries'
import { exportEntries, importEntries, proposeImport, showSecret, undoImport } from '../../src/background/transfer'
import { vault, vaultKey } from '../../src/background/vault/unlocked'
import { encodeBase32 } from '../../src/core/base32'
import { bytesToHex } from '../../src/core/bytes'
import type { Entry } from '../../src/core/entry'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import type { CarriedEntry } from '../../src/rpc/transfer-calls'
import * as session from '../../src/vault/session'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { PASSPHRASE, openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
const LATER = NOW + 60_000

beforeEach(openEmptyVault)
afterEach(() => vi.restoreAllMocks())

function row(parts: Partial<CarriedEntry> = {}): CarriedEntry {
  return {
    type: 'totp',
    issuer: 'Heronbank',
    label: 'wader',
    secret: 'JBSWY3DPEHPK3PXP',
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [],
    ...parts,
  }
}

/** A secret of its own for each number. */
function secret(number: number): string {
  return encodeBase32(
    new Uint8Array(20)
      .fill(7)
      .with(0, number >> 8)
      .with(1, number & 255),
  )
}

const kinds = async (...rows: CarriedEntry[]) => (await proposeImport(rows)).map(({ kind }) => kind)

/** The vault without what differs from run to run. */
async function stored(): Promise<readonly Entry[]> {
  return entries.allEntries()
}

describe('proposeImport', () => {
  it('knows what is new, the same, of the same name, in the trash, repeated (INP-10)', async () => {
    const { id } = await entries.addEntry({ ...row({ label: 'old', secret: secret(1) }), site: '' }, NOW)
    await entries.trashEntry(id, NOW)
    await entries.addEntry({ ...row(), site: '' }, NOW)
    const rows = [
      row({ label: 'other names, same secret' }),
      row({ secret: secret(2) }),
      row({ label: 'new', secret: secret(3) }),
      row({ label: 'new', secret: secret(3) }),
      row({ label: 'one secret, many names', secret: secret(3) }),
      row({ label: 'old', secret: secret(1) }),
      row({ label: 'old', secret: secret(1), digits: 8 }),
    ]
    expect(await kinds(...rows)).toEqual(['same', 'other-secret', 'new', 'repeated', 'new', 'in-trash', 'new'])
  })

  it.each<[string, Partial<CarriedEntry>, string]>([
    ['has no secret', { secret: '' }, 'entry/secret-empty'],
    ['has a broken secret', { secret: 'J0SW' }, 'entry/secret-invalid'],
    ['has no name', { issuer: '', label: ' ' }, 'entry/name-missing'],
    ['has eleven digits', { digits: 11 }, 'entry/digits-invalid'],
    ['has a PIN to it that is not there', { type: 'motp', algorithm: 'MD5', secret: 'aabb' }, 'entry/pin-missing'],
    ['is of an unknown kind', { type: 'constructor' as 'totp' }, 'entry/type-unsupported'],
  ])('refuses by name a row that %s, and no other (INP-9)', async (_what, parts, reason) => {
    expect(await proposeImport([row(parts), row()])).toEqual([{ kind: 'refused', reason }, { kind: 'new' }])
    expect(await importEntries([row(parts), row()], NOW)).toEqual({ added: 1, skipped: 1, importedAt: NOW })
  })

  it('stores nothing', async () => {
    const generation = (await vault.read(await vaultKey())).generation
    await proposeImport([row(), row({ label: 'b', secret: secret(1) })])
    expect((await vault.read(await vaultKey())).generation).toBe(generation)
  })
})

describe('importEntries', () => {
  it('keeps all that a row says, in the order of the file', async () => {
    const extra = { groups: ['Work', 'Bank'], note: 'line\nline', favourite: true, recoveryCode: 'a-b-c' }
    const first = row({ type: 'hotp', counter: 41, algorithm: 'SHA512', digits: 8, ...extra })
    const second = row({ type: 'motp', algorithm: 'MD5', periodSeconds: 10, secret: 'AABB', pin: '1234' })
    await importEntries([first, second], NOW)
    const [one, two] = await stored()
    const base = { issuer: 'Heronbank', label: 'wader', sites: [], createdAt: NOW, importedAt: NOW }
    expect(one).toMatchObject({ ...base, ...extra, type: 'hotp', counter: 41, algorithm: 'SHA512', digits: 8 })
    expect(two).toMatchObject({ ...base, type: 'motp', pin: '1234', periodSeconds: 10 })
    expect(bytesToHex(two?.secret ?? new Uint8Array())).toBe('aabb')
  })

  it('turns addresses into sites, each once, and drops what is none', async () => {
    const sites = ['https://Bank.example/login?x=1', 'bank.example', 'androidapp://com.bank', '', 'not a site']
    await importEntries([row({ sites })], NOW)
    expect((await stored())[0]?.sites).toEqual(['https://bank.example'])
  })

  it('overwrites nothing and adds nothing twice (BND-8)', async () => {
    const kept = await entries.addEntry({ ...row({ digits: 8 }), site: 'https://bank.example' }, NOW)
    const before = await stored()
    expect(await importEntries([row(), row({ secret: secret(1) })], LATER)).toMatchObject({ added: 1, skipped: 1 })
    expect((await stored()).find(({ id }) => id === kept.id)).toEqual(before[0])
    expect(await importEntries([row(), row({ secret: secret(1) })], LATER)).toMatchObject({ added: 0, skipped: 2 })
    expect(await stored()).toHaveLength(2)
  })

  it('adds once what two pages import at the same moment', async () => {
    const rows = [row(), row({ label: 'b', secret: secret(1) })]
    const results = await Promise.all([importEntries(rows, NOW), importEntries(rows, LATER)])
    expect(results.map(({ added }) => added).toSorted()).toEqual([0, 2])
    expect(await stored()).toHaveLength(2)
  })

  it('is there as a whole or not at all, wherever it is cut off (INP-10)', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => row({ label: `account ${i}`, secret: secret(i) }))
    await importEntries([row({ label: 'before', secret: secret(999) })], NOW)
    const before = await stored()
    const put = IDBObjectStore.prototype.put
    let cut = 0
    for (let done = false; !done; cut += 1) {
      let left = cut
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
        if (left-- === 0) this.transaction.abort()
        return put.apply(this, args)
      })
      done = await importEntries(rows, LATER).then(
        () => true,
        () => false,
      )
      vi.restoreAllMocks()
      await vault.close()
      if (!done) expect(await stored()).toEqual(before)
    }
    expect(cut).toBeGreaterThan(4)
    expect(await stored()).toHaveLength(201)
  })

  it('holds what was promised, for any rows (INP-9, BND-8)', async () => {
    const anyRow = fc.record({ name: fc.integer({ min: 0, max: 3 }), secret: fc.integer({ min: 0, max: 6 }) })
    const toRow = ({ name, secret: number }: { name: number; secret: number }) =>
      row({ label: `account ${name}`, secret: secret(number) })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyRow, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
        await openEmptyVault()
        for (const [i, batch] of batches.entries()) {
          const rows = batch.map(toRow)
          const before = await stored()
          const promised = (await proposeImport(rows)).filter(({ kind }) => ['new', 'other-secret'].includes(kind))
          const { added } = await importEntries(rows, NOW + i)
          expect(added).toBe(promised.length)
          const after = await stored()
          expect(after.slice(0, before.length)).toEqual(before)
          expect(after).toHaveLength(before.length + added)
          for (const one of rows) {
            expect(after.some((entry) => encodeBase32(entry.secret) === one.secret)).toBe(true)
          }
        }
      }),
      { numRuns: 8 },
    )
  }, 60_000)

  it('keeps the state before it, sealed (INP-10)', async () => {
    await importEntries([row()], NOW)
    const [snapshot] = (await vault.snapshots()).filter(({ reason }) => reason === 'import')
    expect(snapshot).toMatchObject({ records: 0 })
    await importEntries([row({ secret: secret(1) })], LATER)
    expect((await vault.snapshots())[0]).toMatchObject({ reason: 'import', records: 1 })
  })

  it('takes ten thousand accounts in one write (INP-2)', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => row({ label: `account ${i}`, secret: secret(i) }))
    const generation = (await vault.read(await vaultKey())).generation
    expect(await importEntries(rows, NOW)).toMatchObject({ added: 10_000 })
    const after = await vault.read(await vaultKey())
    expect(after.entries).toHaveLength(10_000)
    expect(after.generation).toBe(generation + 1)
  }, 60_000)
})

describe('undoImport', () => {
  it('moves exactly what that import added to the trash, and a second import brings it back', async () => {
    await importEntries([row()], NOW)
    await importEntries([row(), row({ label: 'b', secret: secret(1) }), row({ label: 'c', secret: secret(2) })], LATER)
    expect(await undoImport(LATER, LATER)).toBe(2)
    expect((await entries.liveEntries()).map(({ label }) => label)).toEqual(['wader'])
    expect(await undoImport(LATER, LATER)).toBe(0)

    const ids = (await stored()).map(({ id }) => id)
    expect(await importEntries([row({ label: 'b', secret: secret(1) })], LATER + 1)).toMatchObject({ added: 1 })
    expect((await entries.liveEntries()).map(({ label }) => label)).toEqual(['wader', 'b'])
    expect((await stored()).map(({ id }) => id)).toEqual(ids)
    expect(await undoImport(LATER + 1, LATER + 1)).toBe(1)
  })

  it('leaves alone what a server asks for (BND-7)', async () => {
    await importEntries([row()], NOW)
    const [entry] = await stored()
    const binding = { serverId: 's', account: 'a', userId: 'u', phase: 'bound' as const }
    await entries.changeEntry(entry?.id ?? '', (one) => ({ ...one, binding }))
    expect(await undoImport(NOW, LATER)).toBe(0)
  })
})

describe('exportEntries', () => {
  it('gives back what an import took, of every kind, after the passphrase', async () => {
    const rows = REFERENCE_ENTRIES.map((entry, i) =>
      row({
        ...entry,
        // One secret for each, since many of these share one.
        secret: entry.type === 'motp' ? `AABB${bytesToHex(Uint8Array.of(i))}` : `${secret(i)}`,
        sites: ['https://example.com'],
        ...(i % 2 ? { note: `note ${i}`, groups: ['Work'], favourite: true, recoveryCode: `code-${i}` } : {}),
      }),
    )
    await importEntries(rows, NOW)
    const { entries: exported, damaged } = await exportEntries(PASSPHRASE, null)
    expect(damaged).toBe(0)
    expect(exported.map(upper)).toEqual(rows.map((one) => ({ ...upper(one), createdAt: NOW })))
  })

  it('leaves out the trash, and says when the rest was made and used', async () => {
    await importEntries([row(), row({ label: 'b', secret: secret(1) })], NOW)
    const [first, second] = await stored()
    await entries.trashEntry(first?.id ?? '', NOW)
    await entries.markUsed(second?.id ?? '', NOW)
    expect((await exportEntries(PASSPHRASE, null)).entries).toEqual([
      row({ label: 'b', secret: secret(1), createdAt: NOW, usedAt: NOW }),
    ])
  })

  it('gives those that are asked for, in the vault’s order, and none of the trash', async () => {
    await importEntries([row(), row({ label: 'b', secret: secret(1) }), row({ label: 'c', secret: secret(2) })], NOW)
    const [first, second, third] = (await stored()).map(({ id }) => id)
    await entries.trashEntry(first ?? '', NOW)
    const { entries: some } = await exportEntries(PASSPHRASE, [third ?? '', first ?? '', 'unknown'])
    expect(some.map(({ label }) => label)).toEqual(['c'])
    expect((await exportEntries(PASSPHRASE, [second ?? '', third ?? ''])).entries).toHaveLength(2)
    expect((await exportEntries(PASSPHRASE, [])).entries).toEqual([])
  })

  it('refuses another passphrase, and a locked vault', async () => {
    await importEntries([row()], NOW)
    const [{ id } = { id: '' }] = await stored()
    await expect(exportEntries('not this one', null)).rejects.toMatchObject({ code: 'vault/wrong-passphrase' })
    await expect(showSecret(id, 'not this one')).rejects.toMatchObject({ code: 'vault/wrong-passphrase' })
    await session.forget()
    await expect(exportEntries(PASSPHRASE, null)).rejects.toMatchObject({ code: 'vault/locked' })
    await expect(showSecret(id, PASSPHRASE)).rejects.toMatchObject({ code: 'vault/locked' })
  })
})

describe('showSecret', () => {
  it('answers an address that means the same account', async () => {
    await importEntries([row({ algorithm: 'SHA256', digits: 8, periodSeconds: 60 })], NOW)
    const [{ id } = { id: '' }] = await stored()
    const entry = parseOtpauthUri(await showSecret(id, PASSPHRASE))
    expect({ ...entry, secret: encodeBase32(entry.secret), sites: [] }).toEqual(
      row({ algorithm: 'SHA256', digits: 8, periodSeconds: 60 }),
    )
  })
})

/** Hexadecimal may come in any case. */
function upper(one: CarriedEntry): CarriedEntry {
  return { ...one, secret: one.secret.toUpperCase() }
}
