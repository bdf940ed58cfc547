import browser from 'webextension-polyfill'
import { AppError } from '../core/errors'

/** Throws `mfa/host-not-granted` unless the user let us speak to exactly this host (NET-3). */
export async function requireGrant(address: string): Promise<void> {
  const { protocol, hostname } = new URL(address)
  // Match patterns carry no port.
  const granted = await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] })
  if (!granted) throw new AppError('mfa/host-not-granted', { host: hostname })
}
