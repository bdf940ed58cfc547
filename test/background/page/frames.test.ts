import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillFrame, lookIntoFrames, readInFrame } from '../../../src/background/page/frames'
import { frameReport } from '../../support/frame-report'

const SITE = 'https://bank.example'
const PLACE = { tabId: 1, frameId: 0, mark: 'm', index: 0, origin: SITE }

const executeScript = vi.fn((_injection: object): Promise<unknown> => new Promise(() => undefined))

beforeEach(() => {
  vi.useFakeTimers()
  executeScript.mockReset()
  executeScript.mockReturnValue(new Promise(() => undefined))
  Object.assign(browser, { scripting: { executeScript } })
})
afterEach(() => vi.useRealTimers())

/** What comes of it once the page has had its time. */
async function inTime<T>(work: Promise<T>): Promise<T | string> {
  const outcome = work.catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(3_000)
  return outcome
}

describe('a page that hangs', () => {
  it('is given up after a while, so that the fills of other tabs go on', async () => {
    expect(await inTime(lookIntoFrames(1, 'm'))).toBe('fill/page-protected')
    expect(await inTime(readInFrame(PLACE, [0]))).toMatchObject({ candidates: new Map() })
  })

  it('is no refusal where it was told the code: it may type it yet', async () => {
    expect(await inTime(fillFrame(PLACE, '123456'))).toBe('fill/page-changed')
    executeScript.mockRejectedValue(new Error('The tab was closed.'))
    expect(await inTime(fillFrame(PLACE, '123456'))).toEqual({ kind: 'refused', reason: 'fill/page-changed' })
  })
})

describe('a page of very many frames', () => {
  it('is looked at in the first of them, the top one before all', async () => {
    const frames = Array.from({ length: 40 }, (_, at) => ({ frameId: 39 - at, result: frameReport(SITE) }))
    executeScript.mockResolvedValue(frames)
    const seen = await lookIntoFrames(1, 'm')
    expect(seen.map(({ frameId }) => frameId)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
