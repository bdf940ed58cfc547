import { beforeEach, describe, expect, it } from 'vitest'
import { addEntry, editEntry, liveEntries } from '../../../src/background/entries'
import {
  forgetSite,
  rememberField,
  rememberedSites,
  setAutoSubmit,
  submitsOn,
  taughtFields,
  widenSite,
} from '../../../src/background/page/site-memory'
import { matching } from '../../../src/background/page/page-view'
import type { Entry } from '../../../src/core/entry'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://login.heronbank.com'
const FIELD = { boxes: 1, attributes: { name: 'pin' } }

beforeEach(openEmptyVault)

async function account(secret: string, site = SITE): Promise<string> {
  const usual = { type: 'totp', issuer: 'Heronbank', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  return (await addEntry({ ...usual, label: secret, secret, site }, 0)).id
}

describe('a field at which the user pointed', () => {
  it('is known on that site alone, to all accounts of it', async () => {
    await account('JBSWY3DPEHPK3PXP')
    await account('GEZDGNBVGY3TQOJQ')
    await account('MFRGGZDFMZTWQ2LK', 'https://other.example')
    await rememberField(SITE, FIELD)
    expect(taughtFields(await liveEntries(), SITE)).toEqual([FIELD, FIELD])
    expect(taughtFields(await liveEntries(), 'https://other.example')).toEqual([])
  })

  it('takes the place of the one before', async () => {
    await account('JBSWY3DPEHPK3PXP')
    await rememberField(SITE, FIELD)
    await rememberField(SITE, { boxes: 6, attributes: {} })
    expect(taughtFields(await liveEntries(), SITE)).toEqual([{ boxes: 6, attributes: {} }])
  })

  it('is forgotten with its account, or when the user says so', async () => {
    const id = await account('JBSWY3DPEHPK3PXP')
    await rememberField(SITE, FIELD)
    await forgetSite(SITE)
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
    expect((await liveEntries()).find((entry) => entry.id === id)).not.toHaveProperty('siteMemory')
  })

  it.each(['https://login.heronbank.com/path', 'login.heronbank.com', 'null', 'about:blank', '__proto__'])(
    'is not kept for %j, which is no origin',
    async (origin) => {
      await account('JBSWY3DPEHPK3PXP')
      await expect(rememberField(origin, FIELD)).rejects.toThrow('entry/site-invalid')
    },
  )
})

describe('sending the form', () => {
  it('is off until the user turns it on, and off again when he does so', async () => {
    await account('JBSWY3DPEHPK3PXP')
    expect(submitsOn(await liveEntries(), SITE)).toBe(false)
    await setAutoSubmit(SITE, true)
    expect(submitsOn(await liveEntries(), SITE)).toBe(true)
    expect(submitsOn(await liveEntries(), `${SITE}:8443`)).toBe(false)
    await setAutoSubmit(SITE, false)
    expect(submitsOn(await liveEntries(), SITE)).toBe(false)
  })

  it('is remembered beside the field', async () => {
    await account('JBSWY3DPEHPK3PXP')
    await account('GEZDGNBVGY3TQOJQ', 'https://other.example')
    await rememberField(SITE, FIELD)
    await setAutoSubmit(SITE, true)
    expect(await rememberedSites()).toEqual([
      { origin: SITE, hasField: true, submit: true, hint: false },
      { origin: 'https://other.example', hasField: false, submit: false, hint: false },
    ])
  })

  it('is remembered on a host of a domain to which an account was widened', async () => {
    const id = await account('JBSWY3DPEHPK3PXP')
    await widenSite(id, 'https://www.heronbank.com')
    await setAutoSubmit('https://www.heronbank.com', true)
    expect((await rememberedSites()).map(({ origin }) => origin)).toEqual([SITE, 'https://www.heronbank.com'])
  })
})

describe('widenSite (FIL-2)', () => {
  const domainOf = async (id: string): Promise<Entry> =>
    (await liveEntries()).find((entry) => entry.id === id) ?? expect.unreachable()

  it('offers the account on all hosts of its domain from then on', async () => {
    const id = await account('JBSWY3DPEHPK3PXP')
    expect(matching(await liveEntries(), 'https://www.heronbank.com')).toEqual([])
    await widenSite(id, 'https://www.heronbank.com')
    expect((await domainOf(id)).sites).toEqual([SITE, 'heronbank.com'])
    expect(matching(await liveEntries(), 'https://www.heronbank.com')).toHaveLength(1)
    expect(matching(await liveEntries(), 'https://heronbank.com.evil.com')).toEqual([])
  })

  it('stays as it is when the names are edited', async () => {
    const id = await account('JBSWY3DPEHPK3PXP')
    await widenSite(id, SITE)
    const { sites } = await domainOf(id)
    await editEntry(id, { issuer: 'New', label: 'name', sites })
    expect((await domainOf(id)).sites).toEqual([SITE, 'heronbank.com'])
  })

  it.each([
    ['a tenant of a shared domain', 'https://one.github.io', 'https://two.github.io'],
    ["a tenant of the vendor's domain", 'https://one.authing.cn', 'https://two.authing.cn'],
    ['an address', 'https://192.0.2.7', 'https://192.0.2.7'],
    ['a page without encryption', 'http://login.heronbank.com', 'http://www.heronbank.com'],
    ['a single name', 'https://localhost', 'https://localhost'],
    ['another domain', SITE, 'https://www.other.example'],
    ['no page', SITE, 'about:blank'],
  ])('is refused for %s', async (_what, site, origin) => {
    const id = await account('JBSWY3DPEHPK3PXP', site)
    await expect(widenSite(id, origin)).rejects.toThrow('entry/site-invalid')
    expect((await domainOf(id)).sites).toEqual([site])
  })
})

describe('a site that the user takes back from an account', () => {
  const change = { issuer: 'Heronbank', label: 'anna' }

  it('takes along what was taught about it, and leaves what belongs to the sites that stay', async () => {
    const other = 'https://www.heronbank.com'
    const id = await account('JBSWY3DPEHPK3PXP')
    await editEntry(id, { ...change, sites: [SITE, other] })
    await rememberField(SITE, FIELD)
    await setAutoSubmit(SITE, true)
    await rememberField(other, FIELD)
    await editEntry(id, { ...change, sites: [other] })
    expect(submitsOn(await liveEntries(), SITE)).toBe(false)
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
    expect(taughtFields(await liveEntries(), other)).toEqual([FIELD])
    expect((await rememberedSites()).map(({ origin }) => origin)).toEqual([other])
  })

  it('counts from the next question on, a whole domain like one host', async () => {
    const id = await account('JBSWY3DPEHPK3PXP')
    const near = 'https://www.heronbank.com'
    await widenSite(id, near)
    await rememberField(near, FIELD)
    expect(matching(await liveEntries(), near)).toHaveLength(1)
    await editEntry(id, { ...change, sites: [SITE] })
    expect(matching(await liveEntries(), near)).toEqual([])
    expect(taughtFields(await liveEntries(), near)).toEqual([])
    expect(matching(await liveEntries(), SITE)).toHaveLength(1)
  })
})
