import type { SeenCandidate, SeenField } from './frame'

/** A form as the collection of forms keeps them: attributes alone, no text of the page, no address. */
export interface FormCase {
  readonly id: string
  readonly kind: 'none'
  readonly text: readonly string[]
  readonly fields: readonly Readonly<Record<string, string>>[]
  /** The places of the field that was taken for the code field. */
  readonly target: readonly number[]
}

/** What a report about a wrong choice may hold: what the author calls the fields, with numbers and addresses blotted out. */
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
  const pairs = Object.entries(attributes).map(([name, value]) => [name, name === 'maxlength' ? value : blotted(value)])
  return { tag: 'input', ...Object.fromEntries(pairs) }
}

/** An address, and what might be a number of somebody's; short numbers count boxes. */
function blotted(text: string): string {
  return text.replace(/\S+@\S+/gu, '@').replace(/\d{3,}/gu, (digits) => '0'.repeat(digits.length))
}

function isSame(one: SeenField, other: SeenField): boolean {
  return JSON.stringify(one.attributes) === JSON.stringify(other.attributes)
}
