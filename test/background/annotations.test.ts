import { describe, expect, it } from 'vitest'
import { annotated } from '../../src/background/annotations'
import type { Entry } from '../../src/core/entry'

const entry: Entry = {
  id: 'e',
  type: 'totp',
  issuer: 'Heronbank',
  label: 'wader',
  secret: new Uint8Array(20),
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
  sites: [],
  createdAt: 1,
}
const rich: Entry = { ...entry, groups: ['work'], note: 'old', favourite: true }

describe('what is kept beside an account', () => {
  it.each([
    ['tags, each once, without blanks', { tags: [' work ', 'work', '', 'home'] }, { groups: ['work', 'home'] }],
    ['a note, trimmed', { note: ' spare phone \n' }, { note: 'spare phone' }],
    ['a pin', { pinned: true }, { favourite: true }],
  ])('takes %s', (_what, change, stored) => {
    expect(annotated(entry, change)).toEqual({ ...entry, ...stored })
  })

  it('leaves nothing behind when it is taken away, and everything that is not named', () => {
    expect(annotated(rich, { tags: [], note: '', pinned: false })).toEqual(entry)
    expect(annotated(rich, {})).toEqual(rich)
  })

  it.each([
    ['a tag that is a novel', { tags: ['x'.repeat(2_000)] }, 'entry/text-too-long'],
    ['a note that is a book', { note: 'x'.repeat(5_000) }, 'entry/text-too-long'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, n) => `tag ${n}`) }, 'entry/too-many-tags'],
  ])('refuses %s (INP-2)', (_what, change, code) => {
    expect(() => annotated(rich, change)).toThrow(code)
  })

  it('keeps a long note that a file brought, as long as it is not edited', () => {
    const brought = { ...entry, note: 'x'.repeat(5_000) }
    expect(annotated(brought, { note: brought.note, pinned: true })).toEqual({ ...brought, favourite: true })
  })
})
