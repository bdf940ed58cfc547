import { AppError } from '../core/errors'
import type { Db } from './db'
import type { Items, Mirror } from './mirror'

const OWED = '{"mirrorOwed":true,'

/** Marks a raw export that was put aside while the mirror did not answer: what that holds still belongs to it. */
export function withMirrorOwed(text: string): string {
  return text.replace('{', OWED)
}

/**
 * The mirror, of which nothing is read or written before what it owes has been put aside and taken out of it (KEY-10): a vault that
 * was replaced while its mirror was mute would come back over the new one, or be written over. While it stays mute, it is as good as empty.
 */
export function payingMirror(db: Db, mirror: Mirror): Mirror {
  const pay = (): Promise<void> => payOwed(db, mirror)
  return {
    async read() {
      const owed = await owedAside(db).catch(orNull)
      if (owed === null) return mirror.read()
      const items = await mirror.read().catch(orNull)
      if (items === null) return null
      await pay()
      return mirror.read()
    },
    write: async (base, changes) => {
      await pay()
      return mirror.write(base, changes)
    },
    replace: async (stored) => {
      await pay()
      return mirror.replace(stored)
    },
    clear: async () => {
      await pay()
      return mirror.clear()
    },
  }
}

/** Throws while the mirror does not answer. Cleared only by who has seen its content safe. */
async function payOwed(db: Db, mirror: Mirror): Promise<void> {
  const owed = await owedAside(db)
  if (owed === null) return
  const [at, text] = owed
  if (await db.replaceAside(at, text, paid(text, await mirror.read()))) await mirror.clear()
}

async function owedAside(db: Db): Promise<readonly [number, string] | null> {
  for (const [at, text] of await db.readAside()) if (isOwed(text)) return [at, text]
  return null
}

function isOwed(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith(OWED)
}

function paid(text: string, items: Items | null): string {
  const { mirrorOwed: _owed, ...raw } = JSON.parse(text) as Record<string, unknown>
  return JSON.stringify({ ...raw, unreadable: [], mirror: items && Object.fromEntries(items) })
}

function orNull(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}
