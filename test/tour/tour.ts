import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { launch } from '../e2e/browsers'
import { startEmulator } from '../emulator/listen'
import type { BrowserName } from '../tools/find-browser'
import type { Scene } from './scene'
import { story } from './story'

const FOLDER = 'tour'

/**
 * Walks the whole story in a real browser without a window, prints a line a step and keeps a picture of each. Answers
 * whether all passed; what comes after a failed step is not tried, since it builds on it.
 */
export async function tour(browserName: BrowserName): Promise<boolean> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const emulator = await startEmulator({ port: 0 })
  const scene: Scene = { stage: await launch(browserName), emulator, lastShown: null }
  let passed = 0
  try {
    for (const [index, { name, run }] of story.entries()) {
      await run(scene)
      passed += 1
      console.log(`ok ${index + 1} ${name}`)
      await picture(scene.lastShown, `${String(index + 1).padStart(2, '0')}-${fileName(name)}`)
    }
  } catch (error) {
    const failed = story[passed]
    console.log(`not ok ${passed + 1} ${failed?.name ?? ''}: ${error instanceof Error ? error.message : String(error)}`)
    await picture(scene.lastShown, `${String(passed + 1).padStart(2, '0')}-failed`)
  } finally {
    await scene.stage.close().catch(() => undefined)
    await emulator.close()
  }
  console.log(`${passed} passed, ${story.length - passed} failed`)
  return passed === story.length
}

/** A picture is an extra: a page that has closed itself leaves none. */
async function picture(page: Page | null, name: string): Promise<void> {
  if (!page || page.isClosed()) return
  await page.screenshot({ path: join(FOLDER, `${name}.png`) as `${string}.png` }).catch(() => undefined)
}

function fileName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
