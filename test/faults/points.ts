import { type Clicks, afterBinding, clickBindAndConfirm, see } from './binding'
import { type Scene, pause } from './scene'
import { generationIn, holdDatabaseAt, letDatabaseGo, mirrorAt, roomInStep } from './stop'
import { type Tally, hit } from './tally'
import type { Held } from './watched-server'

/** What to wait for before the background is stopped; set up before the click. `release` lets go what was held for it. */
interface Point {
  readonly reached: (clicks: Clicks) => Promise<unknown>
  readonly release?: () => void | Promise<void>
}

const ASSOCIATE = ['POST', '/api/v2/mfa/totp/associate'] as const
const CONFIRM = ['POST', '/api/v2/mfa/totp/associate/confirm'] as const
/** Writes of one binding: the new entry, the phase before the code is sent, the phase after it was taken. */
const [STORED, PROMOTED] = [1, 3] as const

/** The nine points of a binding, by what can be seen of them from outside; `generation` is the vault's before the click. */
const POINTS: Readonly<Record<string, (scene: Scene, generation: number) => Point>> = {
  'the answer of associate arrived': ({ server }) => answered(server.hold(...ASSOCIATE, 'done')),
  'the entry is committed': (scene, generation) => inDatabase(scene, generation + STORED),
  'the mirror is written': ({ own }, generation) => {
    const written = mirrorAt(own.page, generation + STORED)
    return { reached: () => written }
  },
  'the entry was read back': () => ({ reached: ({ bound }) => bound }),
  'confirm is sent': ({ server }) => held(server.hold(...CONFIRM, 'arrived')),
  'the server has bound': ({ server }) => held(server.hold(...CONFIRM, 'done')),
  'the answer of confirm arrived': ({ server }) => answered(server.hold(...CONFIRM, 'done')),
  'the entry is promoted': (scene, generation) => inDatabase(scene, generation + PROMOTED),
  'the recovery code is shown': () => ({ reached: ({ confirmed }) => confirmed }),
}

/** The background is stopped at each of the nine named points of a binding, `times` times in all (BND-2). */
export async function stopAtPoints(scene: Scene, times: number): Promise<Tally> {
  await see(scene)
  const lost: string[] = []
  const landed = new Map<string, number>()
  const points = Object.entries(POINTS)
  for (let i = 0; i < times; i++) {
    const [name, point] = points[i % points.length] ?? []
    if (!name || !point) throw new Error('there are no points')
    // Some points cannot be held; a few milliseconds more or less reach what lies around them.
    await stopAt(scene, point, Math.floor(i / points.length))
    const { state, wrong } = await afterBinding(scene)
    hit(landed, `${name} (${state})`)
    lost.push(...wrong.map((what) => `stopped when ${name} (${state}): ${what}`))
  }
  return { tried: times, lost, landed }
}

async function stopAt(scene: Scene, pointOf: (typeof POINTS)[string], delayMs: number): Promise<void> {
  await scene.server.reset()
  await roomInStep()
  const point = pointOf(scene, await generationIn(scene.own.page))
  const clicks = clickBindAndConfirm(scene)
  const missed = clicks.ended.then(async () => {
    await pause(2_000)
    throw new Error('it never came to that point')
  })
  missed.catch(() => undefined)
  await Promise.race([point.reached(clicks), missed])
  await pause(delayMs)
  await scene.stage.stopBackground()
  await point.release?.()
  await clicks.ended
}

function held({ reached, release }: Held): Point {
  return { reached: () => reached, release }
}

/** The answer leaves the server, and a moment later it is there. */
function answered({ reached, release }: Held): Point {
  return { reached: () => reached.then(release) }
}

function inDatabase({ own }: Scene, generation: number): Point {
  const written = holdDatabaseAt(own.page, generation)
  return { reached: () => written, release: () => letDatabaseGo(own.page) }
}
