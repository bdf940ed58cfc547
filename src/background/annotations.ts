import { textToBytes } from '../core/bytes'
import { type Entry, checkTexts } from '../core/entry'
import { AppError } from '../core/errors'
import type { EntryChange } from '../rpc/account-calls'

/** More tags than anybody gives one account. */
const MOST_TAGS = 20

/** Room for some paragraphs; a file may bring longer notes, which stay until they are edited. */
const MOST_NOTE_BYTES = 4096

type Annotations = Pick<EntryChange, 'tags' | 'note' | 'pinned'>

/** The entry with what the user keeps beside it; what is not named stays. Throws `entry/text-too-long`, `entry/too-many-tags`. */
export function annotated(entry: Entry, { tags, note, pinned }: Annotations): Entry {
  const tagged = tags === undefined ? entry : withTags(entry, tags)
  const noted = note === undefined || note === (entry.note ?? '') ? tagged : withNote(tagged, note)
  return pinned === undefined ? noted : withPin(noted, pinned)
}

/** Kept at the top of the list, or no longer; files call it a favourite. */
export function withPin({ favourite: _before, ...entry }: Entry, pinned: boolean): Entry {
  return pinned ? { ...entry, favourite: true } : entry
}

/** With these tags and no others, each once; files call them groups. */
export function withTags({ groups: _before, ...entry }: Entry, tags: readonly string[]): Entry {
  const groups = [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))]
  for (const label of groups) checkTexts({ issuer: '', label })
  if (groups.length > MOST_TAGS) throw new AppError('entry/too-many-tags')
  return groups.length > 0 ? { ...entry, groups } : entry
}

function withNote({ note: _before, ...entry }: Entry, typed: string): Entry {
  const note = typed.trim()
  if (textToBytes(note).length > MOST_NOTE_BYTES) throw new AppError('entry/text-too-long')
  return note === '' ? entry : { ...entry, note }
}
