import type { NewEntry } from '../core/entry'
import { isOtpauthUri, parseOtpauthUri } from '../core/otpauth-uri'
import { entryOf } from './rows'

/**
 * What password managers keep in their field for one-time passwords: an `otpauth://` or `steam://` address, or the bare
 * Base32 secret. What the address does not say is taken from the item it belongs to. Throws `entry/…`, `otpauth/…`.
 */
export function readTotpField(text: string, item: Pick<NewEntry, 'issuer' | 'label'>): NewEntry {
  if (!isOtpauthUri(text)) return entryOf({ type: 'totp', secret: text, ...item })
  const entry = parseOtpauthUri(text)
  const label = entry.label || item.label
  // An item named like the account says nothing about the issuer.
  return { ...entry, issuer: entry.issuer || (item.issuer === label ? '' : item.issuer), label }
}
