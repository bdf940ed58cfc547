import { beforeEach, describe, expect, it } from 'vitest'
import * as entries from '../../src/background/entries'
import { encodeBase32 } from '../../src/core/base32'
import type { BindingPhase } from '../../src/core/entry'
import { codeAt } from '../../src/core/otp'
import type { EntryDraft } from '../../src/rpc/account-calls'
import * as session from '../../src/vault/session'
import { openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
const SECRET = 'JBSWY3DPEHPK3PXP'
const OTHER_SECRET = 'GEZDGNBVGY3TQOJQ'

beforeEach(openEmptyVault)

function draft(parts: Partial<EntryDraft> = {}): EntryDraft {
  return {
    type: 'totp',
    issuer: 'Heronbank',
    label: 'wader',
    secret: SECRET,
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    site: '',
    ...parts,
  }
}

describe('adding', () => {
  it('stores what was agreed to, and shows no secret of it', async () => {
    const view = await entries.addEntry(draft({ site: 'https://Bank.example/login?x=1' }), NOW)
    expect(view).toMatchObject({ issuer: 'Heronbank', label: 'wader', sites: ['https://bank.example'], createdAt: NOW })
    const stored = await entries.entryById(view.id)
    expect(encodeBase32(stored.secret)).toBe(SECRET)
    expect(JSON.stringify(view)).not.toMatch(/secret|JBSWY/i)
  })

  it('refuses the same secret under any name, and takes other secrets under the same (BND-8)', async () => {
    await entries.addEntry(draft(), NOW)
    await expect(entries.addEntry(draft({ issuer: 'Other' }), NOW)).rejects.toThrow('entry/already-present')
    await entries.addEntry(draft({ secret: OTHER_SECRET }), NOW)
    expect(await entries.allEntries()).toHaveLength(2)
  })

  it('knows a secret that lies in the trash', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await entries.trashEntry(id, NOW)
    await expect(entries.addEntry(draft(), NOW)).rejects.toThrow('entry/already-present')
  })

  it.each([
    ['the same secret', SECRET, 'same'],
    ['another secret under the same names', OTHER_SECRET, 'other-secret'],
  ])('says of a proposal that it is %s, and stores nothing (INP-7)', async (_what, secret, already) => {
    await entries.addEntry(draft(), NOW)
    const proposal = await entries.propose(`otpauth://totp/Heronbank:wader?secret=${secret}&issuer=Heronbank`, '')
    expect(proposal.already).toBe(already)
    expect(await entries.allEntries()).toHaveLength(1)
  })

  it.each(['javascript:alert(1)', 'https://user:pass@bank.example', 'not a site', 'https://*.example'])(
    'refuses the site %j and stores nothing',
    async (site) => {
      await expect(entries.addEntry(draft({ site }), NOW)).rejects.toThrow('entry/site-invalid')
      expect(await entries.allEntries()).toEqual([])
    },
  )
})

describe('adding at the same moment from two pages', () => {
  it('stores a secret once (BND-8)', async () => {
    const both = await Promise.allSettled([entries.addEntry(draft(), NOW), entries.addEntry(draft(), NOW)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await entries.allEntries()).toHaveLength(1)
  })
})

describe('changing', () => {
  it.each([
    ['no name', { issuer: ' ', label: '' }, 'entry/name-missing'],
    ['an endless name', { issuer: 'x'.repeat(2_000), label: '' }, 'entry/text-too-long'],
  ])('refuses %s (INP-2)', async (_what, names, code) => {
    const { id } = await entries.addEntry(draft(), NOW)
    await expect(entries.editEntry(id, { ...names, sites: [] })).rejects.toThrow(code)
    expect(await entries.entryById(id)).toMatchObject({ issuer: draft().issuer })
  })

  it('refuses more sites than anybody has, and a recovery code that is a novel (INP-2)', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    const sites = Array.from({ length: 51 }, (_, n) => `https://s${n}.example`)
    await expect(entries.editEntry(id, { issuer: 'a', label: 'b', sites })).rejects.toThrow('entry/site-invalid')
    await expect(entries.keepRecoveryCode(id, 'x'.repeat(2_000))).rejects.toThrow('entry/text-too-long')
  })

  it('moves the counter of an HOTP account to where the user has it, and goes on from there (OTP-4)', async () => {
    const { id, issuer, label } = await entries.addEntry(draft({ type: 'hotp', counter: 3 }), NOW)
    for (const counter of [9, 2]) {
      const view = await entries.editEntry(id, { issuer, label, sites: [], counter })
      expect(view.counter).toBe(counter)
      const { code } = await entries.nextCode(id, NOW)
      expect(code).toBe(codeAt({ ...(await entries.entryById(id)), counter }, NOW).code)
    }
  })

  it('leaves the counter alone where none is given: another window may have moved it on', async () => {
    const { id, issuer, label } = await entries.addEntry(draft({ type: 'hotp', counter: 3 }), NOW)
    await entries.nextCode(id, NOW)
    expect((await entries.editEntry(id, { issuer, label, sites: [] })).counter).toBe(4)
  })

  it.each([-1, 1.5, 2 ** 53, NaN])('refuses the counter %j (INP-2)', async (counter) => {
    const { id, issuer, label } = await entries.addEntry(draft({ type: 'hotp', counter: 3 }), NOW)
    const change = entries.editEntry(id, { issuer, label, sites: [], counter })
    await expect(change).rejects.toThrow('entry/counter-invalid')
    expect((await entries.entryById(id)).counter).toBe(3)
  })

  it('refuses a counter for what has none', async () => {
    const { id, issuer, label } = await entries.addEntry(draft(), NOW)
    const change = entries.editEntry(id, { issuer, label, sites: [], counter: 1 })
    await expect(change).rejects.toThrow('entry/type-unsupported')
  })

  it('trims names and keeps each site once', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    const sites = ['bank.example', 'https://bank.example/', 'localhost:3000', ' ']
    const view = await entries.editEntry(id, { issuer: ' Curlew ', label: ' marsh ', sites })
    expect(view).toMatchObject({ issuer: 'Curlew', label: 'marsh' })
    expect(view.sites).toEqual(['https://bank.example', 'http://localhost:3000'])
  })

  it('of an entry that is gone says so', async () => {
    await expect(entries.editEntry('gone', { issuer: 'x', label: '', sites: [] })).rejects.toThrow(
      'vault/entry-missing',
    )
  })

  it('keeps a recovery code, trimmed, and refuses an empty one', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await entries.keepRecoveryCode(id, ' 1234-5678 ')
    expect(await entries.entryById(id)).toMatchObject({ recoveryCode: '1234-5678' })
    await expect(entries.keepRecoveryCode(id, '  ')).rejects.toThrow('mfa/argument-missing')
    expect(entries.viewOf(await entries.entryById(id))).toMatchObject({ hasRecoveryCode: true })
    expect(JSON.stringify(entries.viewOf(await entries.entryById(id)))).not.toContain('1234-5678')
  })
})

describe('the trash', () => {
  it('takes an entry out of the codes and gives it back', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await entries.trashEntry(id, NOW)
    expect(await entries.codes(undefined, NOW)).toEqual([])
    expect(await entries.liveEntries()).toEqual([])
    await entries.restoreEntry(id)
    expect(await entries.codes(undefined, NOW)).toHaveLength(1)
    expect(await entries.entryById(id)).not.toHaveProperty('trashedAt')
  })

  it('is the only place from which something goes for ever', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await expect(entries.deleteEntry(id)).rejects.toThrow('entry/not-in-trash')
    await entries.trashEntry(id, NOW)
    await entries.deleteEntry(id)
    expect(await entries.allEntries()).toEqual([])
  })

  it.each<[BindingPhase, boolean]>([
    ['associated', true],
    ['confirming', false],
    ['bound', false],
    ['unbinding', false],
    ['unbound', true],
  ])('takes an entry that is %s: %s (BND-7)', async (phase, takes) => {
    const { id } = await entries.addEntry(draft(), NOW)
    const binding = { serverId: 's', account: 'bob', userId: 'bob', phase }
    await entries.changeEntry(id, (entry) => ({ ...entry, binding }))
    const outcome = await entries.trashEntry(id, NOW).then(
      () => 'taken',
      (error: Error) => error.message,
    )
    expect(outcome).toBe(takes ? 'taken' : 'entry/still-bound')
    expect((await entries.liveEntries()).length).toBe(takes ? 0 : 1)
  })
})

describe('codes', () => {
  it('are those of the moment, with their span', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    const { code, validFrom, validUntil } = codeAt(await entries.entryById(id), NOW)
    expect(await entries.codes([id], NOW)).toEqual([
      { id, code, nextCode: codeAt(await entries.entryById(id), validUntil).code, validFrom, validUntil },
    ])
    expect(await entries.codes(['gone'], NOW)).toEqual([])
  })

  it('of HOTP come one after the other, each committed before it is shown (OTP-4)', async () => {
    const { id } = await entries.addEntry(draft({ type: 'hotp', counter: 3 }), NOW)
    const before = await entries.entryById(id)
    expect(await entries.codes([id], NOW)).toEqual([{ id, code: null, nextCode: null, validFrom: 0, validUntil: null }])
    const shown = [await entries.nextCode(id, NOW), await entries.nextCode(id, NOW)]
    expect(shown.map(({ code }) => code)).toEqual([3, 4].map((counter) => codeAt({ ...before, counter }, NOW).code))
    expect(await entries.entryById(id)).toMatchObject({ counter: 5, lastStepUsed: 4 })
    expect((await entries.codes([id], NOW))[0]?.code).toBe(shown[1]?.code)
  })

  it('of HOTP asked for at once are all different (OTP-4)', async () => {
    const { id } = await entries.addEntry(draft({ type: 'hotp', counter: 0 }), NOW)
    const views = await Promise.all(Array.from({ length: 8 }, () => entries.nextCode(id, NOW)))
    expect(new Set(views.map(({ code }) => code)).size).toBe(8)
    expect((await entries.entryById(id)).counter).toBe(8)
  })

  it('that are next exist for HOTP only', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await expect(entries.nextCode(id, NOW)).rejects.toThrow('entry/type-unsupported')
  })

  it('that are copied do not use up the time step (BND-10)', async () => {
    const { id } = await entries.addEntry(draft(), NOW)
    await entries.markUsed(id, NOW)
    expect(await entries.entryById(id)).toMatchObject({ usedAt: NOW })
    expect(await entries.entryById(id)).not.toHaveProperty('lastStepUsed')
  })
})

describe('a locked vault', () => {
  it('answers nothing and takes nothing (KEY-8)', async () => {
    await session.forget()
    for (const asked of [
      () => entries.allEntries(),
      () => entries.codes(undefined, NOW),
      () => entries.damagedRecords(),
      () => entries.addEntry(draft(), NOW),
      () => entries.propose(`otpauth://totp/x?secret=${SECRET}`, ''),
    ]) {
      await expect(asked()).rejects.toThrow('vault/locked')
    }
  })
})
