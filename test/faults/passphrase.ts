import { PASSPHRASE } from '../e2e/own-page'
import { type Below, type Scene } from './scene'
import { generationIn, holdDatabaseAt, letDatabaseGo, mirrorAt, spanOf, stopDuring } from './stop'
import { type RawStores, readStores } from './stored-vault'
import { type Tally, hit } from './tally'

const OTHER = 'eleven loud geese at dawn'

/**
 * The background is stopped at a random moment of a change of passphrase (VLT-12). Most of that time goes into stretching, so
 * every second stop is at the write: when the database has it, or the mirror, or a few milliseconds later.
 */
export async function stopWhileChangingPassphrase(scene: Scene, times: number, below: Below): Promise<Tally> {
  let [current, next] = [PASSPHRASE, OTHER]
  const swap = (): void => void ([current, next] = [next, current])
  const span = await spanOf(() => scene.own.ask.changePassphrase(current, next).then(swap), { rounds: 1 })
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    const before = await readStores(scene.own.page)
    const moment = await stopAt(scene, i, below(span), () => scene.own.ask.changePassphrase(current, next))
    const changed = headerOf(await readStores(scene.own.page)) !== headerOf(before)
    const state = changed ? 'the new one opens' : 'the old one opens'
    hit(landed, state)
    if (changed) swap()
    lost.push(...(await wrongAfterChange(scene, current, next)).map((what) => `${moment} (${state}): ${what}`))
  }
  if (current !== PASSPHRASE) await scene.own.ask.changePassphrase(current, PASSPHRASE)
  return { tried: times, lost, landed }
}

/** Stops at the moment that is due in this round; answers which that was. */
async function stopAt(scene: Scene, round: number, afterMs: number, change: () => Promise<unknown>): Promise<string> {
  const { page } = scene.own
  if (round % 2 === 0) {
    await stopDuring(scene, change(), afterMs)
    return `stopped after ${afterMs} ms`
  }
  const to = (await generationIn(page)) + 1
  const inDatabase = round % 4 === 1
  const written = inDatabase ? holdDatabaseAt(page, to) : mirrorAt(page, to)
  const changing = change()
  await Promise.race([written, changing.catch(() => undefined)])
  await stopDuring(scene, changing, inDatabase ? 0 : afterMs % 10)
  if (inDatabase) await letDatabaseGo(page)
  return inDatabase ? 'stopped when the database had it' : 'stopped when the mirror had it'
}

/** One passphrase opens the vault, the other does not, and both copies agree then. */
async function wrongAfterChange({ own }: Scene, opens: string, other: string): Promise<string[]> {
  const does = await own.ask.unlock(opens).then(
    () => 'opens',
    (error: Error) => error.message,
  )
  const after = await readStores(own.page)
  const doesNot = await own.ask.unlock(other).then(
    () => 'opens',
    (error: Error) => error.message,
  )
  // The right one once more, so that wrong ones do not add up.
  await own.ask.unlock(opens)
  return [
    ...(does === 'opens' ? [] : [`what should open does not: ${does}`]),
    ...(doesNot === 'vault/wrong-passphrase' ? [] : [`what should not open: ${doesNot}`]),
    ...(after.mirror['header'] === JSON.stringify(after.database.header) ? [] : ['the copies differ']),
  ]
}

function headerOf({ database }: RawStores): string {
  return database.header.body
}
