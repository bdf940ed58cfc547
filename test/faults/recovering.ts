import { clickBindAndConfirm, hasSecret, holds, see } from './binding'
import { type Below, type Scene, contentsOf, signIn, truthOf } from './scene'
import { roomInStep, spanOf, stopDuring } from './stop'
import { type Tally, hit } from './tally'

/** The background is stopped at a random moment of a recovery (BND-6). */
export async function stopWhileRecovering(scene: Scene, times: number, below: Below): Promise<Tally> {
  await signInAs(scene, 'bob')
  await bindWhole(scene)
  const { ask } = scene.own
  const recover = (): Promise<unknown> => ask.useRecoveryCode(scene.serverId, '')
  const span = await spanOf(recover, { prepare: () => signInAs(scene, 'bob') })
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    await signInAs(scene, 'bob')
    const before = await truthOf(scene)
    const afterMs = below(span)
    await stopDuring(scene, recover(), afterMs)
    const spent = (await truthOf(scene))?.recoveryCode !== before?.recoveryCode
    const state = `${spent ? 'spent' : 'in force'} there, ${(await isHeld(scene)) ? 'known' : 'unknown'} here`
    hit(landed, state)
    // The code is made good by the list, which is asked as soon as anybody looks at the server.
    await ask.factors(scene.serverId)
    if (!(await isHeld(scene))) lost.push(`stopped after ${afterMs} ms (${state}): a code is in force that is not here`)
  }
  await scene.server.reset()
  await signInAs(scene, 'alice')
  return { tried: times, lost, landed }
}

/** A binding that nothing disturbs. */
export async function bindWhole(scene: Scene): Promise<void> {
  await see(scene)
  await scene.server.reset()
  await roomInStep()
  await clickBindAndConfirm(scene).confirmed
}

/** Signs in anew. Whoever is bound is asked for a second factor then. */
async function signInAs(scene: Scene, user: string): Promise<void> {
  scene.user = user
  await scene.own.ask.signOut(scene.serverId)
  await signIn(scene)
}

/** Whether the vault has the recovery code that is in force. */
async function isHeld(scene: Scene): Promise<boolean> {
  const truth = await truthOf(scene)
  const { entries } = await contentsOf(scene)
  if (truth?.state !== 'bound' || !entries.some((entry) => hasSecret(entry, truth))) throw new Error('not bound')
  return entries.some((entry) => holds(entry, truth))
}
