import { CONCEPTS } from '../core/code-field'
import { LABELLING } from './facts'
import type { SeenCandidate, SeenField } from './frame'
import { RULES } from './rules'
import { fold } from './words'

/** With more digits in a name, they are a number of somebody's, however they are set apart. */
const MOST_DIGITS = 4

/** A form as the collection of forms keeps them: attributes alone, no text of the page, no address. */
export interface FormCase {
  readonly id: string
  readonly kind: 'none'
  readonly text: readonly string[]
  readonly fields: readonly Readonly<Record<string, string>>[]
  /** The places of the field that was taken for the code field. */
  readonly target: readonly number[]
}

/**
 * What a report about a wrong choice may hold: what the author calls the fields, with numbers and addresses blotted out,
 * and of the texts on them the words that the rules know.
 */
export function caseOf(candidates: readonly SeenCandidate[], chosen: SeenCandidate | null): FormCase {
  const all = candidates.flatMap(({ fields }) => fields)
  const others = (candidates[0]?.around?.neighbours ?? []).filter((field) => !all.some((one) => isSame(one, field)))
  const first = chosen === null ? -1 : all.indexOf(chosen.fields[0])
  return {
    id: 'report',
    kind: 'none',
    text: [],
    fields: [...all, ...others].map(asField),
    target: first === -1 ? [] : (chosen?.fields ?? []).map((_field, at) => first + at),
  }
}

function asField({ attributes }: SeenField): Record<string, string> {
  const pairs = Object.entries(attributes)
    .map(([name, value]) => [name, tellable(name, value)] as const)
    .filter(([, value]) => value !== '')
  return { tag: 'input', ...Object.fromEntries(pairs) }
}

function tellable(name: string, value: string): string {
  if (name === 'maxlength') return /^\d{1,6}$/u.test(value) ? value : ''
  return LABELLING.includes(name) ? blotted(knownWords(value)) : blotted(value)
}

/** Of what is said to the user only the words of the rules: of the others any may be his own. */
function knownWords(text: string): string {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  const known = words.flatMap((word) =>
    CONCEPTS.flatMap((concept) => new RegExp(RULES.words[concept], 'u').exec(word) ?? []),
  )
  return [...new Set(known)].join(' ')
}

/** Addresses of any kind, and what might be a number of somebody's; short numbers count boxes. */
function blotted(text: string): string {
  const plain = text.replace(/\b[a-z][a-z\d+.-]*:\S*|\bwww\.\S+/giu, 'url').replace(/\S*@\S*/gu, '@')
  const digits = plain.replace(/\D/gu, '').length > MOST_DIGITS ? /\d/gu : /\d{3,}/gu
  return plain.replace(digits, (some) => '0'.repeat(some.length))
}

function isSame(one: SeenField, other: SeenField): boolean {
  return JSON.stringify(one.attributes) === JSON.stringify(other.attributes)
}
