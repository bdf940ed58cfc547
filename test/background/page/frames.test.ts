import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillFrame, lookIntoFrames, readInFrame, type SeenFrame } from '../../../src/background/page/frames'
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

describe('a code that reaches the page late', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is not typed any more: it may be an old one by then (FIL-11)', async () => {
    const typed = vi.fn(() => ({ kind: 'filled' }))
    vi.stubGlobal('latchkeyAutofill', { fill: typed })
    const outcome = inTime(fillFrame(PLACE, '123456'))
    const [{ func, args }] = executeScript.mock.calls[0] as [
      { func: (...given: unknown[]) => unknown; args: unknown[] },
    ]
    vi.advanceTimersByTime(2_900)
    expect(func(...args)).toEqual({ kind: 'filled' })
    expect(typed).toHaveBeenCalledWith('m', SITE, 0, '123456')
    vi.advanceTimersByTime(100)
    expect(func(...args)).toBeUndefined()
    expect(typed).toHaveBeenCalledTimes(1)
    await outcome
  })
})

describe('a frame that does not answer', () => {
  type Asked = { target: { allFrames?: boolean; frameIds?: number[] }; injectImmediately?: boolean; args?: unknown[] }

  /** Answers those questions that `answers` lets through. */
  function page(answers: (asked: Asked) => boolean): void {
    executeScript.mockImplementation((asked) =>
      answers(asked as Asked)
        ? Promise.resolve([{ frameId: 0, result: frameReport(SITE) }])
        : new Promise(() => undefined),
    )
  }
  const seen = () => inTime(lookIntoFrames(1, 'm')) as Promise<readonly SeenFrame[]>

  it('does not keep the others waiting while it loads for ever', async () => {
    page(({ injectImmediately }) => injectImmediately === true)
    expect(await seen()).toMatchObject([{ frameId: 0, mark: 'm-1', alone: false }])
  })

  it('is passed over where it hangs, and the top frame is told to have been looked at alone', async () => {
    page(({ target }) => target.frameIds?.[0] === 0)
    expect(await seen()).toMatchObject([{ frameId: 0, mark: 'm-2', alone: true }])
  })

  it('has its late look remembered under another mark: it cannot take the place of the one that counts', async () => {
    page(({ args, target }) => args === undefined || target.frameIds !== undefined)
    await seen()
    const marks = executeScript.mock.calls.flatMap(([asked]) => (asked as Asked).args?.[0] ?? [])
    expect(marks).toEqual(['m', 'm-1', 'm-2'])
  })
})

describe('a script that is let in late', () => {
  it('is not told any more to look', async () => {
    executeScript.mockImplementation((injection) =>
      'files' in injection ? new Promise((done) => setTimeout(done, 1_600, [])) : Promise.resolve([]),
    )
    const seen = inTime(lookIntoFrames(1, 'm'))
    await vi.advanceTimersByTimeAsync(5_000)
    await seen
    expect(executeScript.mock.calls.filter(([injection]) => 'func' in injection)).toEqual([])
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
