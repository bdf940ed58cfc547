import { documentOf, inherited, read, windowOf } from './dom'
import type { FillReport, FillRefusal } from './frame'

/** Where a field was when the fill began: a page that moves or re-types it meanwhile gets nothing more (FIL-6). */
interface Place {
  readonly field: HTMLInputElement
  readonly parent: ParentNode | null
  readonly root: Node
  readonly form: HTMLFormElement | null
  readonly type: string
}

const FILLED: FillReport = { kind: 'filled' }

/**
 * Types `code` into one field, or into its boxes in order, all in one turn: the value through the browser's own setter,
 * then `input` and `change`. It never submits; pages that submit a full field by themselves do so.
 */
export function fillFields(fields: readonly HTMLInputElement[], code: string): FillReport {
  const refusal = obstacle(fields, code)
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  const places = fields.map(placeOf)
  const [single] = places
  const techniques = places.length === 1 ? [typeWhole] : [typeEach, pasteAll, typeWhole]
  for (const technique of techniques) {
    if (!places.every(unmoved)) return { kind: 'refused', reason: 'fill/field-changed' }
    places.forEach(clear)
    technique(places, code)
    // A page that takes the code away at once has taken it: it submits, or shows the next step.
    if (holdsCode(fields, code) || (single !== undefined && !read(single.field, 'isConnected'))) return FILLED
  }
  places.filter(unmoved).forEach(clear)
  return { kind: 'refused', reason: 'fill/not-taken' }
}

function obstacle(fields: readonly HTMLInputElement[], code: string): FillRefusal | null {
  const [first] = fields
  if (first === undefined || fields.some((field) => !read(field, 'isConnected'))) return 'fill/field-changed'
  if (new Set(fields.map(documentOf)).size > 1) return 'fill/field-changed'
  if (!/^[A-Z\d]{4,10}$/iu.test(code) || !fits(fields, first, code)) return 'fill/wrong-length'
  return holdsForeignText(fields, code) ? 'fill/text-in-field' : null
}

function fits(fields: readonly HTMLInputElement[], first: HTMLInputElement, code: string): boolean {
  if (fields.length > 1) return fields.length === code.length
  const most = read(first, 'maxLength')
  return most < 0 || most >= code.length
}

/** Anything but an old code of the same length was typed by the user, and stays. */
function holdsForeignText(fields: readonly HTMLInputElement[], code: string): boolean {
  const held = heldBy(fields)
  if (held === '') return false
  const sameKind = /^\d+$/u.test(code) ? /^\d+$/u : /^[A-Z\d]+$/iu
  return held.length !== code.length || !sameKind.test(held)
}

/** Boxes must hold a character each: the whole code in the first of them was not spread. */
function holdsCode(fields: readonly HTMLInputElement[], code: string): boolean {
  return heldBy(fields) === code && (fields.length === 1 || fields.every((field) => read(field, 'value').length === 1))
}

/** What the fields hold, without the blanks and dashes that pages set between groups. */
function heldBy(fields: readonly HTMLInputElement[]): string {
  return fields.map((field) => read(field, 'value').replace(/[\s-]+/gu, '')).join('')
}

function placeOf(field: HTMLInputElement): Place {
  return {
    field,
    parent: read(field, 'parentNode'),
    root: read(field, 'getRootNode')(),
    form: read(field, 'form'),
    type: read(field, 'type'),
  }
}

function unmoved({ field, parent, root, form, type }: Place): boolean {
  return (
    read(field, 'isConnected') &&
    read(field, 'parentNode') === parent &&
    read(field, 'getRootNode')() === root &&
    read(field, 'form') === form &&
    read(field, 'type') === type
  )
}

/** A full field that is overwritten by another full code goes unnoticed by some widgets; an emptied one does not. */
function clear(place: Place): void {
  if (read(place.field, 'value') !== '') write(place, '')
}

function typeWhole(places: readonly Place[], code: string): void {
  const [first] = places
  if (first !== undefined) write(first, code)
}

function typeEach(places: readonly Place[], code: string): void {
  places.forEach((place, index) => write(place, code.charAt(index)))
}

/** For boxes that listen to a paste into the first of them and to nothing else. */
function pasteAll(places: readonly Place[], code: string): void {
  const [first] = places
  const view = first === undefined ? null : windowOf(documentOf(first.field))
  if (first === undefined || view === null || !unmoved(first)) return
  const clipboardData = new view.DataTransfer()
  const paste = new view.ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData })
  // Firefox gives the event a clipboard of its own, an empty one: what was written before would be lost.
  paste.clipboardData?.setData('text/plain', code)
  read(first.field, 'dispatchEvent')(paste)
}

/** One write: the field is looked at again first, since the page ran code after the one before (FIL-6). */
function write(place: Place, text: string): void {
  if (!unmoved(place) || read(place.field, 'matches')(':disabled')) return
  const { field } = place
  const view = windowOf(documentOf(field))
  if (view === null) return
  setValue(field, text)
  const inputType = text === '' ? 'deleteContentBackward' : 'insertText'
  read(
    field,
    'dispatchEvent',
  )(new view.InputEvent('input', { bubbles: true, composed: true, inputType, data: text === '' ? null : text }))
  if (text !== '' && unmoved(place)) read(field, 'dispatchEvent')(new view.Event('change', { bubbles: true }))
}

/** The prototype's setter: frameworks put their own on the field itself, to notice who writes. */
function setValue(field: HTMLInputElement, text: string): void {
  const setter = inherited(Object.getPrototypeOf(field) as object, 'value')?.set
  if (setter === undefined) field.value = text
  else setter.call(field, text)
}
