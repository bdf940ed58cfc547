import { AppError } from '../../core/errors'
import { isUnfinished } from '../../core/entry'
import { settings } from '../../settings'
import { userAt } from './asking'
import { liveEntries } from '../entries'
import { reconcileUser } from './factors'
import { alone } from './flow-lock'
import { partsFor } from './flow-parts'
import { repeatRead } from './repeat-read'
import { serverById } from './servers'

/** A background may be started many times a minute; a server is asked once in so long. */
const ASK_AGAIN_AFTER_MS = 60_000

/**
 * Looks at what flows had left open when the background started (BND-2, BND-4): where somebody is still signed in, the
 * server is asked once how it stands. What cannot be asked stays as it is, and the popup says so (BND-12).
 */
export async function settleOpenFlows(now: number, startedAt = now): Promise<void> {
  for (const serverId of await serversToAsk(startedAt)) {
    if (!(await takeTurn(serverId, now))) continue
    // Nobody asked for it, so nobody is told that it failed: the accounts stay marked.
    await repeatRead(() => alone(() => settleAt(serverId))).catch(() => undefined)
  }
}

async function serversToAsk(startedAt: number): Promise<ReadonlySet<string>> {
  try {
    const open = (await liveEntries()).filter(
      ({ binding, createdAt }) => isUnfinished(binding?.phase) && createdAt <= startedAt,
    )
    return new Set(open.flatMap(({ binding }) => binding?.serverId ?? []))
  } catch (error) {
    if (error instanceof AppError) return new Set()
    throw error
  }
}

async function takeTurn(serverId: string, now: number): Promise<boolean> {
  const asked = await settings.openFlowsAskedAt.get()
  const since = now - (asked[serverId] ?? -Infinity)
  if (since >= 0 && since < ASK_AGAIN_AFTER_MS) return false
  await settings.openFlowsAskedAt.set({ ...asked, [serverId]: now })
  return true
}

async function settleAt(serverId: string): Promise<void> {
  const user = await userAt(serverId)
  await reconcileUser(await partsFor(await serverById(serverId)), serverId, user)
}
