import { settings } from '../settings'

/** A clock that is ahead by mistake is mostly set right within a day; what it calls over is not believed sooner. */
const SURE_MS = 24 * 60 * 60 * 1000

/**
 * Which of the things that are over by the clock of now were so a day ago, too, so that they may go for ever. A sighting is forgotten
 * once the thing is over no longer. `kind` keeps apart what different callers name.
 */
export async function surelyOver(kind: string, over: readonly string[], now: number): Promise<readonly string[]> {
  const seen = await settings.seenOver.get()
  const own = `${kind} `
  const others = Object.entries(seen).filter(([name]) => !name.startsWith(own))
  const mine = over.map((name) => [own + name, earlier(seen[own + name], now)] as const)
  const next = Object.fromEntries([...others, ...mine])
  if (JSON.stringify(next) !== JSON.stringify(seen)) await settings.seenOver.set(next)
  return over.filter((name) => now - earlier(next[own + name], now) >= SURE_MS)
}

/** A sighting that lies ahead was made by a clock that has been set right since. */
function earlier(seenAt: unknown, now: number): number {
  return typeof seenAt === 'number' && seenAt <= now ? seenAt : now
}
