import { isCodeField, rank, withRead, worthReading } from './choose'
import type { Judged } from './choose'
import { read } from './dom'
import { gather, seenIn, seenOf } from './gather'
import { pathOf } from './origin'
import { RULES } from './rules'

/** What a look at a page found: one field, or the boxes of one code in their order. */
export interface CodeField {
  fields: HTMLInputElement[]
}

/** A candidate with its nodes, and what speaks for and against it. */
export interface JudgedField extends Judged {
  readonly fields: readonly HTMLInputElement[]
}

/**
 * The field of `document` that wants a TOTP code, or null where nothing does. Needs no layout, reads through open
 * shadow roots and never throws. In a browser its two halves run apart: the page gathers, the background judges.
 */
export function detectCodeField(document: Document): CodeField | null {
  const best = judgeFields(document)[0]
  return best !== undefined && isCodeField(best, RULES) ? { fields: [...best.fields] } : null
}

/** All candidates of a document with what speaks for and against them, the likeliest first. */
export function judgeFields(document: Document): JudgedField[] {
  const gathered = gather(document)
  const report = { candidates: seenIn(gathered), title: read(document, 'title'), path: pathOf(document) }
  const closer = new Map(
    worthReading(report, RULES).flatMap((index) => {
      const candidate = gathered.candidates[index]
      return candidate === undefined ? [] : [[index, seenOf(candidate, gathered.look, true)] as const]
    }),
  )
  return rank(withRead(report, closer), report, RULES).map((judged) => ({
    ...judged,
    fields: gathered.candidates[judged.index] ?? [],
  }))
}
