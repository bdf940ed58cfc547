import { equalBytes } from '../core/bytes'
import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { keyOf } from './key'
import { managed, type Asker, type BoundEntry, type FlowParts } from './store'

/** Which factor to take over, and how to call it: the list gives no names. */
export interface AdoptRequest extends Asker {
  serverId: string
  factorId: string
  account: string
  userId: string
  issuer: string
  sites: readonly string[]
}

/**
 * Stores a factor that is bound at the server and missing here: the list call holds secret and recovery code. It comes
 * beside what is there, whatever that is called (BND-8); `known` finds the entry that has the secret already, which is
 * taken then. Throws `mfa/factor-gone` where the server does not ask for its codes (any more), and as the list call does.
 */
export async function adopt(
  { api, store }: FlowParts,
  request: AdoptRequest,
  known: (secret: Uint8Array) => Promise<Entry | undefined>,
): Promise<BoundEntry> {
  const factor = (await api.listAuthenticators(request)).find(({ id }) => id === request.factorId)
  if (!factor?.enabled) throw new AppError('mfa/factor-gone')
  const { serverId, account, userId, sites } = request
  const key = keyOf({ secret: factor.secret, uri: '' }, request)
  const bound = {
    binding: { serverId, account, userId, phase: 'bound' } as const,
    ...(factor.recoveryCode ? { recoveryCode: factor.recoveryCode } : {}),
  }
  const held = await known(key.secret)
  const stored = held
    ? await store.change(held.id, ({ trashedAt: _trashedAt, ...entry }) => ({ ...entry, ...bound }))
    : await store.add({ ...key, sites, ...bound })
  if (!equalBytes(stored.secret, key.secret) || stored.recoveryCode !== (bound.recoveryCode ?? held?.recoveryCode)) {
    throw new AppError('vault/storage-failed')
  }
  return managed(stored)
}
