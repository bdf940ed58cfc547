import { isErrorCode } from '../core/errors'
import { FIELD_ATTRIBUTES, PICTURE_ATTRIBUTES } from './frame'
import type {
  Attributes,
  FillReport,
  FrameReport,
  PickedIn,
  SeenAround,
  SeenCandidate,
  SeenField,
  SeenPage,
} from './frame'

/** What an honest page can bring; of more, the beginning counts. */
const MOST_CANDIDATES = 60
const MOST_BOXES = 8
const MOST_NEIGHBOURS = 25
const MOST_PICTURES = 20
const MOST_LABELS = 15
const MOST_TEXTS = 200
const WORDS_LENGTH = 400
/** Of a name or a label the beginning says what a field is for. */
const NAME_LENGTH = 200
const MOST_READ = 8
const TEXTS_LENGTH = 1_600

/**
 * What our script reports of a frame, read as the data of a stranger: whoever controls the page's process may speak for
 * the script (A4). Null where it is no report at all; what is too much, or of another type, is left out.
 */
export function boundedReport(value: unknown): FrameReport | null {
  if (!isRecord(value) || typeof value['origin'] !== 'string') return null
  return {
    origin: text(value['origin'], WORDS_LENGTH),
    sameOriginChain: value['sameOriginChain'] === true,
    isWhole: value['isWhole'] === true,
    ...page(value),
    candidates: boundedList(value['candidates'], MOST_CANDIDATES, boundedCandidate).map(withoutTooMuch),
  }
}

/** Of very many candidates an honest script tells what stands around them only when it is asked. */
function withoutTooMuch(candidate: SeenCandidate, index: number): SeenCandidate {
  return index < MOST_READ ? candidate : { ...candidate, around: null }
}

/** The candidates that were read again, by their place in the report, and the page as it was then. */
export function boundedRead(value: unknown): SeenPage & { readonly candidates: ReadonlyMap<number, SeenCandidate> } {
  const report = isRecord(value) ? value : {}
  const pairs = boundedList(report['candidates'], MOST_CANDIDATES, (pair) => {
    const [index, seen] = Array.isArray(pair) ? (pair as unknown[]) : []
    const known = boundedCandidate(seen)
    return Number.isInteger(index) && known !== null ? ([index as number, known] as const) : null
  })
  return { ...page(report), candidates: new Map(pairs) }
}

/** What came of a fill; what is no answer is a page that is gone. */
export function boundedFill(value: unknown): FillReport {
  if (isRecord(value) && value['kind'] === 'filled') return { kind: 'filled' }
  const reason = isRecord(value) && isErrorCode(value['reason']) ? value['reason'] : null
  return { kind: 'refused', reason: isFillRefusal(reason) ? reason : 'fill/page-changed' }
}

/** The first members of a list that can be read, no more than `most`. */
export function boundedList<T>(value: unknown, most: number, read: (member: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, most)
    .map(read)
    .filter((member) => member !== null)
}

/** The short texts of a page. */
export function boundedTexts(value: unknown): string[] {
  return boundedList(value, MOST_TEXTS, (one) => text(one, WORDS_LENGTH))
}

function isFillRefusal(reason: string | null): reason is Extract<FillReport, { kind: 'refused' }>['reason'] {
  return reason?.startsWith('fill/') === true
}

function page(value: Record<string, unknown>): SeenPage {
  return { title: text(value['title'], WORDS_LENGTH), path: text(value['path'], WORDS_LENGTH) }
}

/** One candidate. */
export function boundedCandidate(value: unknown): SeenCandidate | null {
  if (!isRecord(value)) return null
  const [first, ...others] = boundedList(value['fields'], MOST_BOXES, field)
  if (first === undefined) return null
  return { fields: [first, ...others], focused: value['focused'] === true, around: around(value['around']) }
}

/** What came of pointing; null where that frame brings no answer. */
export function boundedPicked(value: unknown): PickedIn | null {
  if (!isRecord(value)) return null
  return { origin: text(value['origin'], WORDS_LENGTH), candidate: boundedCandidate(value['candidate']) }
}

function around(value: unknown): SeenAround | null {
  if (!isRecord(value)) return null
  return {
    beside: text(value['beside'], TEXTS_LENGTH),
    lead: text(value['lead'], TEXTS_LENGTH),
    links: text(value['links'], TEXTS_LENGTH),
    neighbours: boundedList(value['neighbours'], MOST_NEIGHBOURS, field),
    pictures: boundedList(value['pictures'], MOST_PICTURES, (picture) => attributes(picture, PICTURE_ATTRIBUTES)),
  }
}

function field(value: unknown): SeenField | null {
  if (!isRecord(value)) return null
  return {
    attributes: attributes(value['attributes'], FIELD_ATTRIBUTES),
    labels: boundedList(value['labels'], MOST_LABELS, (label) => text(label, NAME_LENGTH)),
  }
}

function attributes(value: unknown, names: readonly string[]): Attributes {
  if (!isRecord(value)) return {}
  const known = names.filter((name) => Object.hasOwn(value, name))
  const pairs = known.map((name) => [name, text(value[name], NAME_LENGTH)] as const)
  return Object.fromEntries(pairs.filter(([, words]) => words !== ''))
}

function text(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
