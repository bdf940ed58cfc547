import { expect, it } from 'vitest'

import type { ImportedEntry } from '../../src/formats/format'
import { type Holds, lostBeside } from '../../src/formats/holds'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

const [bare] = REFERENCE_ENTRIES as [ImportedEntry]
const full = { ...bare, groups: ['a', 'b'], sites: ['c', 'd'], note: 'n', favourite: true, recoveryCode: 'r' }
const all: Holds = { groups: 'all', sites: 'all', note: true, favourite: true, recoveryCode: true }
const each = ['groups', 'sites', 'note', 'favourite', 'recovery-code'].map((what) => `format/${what}-not-held`)

it.each<[string, ImportedEntry, Holds, readonly string[]]>([
  ['nothing of a bare account', bare, {}, []],
  ['nothing where all is held', full, all, []],
  ['each part that is not held', full, {}, each],
  ['groups and sites beyond the first', full, { ...all, groups: 'first', sites: 'first' }, each.slice(0, 2)],
  ['no group where there is one', { ...bare, groups: ['a'] }, { groups: 'first' }, []],
  ['nothing of what is there and empty', { ...bare, groups: [], note: '', favourite: false }, {}, []],
])('names %s (INP-9)', (_what, entry, holds, reasons) => {
  expect(lostBeside(entry, holds)).toEqual(reasons)
})
