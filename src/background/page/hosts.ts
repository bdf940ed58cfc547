import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'

/** Throws `mfa/host-not-granted` unless the user let us speak to exactly this host (NET-3). */
export async function requireGrant(address: string): Promise<void> {
  if (!(await browser.permissions.contains({ origins: [patternOf(address)] }))) {
    throw new AppError('mfa/host-not-granted', { host: new URL(address).hostname })
  }
}

/** Whether both addresses are covered by one grant. */
export function isSameHost(one: string, other: string): boolean {
  return patternOf(one) === patternOf(other)
}

/** The pattern by which access to a host is asked for. Match patterns carry no port. */
export function patternOf(address: string): string {
  const { protocol, hostname } = new URL(address)
  return `${protocol}//${hostname}/*`
}
