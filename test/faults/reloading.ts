import { afterBinding, clickBindAndConfirm, see, spanOfBinding } from './binding'
import { type Below, type Scene, comeBack, pause } from './scene'
import { roomInStep } from './stop'
import { type Tally, hit } from './tally'

/** The extension is reloaded at a random moment of a binding, as an update does it (REL-3). */
export async function reloadWhileBinding(scene: Scene, times: number, below: Below): Promise<Tally> {
  const span = await spanOfBinding(scene)
  await see(scene)
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await scene.server.reset()
    await roomInStep()
    const afterMs = below(span)
    const { ended } = clickBindAndConfirm(scene)
    await pause(afterMs)
    await reload(scene)
    await ended
    const { state, wrong } = await afterBinding(scene)
    hit(landed, state)
    lost.push(...wrong.map((what) => `reloaded after ${afterMs} ms (${state}): ${what}`))
  }
  return { tried: times, lost, landed }
}

/** Our pages go with the old one; the first that opens again is the new one's. */
async function reload(scene: Scene): Promise<void> {
  const { page } = scene.own
  const closed = new Promise((resolve) => page.once('close', resolve))
  await page.evaluate(() => browser.runtime.reload()).catch(() => undefined)
  await Promise.race([closed, pause(2_000)])
  for (let tries = 1; ; tries++) {
    try {
      return await comeBack(scene)
    } catch (error) {
      // The new one is not there yet.
      if (tries === 20) throw error
      await pause(250)
    }
  }
}
