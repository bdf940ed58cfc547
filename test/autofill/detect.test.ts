// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { detectCodeField, judgeFields } from '../../src/autofill/detect'
import { buildPage } from './form-page'
import type { FormFacts } from './form-page'

const { cases } = JSON.parse(readFileSync('test/fixtures/pages/forms.json', 'utf8')) as { cases: FormFacts[] }

function detected(facts: FormFacts): number[] {
  const fields = buildPage(document, facts)
  return (detectCodeField(document)?.fields ?? []).map((field) => fields.indexOf(field))
}

describe('detectCodeField over real forms', () => {
  it.each(cases.map((facts) => [facts.id, facts] as const))('is right about %s', (_id, facts) => {
    const found = detected(facts)
    const why = judgeFields(document)
      .slice(0, 2)
      .map((judged) => ({ score: judged.score, reasons: judged.reasons }))
    expect(found, JSON.stringify(why)).toEqual(facts.target)
  })
})
