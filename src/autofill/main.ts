import type { Candidate } from './boxes'
import { read } from './dom'
import { attributesOf } from './field'
import { fillFields } from './fill'
import { FIELD_ATTRIBUTES } from './frame'
import type { FillRefusal, FillReport, FrameReport, LatchkeyAutofill, ReadAgain, SeenPage } from './frame'
import { gather, seenIn, seenOf } from './gather'
import { leave } from './leave'
import { hasSameOriginChain, originOfFrame, pathOf } from './origin'
import { areVisible, isEnabled } from './visible'

/** A candidate as it was when the background was told of it. */
interface Told {
  readonly fields: Candidate
  readonly attributes: string
}

const TEXT_LENGTH = 400

/** A fill looks three times at most, and a late look of one must not take away what another found. */
const MOST_LOOKS = 8

/** What the last looks found, by their marks. */
const looks = new Map<string, Told[]>()

const frame: LatchkeyAutofill = { look, read: readAgain, fill }

leave('latchkeyAutofill', frame)

function look(mark: string): FrameReport {
  const gathered = gather(document)
  looks.set(mark, gathered.candidates.map(told))
  if (looks.size > MOST_LOOKS) looks.delete(looks.keys().next().value ?? '')
  return {
    origin: originOfFrame(),
    sameOriginChain: hasSameOriginChain(),
    ...page(),
    isWhole: gathered.look.isWhole,
    candidates: seenIn(gathered),
  }
}

function readAgain(mark: string, indexes: readonly number[]): ReadAgain {
  const found = looks.get(mark) ?? []
  const now = gather(document)
  const candidates = indexes.flatMap((index) => {
    const candidate = now.candidates.find((one) => isSame(one, found[index]))
    if (candidate === undefined) return []
    found[index] = told(candidate)
    return [[index, seenOf(candidate, now.look, true)] as const]
  })
  return { ...page(), candidates }
}

function page(): SeenPage {
  return { title: read(document, 'title').slice(0, TEXT_LENGTH), path: pathOf(document).slice(0, TEXT_LENGTH) }
}

function told(fields: Candidate): Told {
  return { fields, attributes: wordsOf(fields) }
}

function wordsOf(fields: Candidate): string {
  return JSON.stringify(fields.map((field) => attributesOf(field, FIELD_ATTRIBUTES)))
}

/** A mark is used up by the fill, whatever comes of it. */
function fill(mark: string, origin: string, index: number, code: string): FillReport {
  const found = mark === '' ? undefined : looks.get(mark)
  looks.clear()
  const field = found?.[index]
  const refusal = found === undefined ? 'fill/page-changed' : obstacle(field, origin)
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  const report = fillFields(field?.fields ?? [], code)
  if (report.kind === 'filled') submitter()?.filled(field?.fields ?? [])
  return report
}

/** There where the user has forms sent; only an own property is ours, since a page's element can bear this id. */
function submitter(): typeof globalThis.latchkeySubmit {
  return Object.hasOwn(globalThis, 'latchkeySubmit') ? globalThis.latchkeySubmit : undefined
}

/** The checks of FIL-3 to FIL-5, in the turn that writes: a tab's or a document's number proves nothing (trap 8). */
function obstacle(field: Told | undefined, origin: string): FillRefusal | null {
  if (originOfFrame() === 'null' || originOfFrame() !== origin) return 'fill/site-differs'
  if (!hasSameOriginChain()) return 'fill/frame-not-allowed'
  if (field === undefined) return 'fill/no-field'
  if (!isUnchanged(field)) return 'fill/field-changed'
  // Boxes may be locked until the one before them is full; the first never is.
  return isEnabled(field.fields[0]) && areVisible(field.fields) ? null : 'fill/field-hidden'
}

/** Still the same nodes, still together, and called what they were called when the background chose them. */
function isUnchanged(field: Told): boolean {
  return gather(document).candidates.some((one) => isSame(one, field)) && wordsOf(field.fields) === field.attributes
}

function isSame(candidate: Candidate, before: Told | undefined): boolean {
  return (
    before !== undefined &&
    candidate.length === before.fields.length &&
    candidate.every((field, at) => field === before.fields[at])
  )
}
