import { findFields, judgeFields as judgeBy } from './find'
import type { Judged } from './find'
import { RULES } from './rules'

/** What a look at a page found: one field, or the boxes of one code in their order. */
export interface CodeField {
  fields: HTMLInputElement[]
}

/**
 * The field of `document` that wants a TOTP code, or null where nothing does. Needs no layout, reads through open
 * shadow roots and never throws.
 */
export function detectCodeField(document: Document): CodeField | null {
  const fields = findFields(document, RULES)
  return fields.length > 0 ? { fields: [...fields] } : null
}

/** All candidates of a document with what speaks for and against them, the likeliest first. */
export function judgeFields(document: Document): Judged[] {
  return judgeBy(document, RULES)
}
