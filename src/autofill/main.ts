import { read } from './dom'
import { findFields } from './find'
import { fillFields } from './fill'
import type { FillRefusal, FillReport, FrameReport, LatchkeyAutofill } from './frame'
import { recoveryCodesIn } from './recovery-codes'
import { RULES } from './rules'
import { areVisible, isEnabled } from './visible'

/** What `look` found; it is used up by the next fill, whatever comes of it. */
let remembered: { readonly mark: string; readonly fields: readonly HTMLInputElement[] } | null = null

const frame: LatchkeyAutofill = { look, fill, recoveryCodes: () => recoveryCodesIn(document) }

// A page's element can bear this id and answer to `globalThis.latchkeyAutofill`; only an own property is ours.
if (!Object.hasOwn(globalThis, 'latchkeyAutofill')) {
  Object.defineProperty(globalThis, 'latchkeyAutofill', { value: frame })
}

function look(mark: string): FrameReport {
  const fields = findFields(document, RULES)
  // Without a mark it is a look and no more: a fill that waits for its time step keeps what it found.
  if (mark !== '') remembered = { mark, fields }
  return {
    origin: originOfFrame(),
    sameOriginChain: hasSameOriginChain(),
    field: fields.length === 0 ? null : { boxes: fields.length },
    focused: fields.some(isFocused),
  }
}

function fill(mark: string, origin: string, code: string): FillReport {
  const found = remembered?.mark === mark ? remembered.fields : null
  remembered = null
  const refusal = obstacle(found, origin)
  return refusal === null ? fillFields(found ?? [], code) : { kind: 'refused', reason: refusal }
}

/** The checks of FIL-3 to FIL-5, in the turn that writes: a tab's or a document's number proves nothing (trap 8). */
function obstacle(fields: readonly HTMLInputElement[] | null, origin: string): FillRefusal | null {
  if (fields === null) return 'fill/page-changed'
  if (originOfFrame() === 'null' || originOfFrame() !== origin) return 'fill/site-differs'
  if (!hasSameOriginChain()) return 'fill/frame-not-allowed'
  if (fields.length === 0) return 'fill/no-field'
  if (!isStillDetected(fields)) return 'fill/field-changed'
  // Boxes may be locked until the one before them is full; the first never is.
  if (fields[0] === undefined || !isEnabled(fields[0]) || !areVisible(fields)) return 'fill/field-hidden'
  return null
}

function isStillDetected(fields: readonly HTMLInputElement[]): boolean {
  const now = findFields(document, RULES)
  return now.length === fields.length && now.every((field, index) => field === fields[index])
}

/** `location` names where a document came from, `self.origin` whom it may act for; a sandboxed one differs in them. */
function originOfFrame(): string {
  const web = location.protocol === 'https:' || location.protocol === 'http:'
  return web && self.origin === location.origin ? location.origin : 'null'
}

/** Top frame, or below none but frames of the same origin (FIL-4, trap 13). */
function hasSameOriginChain(): boolean {
  const ancestors = [...(location.ancestorOrigins ?? [])]
  if (ancestors.some((origin) => origin !== location.origin)) return false
  try {
    for (let view: Window = window; view !== view.parent; view = view.parent) {
      if (view.parent.location.origin !== location.origin) return false
    }
    return true
  } catch {
    // Reading the address of a frame of another origin throws, which is the answer.
    return false
  }
}

function isFocused(field: HTMLInputElement): boolean {
  const root = read(field, 'getRootNode')() as Document | ShadowRoot
  return read(root, 'activeElement') === field
}
