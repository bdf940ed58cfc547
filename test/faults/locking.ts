import { PASSPHRASE } from '../e2e/own-page'
import { afterBinding, clickBindAndConfirm, see, spanOfBinding } from './binding'
import { type Below, type Scene, pause, signIn } from './scene'
import { roomInStep } from './stop'
import { type Tally, hit } from './tally'

/** The vault is locked at a random moment of a binding, and the binding goes on after that (BND-12). */
export async function lockWhileBinding(scene: Scene, times: number, below: Below): Promise<Tally> {
  const span = await spanOfBinding(scene)
  await see(scene)
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await scene.server.reset()
    const afterMs = below(span)
    const { ended } = clickBindAndConfirm(scene)
    await pause(afterMs)
    await scene.own.ask.lock()
    await ended
    await scene.own.ask.unlock(PASSPHRASE)
    await signIn(scene)
    const { state, wrong } = await afterBinding(scene)
    hit(landed, state)
    const stuck = wrong.length === 0 ? await stuckAfter(scene, state) : []
    lost.push(...[...wrong, ...stuck].map((what) => `locked after ${afterMs} ms (${state}): ${what}`))
  }
  await scene.server.reset()
  await signIn(scene)
  return { tried: times, lost, landed }
}

/** What was stored and not confirmed is confirmed with one more click. */
async function stuckAfter(scene: Scene, state: string): Promise<string[]> {
  if (!state.startsWith('pending there, associated')) return []
  await roomInStep()
  const entry = (await scene.own.ask.entries()).at(-1)
  const { kind } = await scene.own.ask.confirmBinding(entry?.id ?? '')
  // The code of this step may have been taken just before the lock; the next click sends the next one.
  return kind === 'bound' || kind === 'waiting' ? [] : [`does not go on: ${kind}`]
}
