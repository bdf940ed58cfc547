import { decodeBase32 } from '../../src/core/base32'
import type { StoredEntry } from '../vault/decrypt.mjs'
import { type Below, type Scene, contentsOf, truthOf } from './scene'
import { spanOf, stopDuring } from './stop'
import { type Tally, hit } from './tally'
import type { Truth } from './watched-server'

/** The user's two clicks, as far as they come. */
export interface Clicks {
  readonly bound: Promise<unknown>
  readonly confirmed: Promise<unknown>
  /** Resolves whatever happens. */
  readonly ended: Promise<void>
}

/** The user binds, and confirms as soon as that is done. */
export function clickBindAndConfirm({ own, serverId }: Scene): Clicks {
  const bound = own.ask.bind(serverId)
  const confirmed = bound.then(({ id }) => own.ask.confirmBinding(id))
  // Where the background was stopped, what the user sees next is what is checked.
  const ended = confirmed.then(
    () => undefined,
    () => undefined,
  )
  return { bound, confirmed, ended }
}

/** The background is stopped at a random moment of a binding, `times` times (BND-2). */
export async function stopWhileBinding(scene: Scene, times: number, below: Below): Promise<Tally> {
  const span = await spanOfBinding(scene)
  await see(scene)
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await scene.server.reset()
    const afterMs = below(span)
    await stopDuring(scene, clickBindAndConfirm(scene).ended, afterMs)
    const { state, wrong } = await afterBinding(scene)
    hit(landed, state)
    lost.push(...wrong.map((what) => `stopped after ${afterMs} ms (${state}): ${what}`))
  }
  return { tried: times, lost, landed }
}

/** How long a binding takes when nothing disturbs it. */
export function spanOfBinding(scene: Scene): Promise<number> {
  return spanOf(async () => {
    await scene.server.reset()
    await clickBindAndConfirm(scene).ended
  })
}

/** Remembers what is in the vault now, so that what is new can be told from it. */
export async function see(scene: Scene): Promise<void> {
  for (const { id } of (await contentsOf(scene)).entries) scene.seen.add(id)
}

/** How far one binding came, and which invariants do not hold after the fault in it. */
export async function afterBinding(scene: Scene): Promise<{ state: string; wrong: string[] }> {
  const truth = await truthOf(scene)
  const { entries } = await contentsOf(scene)
  const fresh = entries.filter(({ id }) => !scene.seen.has(id))
  const state = `${truth?.state ?? 'nothing'} there, ${fresh[0]?.binding?.phase ?? 'nothing'} here`
  const wrong = [...wrongInVault(scene, entries, fresh, truth), ...(await wrongAtServer(scene))]
  for (const { id } of fresh) scene.seen.add(id)
  return { state, wrong: [...wrong, ...(await wrongOnScreen(scene, new Set(fresh.map(({ id }) => id)), truth))] }
}

/** I1 and I4: what the server demands is here, and nothing that ever was here is gone. */
function wrongInVault(
  { seen }: Scene,
  entries: readonly StoredEntry[],
  fresh: readonly StoredEntry[],
  truth: Truth,
): string[] {
  const ids = new Set(entries.map(({ id }) => id))
  return [
    ...(truth?.state === 'bound' && !fresh.some((entry) => holds(entry, truth)) ? ['I1: bound, and not here'] : []),
    ...[...seen].filter((id) => !ids.has(id)).map(() => 'I4: an entry is gone'),
    ...fresh.filter(({ trashedAt }) => trashedAt !== undefined).map(() => 'I4: an entry is in the trash'),
  ]
}

/** I3: nothing was sent that the user did not click for. */
async function wrongAtServer({ server }: Scene): Promise<string[]> {
  const sent = await Promise.all(['associateTotp', 'confirmTotp'].map((operation) => server.sent(operation)))
  return sent.some((count) => count > 1) ? ['I3: sent more than once'] : []
}

/** I2: the user sees the truth within 5 s: at once nothing that is not so, and all of it when the list was asked. */
async function wrongOnScreen({ own, serverId }: Scene, ids: ReadonlySet<string>, truth: Truth): Promise<string[]> {
  const began = performance.now()
  const isShownBound = async (): Promise<boolean> =>
    (await own.ask.entries()).some(({ id, phase }) => ids.has(id) && phase === 'bound')
  const isBound = truth?.state === 'bound'
  const atOnce = await isShownBound()
  await own.ask.factors(serverId)
  const asked = await isShownBound()
  return [
    ...(atOnce && !isBound ? ['I2: shown as bound, and is not'] : []),
    ...(asked === isBound ? [] : ['I2: not shown as it is, though asked']),
    ...(performance.now() - began > 5_000 ? ['I2: not shown within 5 s'] : []),
  ]
}

/** Whether the entry has the very secret and recovery code that the server has. */
export function holds(entry: StoredEntry, truth: NonNullable<Truth>): boolean {
  return hasSecret(entry, truth) && entry.recoveryCode === truth.recoveryCode && entry.trashedAt === undefined
}

/** Whether the entry has the very secret that the server has. */
export function hasSecret(entry: StoredEntry, { secret }: NonNullable<Truth>): boolean {
  return Buffer.from(entry.secret, 'base64').equals(decodeBase32(secret))
}
