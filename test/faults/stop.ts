import type { Page } from 'puppeteer-core'
import { median } from '../bench/bench'
import { type Scene, pause } from './scene'

const STEP_MS = 30_000
/** Less than this is too little for a whole binding before the code of this step is too old to be sent. */
const ROOM_MS = 4_000

/**
 * Milliseconds in which `work` is over when nothing happens, with some to spare; random moments lie within. `prepare` is not
 * counted; what is slow needs fewer `rounds`.
 */
export async function spanOf(
  work: () => Promise<unknown>,
  { prepare, rounds = 5 }: { prepare?: () => Promise<unknown>; rounds?: number } = {},
): Promise<number> {
  const spans: number[] = []
  for (let i = 0; i < rounds; i++) {
    await prepare?.()
    const began = performance.now()
    await work()
    spans.push(performance.now() - began)
  }
  return Math.ceil(median(spans) * 1.2)
}

/** Stops the background `afterMs` after the user's click, and waits for what came of that. */
export async function stopDuring(scene: Scene, clicked: Promise<unknown>, afterMs: number): Promise<void> {
  const ended = clicked.catch(() => undefined)
  await pause(afterMs)
  await scene.stage.stopBackground()
  await ended
}

/** Waits for the next time step where little is left of this one. */
export async function roomInStep(): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS)
  if (left < ROOM_MS) await pause(left + 50)
}

/** The generation of the vault in the database, as it stands there in clear. */
export async function generationIn(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('latchkey')
        opening.addEventListener('error', () => reject(new Error('the database does not open')))
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('head').objectStore('head').get('manifest')
          reading.addEventListener('success', () => {
            opening.result.close()
            resolve((reading.result as { generation: number }).generation)
          })
        })
      }),
  )
}

/**
 * Waits in the page until the database holds this generation, and then keeps every other transaction waiting until
 * {@link letDatabaseGo}: whoever has just written does not get to read it.
 */
export function holdDatabaseAt(page: Page, generation: number): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        Object.assign(globalThis, { databaseHeld: true })
        const isHeld = (): boolean => (globalThis as { databaseHeld?: boolean }).databaseHeld === true
        const opening = indexedDB.open('latchkey')
        opening.addEventListener('error', () => reject(new Error('the database does not open')))
        opening.addEventListener('success', () => {
          const db = opening.result
          const look = (): void => {
            const head = db.transaction(['head', 'rows', 'snapshots'], 'readwrite').objectStore('head')
            head.transaction.addEventListener('complete', () => (isHeld() ? setTimeout(look) : db.close()))
            head.get('manifest').addEventListener('success', function (this: IDBRequest<{ generation: number }>) {
              if (this.result.generation < wanted) return
              resolve()
              // A transaction lives as long as it is asked something.
              const ask = (): void => void (isHeld() && head.get('manifest').addEventListener('success', ask))
              ask()
            })
          }
          look()
        })
      }),
    generation,
  )
}

export async function letDatabaseGo(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(globalThis, { databaseHeld: false }))
}

/** Waits in the page until the mirror says this generation. */
export function mirrorAt(page: Page, generation: number): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        browser.storage.local.onChanged.addListener(function look(changes) {
          const value = changes['vault latchkey: sentinel']?.newValue as { generation?: number } | undefined
          if ((value?.generation ?? 0) < wanted) return
          browser.storage.local.onChanged.removeListener(look)
          resolve()
        })
      }),
    generation,
  )
}
