import { decodeBase32 } from '../core/base32'
import { equalBytes } from '../core/bytes'
import type { NewEntry } from '../core/entry'
import { AppError } from '../core/errors'
import { parseOtpauthUri } from '../core/otpauth-uri'

/** How an entry is called where the server does not say. */
export interface Names {
  issuer: string
  account: string
}

/**
 * The key in a server's answer. The address says most; without a usable one, the secret alone, with the parameters the
 * server always uses. Throws `mfa/answer-unreadable`.
 */
export function keyOf({ secret, uri }: { secret: string; uri: string }, { issuer, account }: Names): NewEntry {
  const bytes = readSecret(secret)
  const key = readAddress(uri)
  if (key && !equalBytes(key.secret, bytes)) throw new AppError('mfa/answer-unreadable')
  if (key) return { ...key, issuer: key.issuer || issuer, label: key.label || account }
  return { type: 'totp', issuer, label: account, secret: bytes, algorithm: 'SHA1', digits: 6, periodSeconds: 30 }
}

function readSecret(secret: string): Uint8Array {
  try {
    const bytes = decodeBase32(secret)
    if (bytes.length > 0) return bytes
  } catch {
    // Not Base32: as bad as none.
  }
  throw new AppError('mfa/answer-unreadable')
}

function readAddress(uri: string): NewEntry | null {
  try {
    const key = parseOtpauthUri(uri)
    return key.type === 'totp' ? key : null
  } catch {
    // The address is only a better copy of the secret, which the answer holds beside it.
    return null
  }
}
