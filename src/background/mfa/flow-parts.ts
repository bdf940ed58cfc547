import type { Server } from '../../core/entry'
import type { BindingStore, FlowParts } from '../../mfa/store'
import { clockOffsets } from './clock'
import { changeEntry, entryById, storeEntry } from '../entries'
import { apiOf } from './servers'

/** The vault as the flows see it: each write is durable and read back before it is answered (BND-1). */
const store: BindingStore = {
  read: entryById,
  add: (entry) => storeEntry({ ...entry, createdAt: Date.now() }),
  change: changeEntry,
}

/** What a flow with this server works with. Its clock is ours, moved by what the user had corrected (OTP-2). */
export interface ServerParts extends FlowParts {
  offsetMs: number
}

/** Throws `mfa/host-not-granted`, `mfa/rate-limited`. */
export async function partsFor(server: Server): Promise<ServerParts> {
  const offsetMs = (await clockOffsets(Date.now()))(server.id)
  return { api: await apiOf(server), store, now: () => Date.now() + offsetMs, offsetMs }
}

/** An outcome with the moment to wait for told in our own time. */
export function inOurTime<T extends { kind: string }>(outcome: T, { offsetMs }: ServerParts): T {
  return 'until' in outcome && typeof outcome.until === 'number'
    ? { ...outcome, until: outcome.until - offsetMs }
    : outcome
}
