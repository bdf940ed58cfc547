import { decodeBase32, encodeBase32 } from '../../core/base32'
import { AppError } from '../../core/errors'
import { type MfaAdmin, createMfaAdmin } from '../../mfa/admin'
import type { AdminCredentials } from '../../rpc/admin-calls'
import type { PageCalls } from '../../rpc/calls'
import { settings } from '../../settings'
import { requireGrant } from '../page/hosts'
import { vaultKey } from '../vault/unlocked'

/** RFC 4226 §4 R6: at least 128 bits (ADM-4). */
const LEAST_SECRET_BYTES = 16

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

/** Gives a user a TOTP key that is in force at once. Throws `entry/secret-too-short`; the server would take any text. */
export async function adminImport(
  credentials: AdminCredentials,
  key: Parameters<PageCalls['adminImport']>[1],
): Promise<ReturnType<PageCalls['adminImport']>> {
  const secret = decodeBase32(key.secret)
  if (secret.length < LEAST_SECRET_BYTES) throw new AppError('entry/secret-too-short')
  return (await administrator(credentials)).importTotp({ ...key, secret: encodeBase32(secret) })
}

/** Made for one call and forgotten with it: the secret and the token are nowhere afterwards (ADM-2). */
async function administrator({ host, userPoolId, secret }: AdminCredentials): Promise<MfaAdmin> {
  // The page forgets its credentials at the lock; what it sent just before is not carried out after it.
  await vaultKey()
  if (!(await settings.adminPage.get())) throw new AppError('rpc/refused')
  await requireGrant(host)
  return createMfaAdmin({ host, userPoolId, secret, fetch: globalThis.fetch.bind(globalThis) })
}
