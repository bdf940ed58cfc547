import type { Candidate } from './boxes'
import { parentElement, read, windowOf } from './dom'
import { isTextLike } from './field'
import type { SeenCandidate } from './frame'
import { gather, seenOf } from './gather'

/** How far around a click a field is looked for: widgets paint boxes beside the one field that takes the code. */
const MAX_HEIGHT = 4
const MOST_FIELDS = 8
const STOPPED = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu']

/** What is said to the user. */
export interface Words {
  readonly hint: string
  /** What is said where he clicked at no field, or at several. */
  readonly missed: string
}

/** What the user pointed at, or null where he gave up. */
export type Picked = SeenCandidate | null

/**
 * Lets the user point at a field: the one under the pointer is framed, a click takes it, Escape gives up. Only what the
 * user himself does counts, and the page is not told of it. No code is near: what is pointed at is described, no more.
 */
export function pick(document: Document, { hint }: Words, signal: AbortSignal): Promise<Picked> {
  const view = windowOf(document)
  if (view === null || signal.aborted) return Promise.resolve(null)
  return new Promise((resolve) => {
    const frame = showFrame(document, hint)
    const listening = new AbortController()
    const end = (picked: Picked): void => {
      listening.abort()
      frame.remove()
      resolve(picked)
    }
    const listen = (type: string, heard: (event: Event) => void): void =>
      view.addEventListener(type, (event) => event.isTrusted && heard(event), {
        capture: true,
        signal: listening.signal,
      })
    for (const type of STOPPED) listen(type, stop)
    listen('pointermove', (event) => frame.around(fieldAt(event)))
    listen('click', (event) => {
      const field = fieldAt(event)
      if (field !== null) end(describePicked(document, field))
    })
    listen('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Escape') return
      stop(event)
      end(null)
    })
    signal.addEventListener('abort', () => end(null), { once: true, signal: listening.signal })
  })
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopPropagation()
}

/** The field under the pointer, or the only one near it. */
function fieldAt(event: Event): HTMLInputElement | null {
  const [target] = event.composedPath()
  let at = target instanceof Element ? target : null
  if (isField(at)) return at
  const label = at === null ? null : read(at, 'closest')('label')
  const labelled = label === null ? null : read(label as HTMLLabelElement, 'control')
  if (isField(labelled)) return labelled
  for (let height = 0; at !== null && height < MAX_HEIGHT; height += 1, at = parentElement(at)) {
    const near = [...read(at, 'querySelectorAll')('input')].filter(isField)
    if (near.length > 0) return near.length <= MOST_FIELDS ? (near[0] ?? null) : null
  }
  return null
}

function isField(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && isTextLike(element)
}

/** With its boxes, where it is one of several. */
function describePicked(document: Document, field: HTMLInputElement): SeenCandidate {
  const { look, candidates } = gather(document)
  const candidate: Candidate = candidates.find((one) => one.includes(field)) ?? [field]
  return seenOf(candidate, look, false)
}

interface Frame {
  around(field: Element | null): void
  remove(): void
}

/** Drawn in a shadow root that the page cannot look into, above all else, and letting every click through. */
function showFrame(document: Document, hint: string): Frame {
  const host = document.createElement('div')
  host.style.cssText =
    'all:initial;position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:none;border:0'
  const root = host.attachShadow({ mode: 'closed' })
  const box = root.appendChild(document.createElement('div'))
  const note = root.appendChild(document.createElement('div'))
  note.textContent = hint
  note.style.cssText =
    'position:fixed;top:12px;left:50%;transform:translateX(-50%);padding:8px 14px;border-radius:8px;background:#1d2733;color:#fff;font:14px/1.4 system-ui,sans-serif;box-shadow:0 2px 8px #0006'
  document.documentElement.append(host)
  return {
    around(field) {
      const rect = field?.getBoundingClientRect()
      box.style.cssText = rect
        ? `position:fixed;left:${rect.left - 4}px;top:${rect.top - 4}px;width:${rect.width + 2}px;height:${rect.height + 2}px;border:3px solid #1a73e8;border-radius:6px`
        : ''
    },
    remove: () => host.remove(),
  }
}
