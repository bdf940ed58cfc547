import type { Candidate } from './boxes'
import { parentElement, read, rootsOf, windowOf } from './dom'
import { isTextLike } from './field'
import type { SeenCandidate } from './frame'
import { gather, seenOf } from './gather'
import { important } from './important'
import { lookAt } from './look'
import { areVisible } from './visible'

/** How far around a click a field is looked for: widgets paint boxes beside the one field that takes the code. */
const MAX_HEIGHT = 4
/** How far from a field a click may be. */
const CLOSE_PX = 24
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
export function pick(document: Document, words: Words, signal: AbortSignal): Promise<Picked> {
  const view = windowOf(document)
  if (view === null || signal.aborted) return Promise.resolve(null)
  return new Promise((resolve) => {
    const frame = showFrame(document, words.hint)
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
    listen('pointermove', (event) => frame.around(fieldsAt(event)[0] ?? null))
    listen('click', (event) => {
      const candidate = candidateAt(document, event)
      if (candidate === null) frame.say(words.missed)
      else end(seenOf(candidate, lookAt(rootsOf(document)), false))
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

/** What the user clicked at: one field, or the boxes of one code, that he can see. Null where that could be several. */
export function candidateAt(document: Document, event: Event): Candidate | null {
  const { candidates, look } = gather(document)
  const near = fieldsAt(event).filter((field) => look.isRendered(field))
  const [first] = near
  if (first === undefined) return null
  const candidate: Candidate = candidates.find((one) => one.includes(first)) ?? [first]
  const isOne = near.every((field) => candidate.includes(field)) && isAt(candidate, event)
  return isOne && areVisible(candidate) ? candidate : null
}

/** Whether the click is on the fields or their label, or close by: elsewhere it may have been meant for anything. */
function isAt(candidate: Candidate, event: Event): boolean {
  const [target] = event.composedPath()
  if (target instanceof Element && candidate.includes(labelledBy(target) ?? (target as HTMLInputElement))) return true
  const { clientX, clientY } = event as MouseEvent
  return candidate.some((field) => {
    const { left, top, right, bottom } = read(field, 'getBoundingClientRect')()
    const besideX = Math.max(left - clientX, clientX - right)
    return besideX <= CLOSE_PX && Math.max(top - clientY, clientY - bottom) <= CLOSE_PX
  })
}

/** The field that the label around an element is for. */
function labelledBy(element: Element): HTMLInputElement | null {
  const label = read(element, 'closest')('label')
  const field = label === null ? null : read(label as HTMLLabelElement, 'control')
  return isField(field) ? field : null
}

/** The field under the pointer, or those of the nearest element around it that holds any. */
function fieldsAt(event: Event): HTMLInputElement[] {
  const [target] = event.composedPath()
  let at = target instanceof Element ? target : null
  if (isField(at)) return [at]
  const labelled = at === null ? null : labelledBy(at)
  if (labelled !== null) return [labelled]
  for (let height = 0; at !== null && height < MAX_HEIGHT; height += 1, at = parentElement(at)) {
    const near = [...read(at, 'querySelectorAll')('input')].filter(isField)
    if (near.length > 0) return near
  }
  return []
}

function isField(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && isTextLike(element)
}

interface Frame {
  around(field: Element | null): void
  say(words: string): void
  remove(): void
}

/** Drawn in a shadow root that the page cannot look into, above all else, and letting every click through. */
function showFrame(document: Document, hint: string): Frame {
  const host = document.createElement('div')
  host.style.cssText = important(
    'all:initial;position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:none;border:0',
  )
  const root = host.attachShadow({ mode: 'closed' })
  const box = root.appendChild(document.createElement('div'))
  const note = root.appendChild(document.createElement('div'))
  note.textContent = hint
  note.dir = 'auto'
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
    say: (words) => void (note.textContent = words),
    remove: () => host.remove(),
  }
}
