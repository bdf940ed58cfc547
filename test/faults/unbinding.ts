import { hasSecret, holds, see } from './binding'
import { bindWhole } from './recovering'
import { type Below, type Scene, contentsOf, truthOf } from './scene'
import { spanOf, stopDuring } from './stop'
import { type Tally, hit } from './tally'

/** The background is stopped at a random moment of an unbinding (BND-7). */
export async function stopWhileUnbinding(scene: Scene, times: number, below: Below): Promise<Tally> {
  const unbind = async (): Promise<unknown> => scene.own.ask.unbind(await boundEntry(scene))
  const span = await spanOf(unbind, { prepare: () => bindWhole(scene) })
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await bindWhole(scene)
    const id = await boundEntry(scene)
    const afterMs = below(span)
    await stopDuring(scene, scene.own.ask.unbind(id), afterMs)
    const { state, wrong } = await afterUnbinding(scene, id)
    hit(landed, state)
    lost.push(...wrong.map((what) => `stopped after ${afterMs} ms (${state}): ${what}`))
    await see(scene)
  }
  return { tried: times, lost, landed }
}

/** The entry that is in force at the server. */
async function boundEntry(scene: Scene): Promise<string> {
  const truth = await truthOf(scene)
  const found = (await contentsOf(scene)).entries.find((entry) => truth && hasSecret(entry, truth))
  if (!found || truth?.state !== 'bound') throw new Error('nothing is bound')
  return found.id
}

/** What the server asks codes of is in use here; what is not bound is not shown so, once the list was asked. */
async function afterUnbinding(scene: Scene, id: string): Promise<{ state: string; wrong: string[] }> {
  const truth = await truthOf(scene)
  const entry = (await contentsOf(scene)).entries.find((one) => one.id === id)
  const place = entry?.trashedAt === undefined ? '' : ', in the trash'
  const state = `${truth?.state ?? 'unbound'} there, ${entry?.binding?.phase ?? 'gone'} here${place}`
  const isHere = entry !== undefined && (truth === null || holds(entry, truth))
  await scene.own.ask.factors(scene.serverId)
  const shown = (await scene.own.ask.entries()).find((one) => one.id === id)
  const asked = (shown?.phase === 'bound') === (truth?.state === 'bound')
  return {
    state,
    wrong: [...(isHere ? [] : ['bound there, gone here']), ...(asked ? [] : ['not shown as it is, though asked'])],
  }
}
