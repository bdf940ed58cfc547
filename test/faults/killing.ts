import { launch } from '../e2e/browsers'
import { addAccount } from '../e2e/own-page'
import { afterBinding, clickBindAndConfirm, see, spanOfBinding } from './binding'
import { randomSecret } from './importing'
import { type Below, type Scene, comeBack, contentsOf, pause } from './scene'
import { roomInStep } from './stop'
import { type Tally, hit } from './tally'

/**
 * The whole browser is killed at a random moment of a binding, right after another write was acknowledged (BND-2, VLT-6). Every
 * fifth time nothing at all lies between that acknowledgement and the kill.
 */
export async function killWhileBinding(scene: Scene, times: number, below: Below): Promise<Tally> {
  const span = await spanOfBinding(scene)
  await see(scene)
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await scene.server.reset()
    await roomInStep()
    const added = await addAccount(scene.own, { label: `before kill ${i}`, secret: randomSecret(below) })
    const afterMs = i % 5 === 0 ? 0 : below(span)
    const ended = i % 5 === 0 ? Promise.resolve() : clickBindAndConfirm(scene).ended
    await pause(afterMs)
    await killBrowser(scene)
    await ended
    scene.stage = await launch(scene.name, { profile: scene.stage.profile })
    await comeBack(scene)
    const isThere = (await contentsOf(scene)).entries.some(({ id }) => id === added.id)
    scene.seen.add(added.id)
    const { state, wrong } = await afterBinding(scene)
    hit(landed, state)
    const gone = isThere ? [] : ['an acknowledged write is gone']
    lost.push(...[...gone, ...wrong].map((what) => `killed after ${afterMs} ms (${state}): ${what}`))
  }
  return { tried: times, lost, landed }
}

/** Ends the browser with all its processes, which get no chance to say or write anything more. */
async function killBrowser({ stage }: Scene): Promise<void> {
  const child = stage.browser.process()
  if (child?.pid === undefined) throw new Error('the browser is not ours to kill')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  // The browser leads a process group of its own.
  process.kill(-child.pid, 'SIGKILL')
  await gone
}
