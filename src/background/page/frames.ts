import browser from 'webextension-polyfill'
// The addresses of bundles, not code: the build makes each one classic script (ARCHITECTURE, "Builds").
// oxlint-disable-next-line import/default -- what `?iife` gives
import frameScript from '../../autofill/main.ts?iife'
// oxlint-disable-next-line import/default -- what `?iife` gives
import recoveryScript from '../../autofill/recovery-main.ts?iife'
// oxlint-disable-next-line import/default -- what `?iife` gives
import textsScript from '../../autofill/texts-main.ts?iife'
import { boundedFill, boundedList, boundedRead, boundedReport, boundedTexts } from '../../autofill/bounded'
import type { FillReport, FrameReport } from '../../autofill/frame'
import { AppError } from '../../core/errors'

/** What our script saw in one frame of a tab. */
export interface SeenFrame {
  frameId: number
  /** What its candidates are remembered under. */
  mark: string
  report: FrameReport
  /** Whether other frames did not answer in time, and were passed over. */
  alone: boolean
}

/** A candidate in a frame, as one look found it. */
export interface FieldPlace {
  tabId: number
  frameId: number
  mark: string
  /** Its place in the report. */
  index: number
}

const MOST_RECOVERY_CODES = 20
/** Of more frames the top one and the first count. */
const MOST_FRAMES = 10
/** A page that lets our script wait longer than this hangs; it must not hold up the fills of other tabs. */
const INJECTED_LIMIT_MS = 3_000

/**
 * How a tab is looked at, each way only where the one before was not answered in time. A frame that loads for ever lets no
 * script in before it is there, unless that is not waited for; one that hangs holds up the answers of all.
 */
const LOOKS = [
  { allFrames: true, injectImmediately: false, limitMs: 1_500 },
  { allFrames: true, injectImmediately: true, limitMs: 700 },
  { allFrames: false, injectImmediately: true, limitMs: 700 },
] as const

/** The page did not answer in time. What was asked of it may still happen. */
class Unanswered extends Error {}

/** Runs a script in a tab; rejects with `Unanswered` where the page hangs. */
export function injected<Args extends unknown[], Result>(injection: Injection<Args, Result>): Promise<Injected> {
  return within(INJECTED_LIMIT_MS, () => browser.scripting.executeScript(injection as never))
}

type Injected = readonly { frameId: number; result?: unknown }[]

/** What is still to be done when the time is over learns of it by the signal. */
async function within<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new AbortController()
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      over.abort()
      reject(new Unanswered())
    }, limitMs)
  })
  try {
    return await Promise.race([work(over.signal), limit])
  } finally {
    clearTimeout(timer)
  }
}

/** Says a word to what we left in a tab's top frame, which may be where no script is let in any more; mostly nobody hears it. */
export async function tell(tabId: number, word: string): Promise<void> {
  await within(INJECTED_LIMIT_MS, () => browser.tabs.sendMessage(tabId, word, { frameId: 0 })).catch(() => undefined)
}

/** What is run where: a bundle, or a function with its arguments. */
interface Injection<Args extends unknown[], Result> {
  target: { tabId: number; allFrames?: boolean; frameIds?: number[] }
  injectImmediately?: boolean
  files?: string[]
  func?: (...args: Args) => Result
  args?: Args
}

/**
 * Puts our script into the tab's top frame and the frames of the same origin, and has each look for what might be a code
 * field and remember it. Frames that do not answer in time are passed over. Throws `fill/page-protected` where the browser
 * lets no script in.
 */
export async function lookIntoFrames(tabId: number, mark: string): Promise<readonly SeenFrame[]> {
  for (const [index, look] of LOOKS.entries()) {
    try {
      // A late answer to an earlier look would take this one's mark from it, so each has its own.
      return await lookOnce(tabId, index === 0 || mark === '' ? mark : `${mark}-${index}`, look)
    } catch (error) {
      if (!(error instanceof Unanswered)) throw new AppError('fill/page-protected', {}, { cause: error })
    }
  }
  throw new AppError('fill/page-protected')
}

async function lookOnce(
  tabId: number,
  mark: string,
  { allFrames, injectImmediately, limitMs }: (typeof LOOKS)[number],
): Promise<readonly SeenFrame[]> {
  const target = allFrames ? { tabId, allFrames } : { tabId, frameIds: [0] }
  const results = await within(limitMs, async (signal) => {
    await injected({ target, injectImmediately, files: [frameScript] })
    signal.throwIfAborted()
    return injected({ target, injectImmediately, func: lookInFrame, args: [mark] })
  })
  const first = results.toSorted((one, other) => one.frameId - other.frameId).slice(0, MOST_FRAMES)
  return first.flatMap(({ frameId, result }) => {
    const report = boundedReport(result)
    return report === null ? [] : [{ frameId, mark, report, alone: !allFrames }]
  })
}

/** Runs in the page. */
function lookInFrame(mark: string): FrameReport | undefined {
  return globalThis.latchkeyAutofill?.look(mark)
}

/** Reads candidates that were found under `mark` again, and what stands around them. A frame that is gone has none. */
export async function readInFrame(
  place: Omit<FieldPlace, 'index'>,
  indexes: readonly number[],
): Promise<ReturnType<typeof boundedRead>> {
  try {
    const [result] = await injected({
      target: { tabId: place.tabId, frameIds: [place.frameId] },
      func: (mark: string, wanted: readonly number[]) => globalThis.latchkeyAutofill?.read(mark, wanted),
      args: [place.mark, indexes],
    })
    return boundedRead(result?.result)
  } catch {
    // The tab or the frame is gone, or has gone where we may not follow.
    return boundedRead(null)
  }
}

/**
 * Has our script write `code` into a candidate of the frame that was looked at with `mark`. Ids do not pin a document, so
 * the script itself compares its origin and the mark in the turn that writes (FIL-3). A frame that is gone refuses, and so
 * does one that hung until the code was no longer waited for: by then it may be an old one (FIL-11).
 */
export async function fillFrame(place: FieldPlace & { origin: string }, code: string): Promise<FillReport> {
  try {
    const [result] = await injected({
      target: { tabId: place.tabId, frameIds: [place.frameId] },
      func: (mark: string, origin: string, index: number, digits: string, deadline: number) =>
        Date.now() < deadline ? globalThis.latchkeyAutofill?.fill(mark, origin, index, digits) : undefined,
      args: [place.mark, place.origin, place.index, code, Date.now() + INJECTED_LIMIT_MS],
    })
    return boundedFill(result?.result)
  } catch (error) {
    // It may have been typed in the last moment: this is no refusal, after which the step would be given back.
    if (error instanceof Unanswered) throw new AppError('fill/page-changed', {}, { cause: error })
    // As above.
    return { kind: 'refused', reason: 'fill/page-changed' }
  }
}

/** Short texts that the tab's top frame shows; none where it is gone. */
export async function textsInTab(tabId: number): Promise<readonly string[]> {
  const target = { tabId, frameIds: [0] }
  try {
    await injected({ target, files: [textsScript] })
    const [result] = await injected({ target, func: () => globalThis.latchkeyTexts?.() })
    return boundedTexts(result?.result)
  } catch {
    // As above.
    return []
  }
}

/** Texts shaped like a recovery code in the tab's top frame and the frames of its origin. */
export async function recoveryCodesIn(tabId: number): Promise<readonly string[]> {
  const frames = await lookIntoFrames(tabId, '')
  // A granted MFA host may let our script into its frames on other sites, too.
  const frameIds = frames.filter(({ report }) => report.sameOriginChain).map(({ frameId }) => frameId)
  const target = { tabId, frameIds }
  await injected({ target, files: [recoveryScript] })
  const results = await injected({ target, func: () => globalThis.latchkeyRecoveryCodes?.() })
  const codes = results.flatMap(({ result }) => boundedList(result, MOST_RECOVERY_CODES, asRecoveryCode))
  return [...new Set(codes)]
}

function asRecoveryCode(text: unknown): string | null {
  return typeof text === 'string' && text.length <= 64 ? text : null
}
