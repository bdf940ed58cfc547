import { decodeBase32, encodeBase32 } from '../core/base32'
import { bytesToHex, hexToBytes } from '../core/bytes'
import { type NewEntry, validateEntry } from '../core/entry'
import { AppError } from '../core/errors'
import { parseOtpauthUri } from '../core/otpauth-uri'
import type { EntryDraft } from '../rpc/account-calls'
import { explain } from '../scan/explain'

/** Reads a scanned or pasted text. Throws `otpauth/…`, `entry/…`, or `scan/…` where the text is something else. */
export function proposedEntry(text: string): NewEntry {
  const meaning = explain(text)
  switch (meaning.kind) {
    case 'account':
      return parseOtpauthUri(text)
    case 'transfer':
      throw new AppError('scan/transfer-code', { app: meaning.app })
    case 'web-address':
      throw new AppError('scan/not-an-authenticator-code', { kind: meaning.kind, host: meaning.host })
    case 'push-registration':
      throw new AppError('scan/not-an-authenticator-code', { kind: meaning.kind, app: meaning.app })
    case 'passkey':
    case 'wifi':
    case 'other':
      // A network's name is of no use to the person who wants a code; it stays where it was read.
      throw new AppError('scan/not-an-authenticator-code', { kind: meaning.kind })
  }
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
