import { describe, expect, it } from 'vitest'
import { draftOf, entryOf, proposedEntry } from '../../src/background/drafts'
import { formatOtpauthUri } from '../../src/core/otpauth-uri'
import type { EntryDraft } from '../../src/rpc/account-calls'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

const DRAFT: EntryDraft = {
  type: 'totp',
  issuer: ' Heronbank ',
  label: 'wader ',
  secret: 'jbsw y3dp ehpk 3pxp',
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
  site: '',
}

describe('a draft', () => {
  it.each(REFERENCE_ENTRIES)('of $issuer $label ($type) is the entry again', (entry) => {
    expect(entryOf(draftOf(entry, 'https://example.com'))).toEqual({
      ...entry,
      issuer: entry.issuer.trim(),
      label: entry.label.trim(),
    })
  })

  it('reads a secret as people write it, and trims the names', () => {
    expect(entryOf(DRAFT)).toMatchObject({ issuer: 'Heronbank', label: 'wader' })
    expect(entryOf(DRAFT).secret).toHaveLength(10)
  })

  it.each<[Partial<EntryDraft>, string]>([
    [{ secret: '' }, 'entry/secret-empty'],
    [{ secret: 'not base 32: 0189' }, 'entry/secret-invalid'],
    [{ issuer: ' ', label: '' }, 'entry/name-missing'],
    [{ digits: 4 }, 'entry/digits-invalid'],
    [{ digits: 6.5 }, 'entry/digits-invalid'],
    [{ periodSeconds: 0 }, 'entry/period-invalid'],
    [{ periodSeconds: 3601 }, 'entry/period-invalid'],
    [{ algorithm: 'MD5' }, 'entry/algorithm-unsupported'],
    [{ type: 'constructor' as 'totp' }, 'entry/type-unsupported'],
    [{ type: 'hotp', counter: -1 }, 'entry/counter-invalid'],
    [{ type: 'motp', algorithm: 'MD5', periodSeconds: 10, secret: 'xyz', pin: '1' }, 'entry/secret-invalid'],
    [{ type: 'motp', algorithm: 'MD5', periodSeconds: 10, secret: 'abcdef' }, 'entry/pin-missing'],
  ])('with %o is refused as %s', (parts, code) => {
    expect(() => entryOf({ ...DRAFT, ...parts })).toThrow(code)
  })

  it('begins an HOTP account at 0 where nothing else is said', () => {
    expect(entryOf({ ...DRAFT, type: 'hotp' }).counter).toBe(0)
  })
})

describe('a text that was scanned', () => {
  it('is the account it describes', () => {
    const [entry] = REFERENCE_ENTRIES
    if (!entry) throw new Error('no entry')
    expect(proposedEntry(formatOtpauthUri(entry))).toEqual(entry)
  })

  it.each([
    ['https://example.com/app', 'scan/not-an-authenticator-code'],
    ['WIFI:T:WPA;S:guests;P:x;;', 'scan/not-an-authenticator-code'],
    ['hello', 'scan/not-an-authenticator-code'],
    ['', 'scan/not-an-authenticator-code'],
    ['otpauth-migration://offline?data=CjEK', 'scan/transfer-code'],
    ['otpauth://totp/x?secret=', 'entry/secret-empty'],
    ['otpauth://totp/x?secret=0189', 'entry/secret-invalid'],
  ])('%j is refused as %s', (text, code) => {
    expect(() => proposedEntry(text)).toThrow(code)
  })

  it('says what it is instead, and nothing of what is in it', () => {
    try {
      proposedEntry('WIFI:T:WPA;S:guests;P:hunter2;;')
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ params: { kind: 'wifi' } })
      expect(JSON.stringify(error)).not.toContain('hunter2')
    }
  })
})
