import { afterAll, beforeAll, describe, it } from 'vitest'
import { type RunningEmulator, startEmulator } from '../emulator/listen'
import type { Scene } from '../tour/scene'
import { story } from '../tour/story'
import { launch } from './browsers'

// Much of a story is waiting for the next code: both are told at the same time.
describe.concurrent.each(['chromium', 'firefox'] as const)('the story in %s', (name) => {
  let scene: Scene
  let emulator: RunningEmulator
  let failed: string | null = null

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 })
    scene = { stage: await launch(name), emulator, lastShown: null }
  })

  afterAll(async () => {
    await scene.stage.close()
    await emulator.close()
  })

  it.sequential.each(story)('$name', async ({ name: step, run }) => {
    // Each step builds on those before it: what comes after a failed one would only wait for what is not there.
    if (failed !== null && failed !== step) throw new Error(`an earlier step failed: ${failed}`)
    failed = step
    await run(scene)
    failed = null
  })
})
