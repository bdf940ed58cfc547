import { AppError } from '../core/errors'

/** Names that never leave the machine, so that plain http is harmless there (NET-3). */
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost']

/**
 * The base address that requests are made to: no trailing slash. Throws `mfa/address-invalid` for anything but https
 * (http on the loopback names only), and for user names, queries and fragments.
 */
export function baseAddress(text: string): string {
  const url = readAddress(text.trim())
  if (!isProtected(url)) throw new AppError('mfa/address-invalid')
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

function readAddress(text: string): URL {
  // The URL parser drops white space inside and forgets an empty `?`, `#` or `@`: look before it does.
  if (/[\s\\?#@]|\p{Cc}/u.test(text)) throw new AppError('mfa/address-invalid')
  try {
    return new URL(text)
  } catch {
    throw new AppError('mfa/address-invalid')
  }
}

function isProtected(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))
}

/** One segment of a path. Throws `mfa/argument-missing` for what would change the address: nothing, `.` and `..` (NET-3). */
export function pathSegment(text: string): string {
  if (['', '.', '..'].includes(text) || /\p{Surrogate}/u.test(text)) throw new AppError('mfa/argument-missing')
  return encodeURIComponent(text)
}
