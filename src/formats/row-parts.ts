import { type EntryType, entryName } from '../core/entry'
import { AppError } from '../core/errors'
import type { ImportedEntry } from './format'
import { nameOf } from './json'

/** The type that a program's own word means, in any letter case; totp where it says none. Throws `entry/type-unsupported`. */
export function typeFrom(words: Readonly<Record<string, EntryType>>, value: unknown): EntryType {
  if (value === undefined || value === null || value === '') return 'totp'
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  const type = Object.hasOwn(words, word) ? words[word] : undefined
  if (!type) throw new AppError('entry/type-unsupported')
  return type
}

/** What a row that could not be read is called: its issuer and name, as far as they are texts. */
export function rowName(issuer: unknown, label: unknown): string {
  return entryName({ issuer: nameOf(issuer), label: nameOf(label) })
}

/** What travels beside an entry, as far as a row has it: no empty lists, no blank notes, nothing but texts. */
export function beside(found: {
  groups?: readonly unknown[]
  note?: unknown
  favourite?: unknown
  sites?: readonly unknown[]
}): Pick<ImportedEntry, 'groups' | 'note' | 'favourite' | 'sites'> {
  const groups = textsIn(found.groups)
  const sites = textsIn(found.sites)
  const note = nameOf(found.note)
  return {
    ...(groups.length > 0 ? { groups } : {}),
    ...(note ? { note } : {}),
    ...(found.favourite === true ? { favourite: true } : {}),
    ...(sites.length > 0 ? { sites } : {}),
  }
}

function textsIn(values: readonly unknown[] = []): string[] {
  return values.map(nameOf).filter((text) => text !== '')
}
