import { read, windowOf } from './dom'

/** How long a page is given to send a full field by itself; most do so at once. */
export const QUIET_MS = 1_500
const LOOK_EVERY_MS = 100

/** What came of the wish to send the form. */
export type Submitted = 'submitted' | 'page-did' | 'no-button'

/** What is needed of `performance`. */
export type Timeline = Pick<Performance, 'now' | 'getEntriesByType'>

/** Watches a page from before the fill on. */
export interface SubmitWatch {
  /** Sends the form of the fields that were filled, unless the page sends it by itself: never twice. */
  submitIfQuiet(): Promise<Submitted>
}

/** Begins to watch what the page does with what is typed; `timeline` is the page's own, on which its requests stand. */
export function watchSubmit(document: Document, timeline: Timeline): SubmitWatch {
  const view = windowOf(document)
  const listening = new AbortController()
  const typedInto = new Set<HTMLInputElement>()
  let began = Infinity
  let sent = false
  const options = { capture: true, signal: listening.signal }
  view?.addEventListener('submit', () => (sent = true), options)
  view?.addEventListener(
    'input',
    (event) => {
      const [field] = event.composedPath()
      began = Math.min(began, timeline.now())
      if (field instanceof HTMLInputElement) typedInto.add(field)
    },
    options,
  )

  async function submitIfQuiet(): Promise<Submitted> {
    try {
      const fields = [...typedInto].filter((field) => read(field, 'value') !== '')
      const button = defaultButton(fields[0])
      for (let waited = 0; waited < QUIET_MS; waited += LOOK_EVERY_MS) {
        if (sent || hasReacted(fields, button) || hasAsked(timeline, began)) return 'page-did'
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      }
      if (sent || button === null) return sent ? 'page-did' : 'no-button'
      read(button, 'click')()
      return 'submitted'
    } finally {
      listening.abort()
    }
  }
  return { submitIfQuiet }
}

/** The button that Enter would press: the first of the form that sends it. */
function defaultButton(field: HTMLInputElement | undefined): HTMLElement | null {
  const form = field === undefined ? null : read(field, 'form')
  if (form === null) return null
  const buttons = read(form, 'querySelectorAll')<HTMLElement>('button, input[type=submit], input[type=image]')
  const sends = [...buttons].filter((button) => !/^(?:button|reset)$/iu.test(button.getAttribute('type') ?? ''))
  return sends.find((button) => !read(button, 'matches')(':disabled')) ?? null
}

/** A field that is gone, emptied or locked, or a button that is, says that the page has taken the code. */
function hasReacted(fields: readonly HTMLInputElement[], button: HTMLElement | null): boolean {
  if (fields.length === 0) return true
  const taken = fields.some(
    (field) =>
      !read(field, 'isConnected') || read(field, 'value') === '' || read(field, 'matches')(':disabled, :read-only'),
  )
  return (
    taken ||
    (button !== null && (!read(button, 'isConnected') || read(button, 'matches')(':disabled, [aria-busy=true]')))
  )
}

/** Whether the page has asked its server for anything since. */
function hasAsked(timeline: Timeline, began: number): boolean {
  return timeline
    .getEntriesByType('resource')
    .some(
      (entry) =>
        entry.startTime >= began &&
        /^(?:fetch|xmlhttprequest|beacon)$/u.test((entry as PerformanceResourceTiming).initiatorType),
    )
}
