import { decodeBase32, encodeBase32 } from '../core/base32'
import { bytesToHex, hexToBytes } from '../core/bytes'
import { type NewEntry, validateEntry } from '../core/entry'
import { AppError } from '../core/errors'
import { parseOtpauthUri } from '../core/otpauth-uri'
import type { EntryDraft } from '../rpc/calls'
import { explain } from '../scan/explain'

/** Reads a scanned or pasted text. Throws `otpauth/…`, `entry/…`, or `scan/…` where the text is something else. */
export function proposedEntry(text: string): NewEntry {
  const meaning = explain(text)
  if (meaning.kind === 'transfer') throw new AppError('scan/transfer-code')
  if (meaning.kind !== 'account') throw new AppError('scan/not-an-authenticator-code', { kind: meaning.kind })
  return parseOtpauthUri(text)
}

/** An entry as a form shows it; the secret as text. */
export function draftOf(entry: NewEntry, site: string): EntryDraft {
  const secret = entry.type === 'motp' ? bytesToHex(entry.secret) : encodeBase32(entry.secret)
  return { ...entry, secret, site }
}

/** What a form says, as an entry. Throws `entry/…` by the name of what is wrong. */
export function entryOf({ site: _site, secret, ...draft }: EntryDraft): NewEntry {
  const bytes = draft.type === 'motp' ? hexToBytes(secret) : decodeBase32(secret)
  if (!bytes) throw new AppError('entry/secret-invalid')
  const { counter, ...rest } = draft
  const entry = { ...rest, issuer: draft.issuer.trim(), label: draft.label.trim(), secret: bytes }
  return validateEntry(draft.type === 'hotp' ? { ...entry, counter: counter ?? 0 } : entry)
}
