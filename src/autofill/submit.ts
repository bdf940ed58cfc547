import { attribute, documentOf, read, windowOf } from './dom'

/** How long a page is given to send a full field by itself; most do so at once. */
export const QUIET_MS = 1_500
/** The same for a form that names no address: a script sends it, and what is under way cannot be seen. */
export const SCRIPTED_QUIET_MS = 4_000
const LOOK_EVERY_MS = 100
/** A browser keeps no more requests than this unless the page asks for it; of later ones nothing is known. */
const MOST_KNOWN_REQUESTS = 250

/** What came of the wish to send the form. */
export type Submitted = 'submitted' | 'page-did' | 'no-button'

/** What is needed of `performance`. */
export type Timeline = Pick<Performance, 'now' | 'getEntriesByType'>

/** Watches a page from before the fill on. */
export interface SubmitWatch {
  /** Says which fields were filled, in the turn that filled them. */
  filled(fields: readonly HTMLInputElement[]): void
  /** Sends the form of the fields that were filled, unless the page or the user may have done so: never twice. */
  submitIfQuiet(): Promise<Submitted>
  stop(): void
}

/** A form as the fill left it. */
interface Filled {
  readonly fields: readonly { readonly field: HTMLInputElement; readonly value: string }[]
  readonly url: string
  readonly form: HTMLFormElement | null
  readonly button: SendButton | null
  readonly words: string
  /** Some widgets let their button be pressed only once they have seen the code. */
  wasEnabled: boolean
}

type SendButton = HTMLButtonElement | HTMLInputElement

/** What a page does that sends a form, or may; a form that its script sends tells of no `submit`, but of its data. */
const SENDING = ['submit', 'formdata', 'beforeunload', 'pagehide']
const BY_HAND = ['click', 'keydown']

/** Begins to watch what the page does with what is typed; `timeline` is the page's own, on which its requests stand. */
export function watchSubmit(document: Document, timeline: Timeline): SubmitWatch {
  const view = windowOf(document)
  const listening = new AbortController()
  const began = timeline.now()
  let sent = false
  let left: Filled | null = null
  const listen = (type: string, counts: (event: Event) => boolean): void =>
    view?.addEventListener(type, (event) => void (sent ||= counts(event)), {
      capture: true,
      signal: listening.signal,
    })
  for (const type of SENDING) listen(type, () => true)
  for (const type of BY_HAND) listen(type, ({ isTrusted }) => isTrusted)
  const redrawn = redrawTest(listening.signal)
  const isTaken = (page: Filled): boolean =>
    sent || redrawn() || hasReacted(document, page) || hasAsked(timeline, began)

  async function sendIfQuiet(page: Filled): Promise<Submitted> {
    const { form, button } = page
    if (form === null || button === null || sendsElsewhere(form, button)) return 'no-button'
    const quiet = attribute(form, 'action') === '' ? SCRIPTED_QUIET_MS : QUIET_MS
    for (let waited = 0; waited < quiet; waited += LOOK_EVERY_MS) {
      if (isTaken(page)) return 'page-did'
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    if (isTaken(page)) return 'page-did'
    if (isLocked(button)) return 'no-button'
    read(button, 'click')()
    return 'submitted'
  }
  return {
    filled(fields) {
      left = leftBy(document, fields)
      if (left.form !== null) redrawn.watch(left.form)
    },
    submitIfQuiet: async () => {
      try {
        return left === null ? 'page-did' : await sendIfQuiet(left)
      } finally {
        listening.abort()
      }
    },
    stop: () => listening.abort(),
  }
}

function leftBy(document: Document, fields: readonly HTMLInputElement[]): Filled {
  const form = fields[0] === undefined ? null : read(fields[0], 'form')
  const button = form === null ? null : defaultButton(form)
  return {
    fields: fields.map((field) => ({ field, value: read(field, 'value') })),
    url: read(document, 'URL'),
    form,
    button,
    words: button === null ? '' : wordsOn(button),
    wasEnabled: button !== null && !isLocked(button),
  }
}

/** The button that Enter would press: the first that sends this very form, wherever it stands. */
function defaultButton(form: HTMLFormElement): SendButton | null {
  const root = read(form, 'getRootNode')() as Document | ShadowRoot
  const buttons = read(root, 'querySelectorAll')<SendButton>('button, input[type=submit], input[type=image]')
  return (
    [...buttons].find((one) => read(one, 'form') === form && !/^(?:button|reset)$/u.test(read(one, 'type'))) ?? null
  )
}

/** What is sent to another frame is not seen; a button with an address of its own, or without checks, is another wish. */
function sendsElsewhere(form: HTMLFormElement, button: SendButton): boolean {
  const own = ['formaction', 'formnovalidate', 'formtarget'].some((name) => read(button, 'hasAttribute')(name))
  return own || !/^(?:_self|_top|_parent)?$/iu.test(attribute(form, 'target'))
}

function isLocked(button: SendButton): boolean {
  return read(button, 'matches')(':disabled, [aria-disabled=true]')
}

function wordsOn(button: SendButton): string {
  return `${read(button, 'textContent') ?? ''} ${read(button, 'value')}`
}

/** A field that is gone, changed or locked, a button that is, or another address, says that the page has taken the code. */
function hasReacted(document: Document, page: Filled): boolean {
  const { fields, form, button, url, words } = page
  if (read(document, 'URL') !== url) return true
  const taken = fields.some(
    ({ field, value }) =>
      !read(field, 'isConnected') ||
      read(field, 'form') !== form ||
      read(field, 'value') !== value ||
      read(field, 'matches')(':disabled, :read-only'),
  )
  return taken || form === null || button === null || hasTurned(page, form, button, words)
}

function hasTurned(page: Filled, form: HTMLFormElement, button: SendButton, words: string): boolean {
  if (!read(button, 'isConnected') || defaultButton(form) !== button || wordsOn(button) !== words) return true
  const locked = isLocked(button)
  if (locked && page.wasEnabled) return true
  page.wasEnabled ||= !locked
  return [form, button].some((one) => attribute(one, 'aria-busy') === 'true')
}

/** Whether the page has put elements into the form or taken some away since, as it does to show that it is at work. */
function redrawTest(signal: AbortSignal): (() => boolean) & { watch(form: HTMLFormElement): void } {
  let redrawn = false
  const watch = (form: HTMLFormElement): void => {
    const view = windowOf(documentOf(form))
    if (view === null) return
    const observer = new view.MutationObserver((records) => {
      redrawn ||= records.some(({ addedNodes, removedNodes }) =>
        [...addedNodes, ...removedNodes].some((node) => read(node, 'nodeType') === 1),
      )
    })
    observer.observe(form, { childList: true, subtree: true })
    signal.addEventListener('abort', () => observer.disconnect())
  }
  return Object.assign(() => redrawn, { watch })
}

/** Whether the page has asked its server for anything since, or may have. */
function hasAsked(timeline: Timeline, began: number): boolean {
  const requests = timeline.getEntriesByType('resource')
  if (requests.length >= MOST_KNOWN_REQUESTS) return true
  return requests.some(
    (entry) =>
      entry.startTime >= began &&
      /^(?:fetch|xmlhttprequest|beacon|iframe)$/u.test((entry as PerformanceResourceTiming).initiatorType),
  )
}
