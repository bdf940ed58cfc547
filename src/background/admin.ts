import { AppError } from '../core/errors'
import { type MfaAdmin, createMfaAdmin } from '../mfa/admin'
import type { AdminCredentials, PageCalls } from '../rpc/calls'
import { settings } from '../settings'
import { requireGrant } from './hosts'

/** Which factors a user has bound. */
export async function adminStatus(
  credentials: AdminCredentials,
  userId: string,
): Promise<Readonly<Record<string, boolean>>> {
  return (await administrator(credentials)).status(userId)
}

/** Unbinds a user's factor in the administrator's name. */
export async function adminUnassociate(
  credentials: AdminCredentials,
  userId: string,
  type: 'OTP' | 'FACE',
): Promise<void> {
  await (await administrator(credentials)).unassociate(userId, type)
}

/** Gives a user a TOTP key that is in force at once. */
export async function adminImport(
  credentials: AdminCredentials,
  key: Parameters<PageCalls['adminImport']>[1],
): Promise<ReturnType<PageCalls['adminImport']>> {
  return (await administrator(credentials)).importTotp(key)
}

/** Made for one call and forgotten with it: the secret and the token are nowhere afterwards (ADM-2). */
async function administrator({ host, userPoolId, secret }: AdminCredentials): Promise<MfaAdmin> {
  if (!(await settings.adminPage.get())) throw new AppError('rpc/refused')
  await requireGrant(host)
  return createMfaAdmin({ host, userPoolId, secret, fetch: globalThis.fetch.bind(globalThis) })
}
