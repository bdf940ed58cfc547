import { detectCodeField } from '../../src/autofill/detect'
import { showHints } from '../../src/autofill/hint'
import { buildPage, type FormFacts } from '../autofill/form-page'

// Runs inside the browser's page, as one bundle with what it measures.

const FIELD = '<form><label>Two-factor code <input name="otp"></label></form>'

globalThis.latchkeyBench = {
  found(facts: FormFacts) {
    const fields = buildPage(document, facts)
    return (detectCodeField(document)?.fields ?? []).map((field) => fields.indexOf(field))
  },

  load(hinted) {
    const start = performance.now()
    document.body.innerHTML = `<div id="rows"></div>${'<div><p>Lorem <b>ipsum</b></p></div>'.repeat(10_000)}${FIELD}`
    if (hinted) showHints(document, 'Alt+Shift+F fills the code', new AbortController(), () => false)
    document.body.getBoundingClientRect()
    return performance.now() - start
  },

  churn() {
    const start = performance.now()
    churn()
    return performance.now() - start
  },

  times(kind, nodes, runs) {
    build(kind, nodes)
    // Styles and layout are the page's own cost.
    document.body.getBoundingClientRect()
    return Array.from({ length: runs }, () => {
      const start = performance.now()
      if (detectCodeField(document) === null && kind === 'nodes') throw new Error('the field was not found')
      return performance.now() - start
    })
  },
}

/** A page at work: rows come and go, and the user goes from field to field. */
function churn(): void {
  const list = document.querySelector('#rows') ?? document.body
  list.innerHTML = '<p><b>Row</b> <input name="amount"> <span>text</span></p>'.repeat(1_000)
  for (const field of [...list.querySelectorAll('input')].slice(0, 100)) field.focus()
  document.querySelector<HTMLElement>('[name=otp]')?.focus()
  // Layout is what a page pays for each frame.
  list.getBoundingClientRect()
}

function build(kind: 'nodes' | 'labelled inputs' | 'shadow roots', count: number): void {
  document.title = ''
  if (kind === 'nodes') document.body.innerHTML = '<div><p>Lorem <b>ipsum</b></p></div>'.repeat(count / 3) + FIELD
  if (kind === 'labelled inputs') document.body.innerHTML = `<form>${labelled(count)}</form>${FIELD}`
  if (kind === 'shadow roots') {
    document.body.innerHTML = '<x-field></x-field>'.repeat(count)
    for (const host of document.body.children) host.attachShadow({ mode: 'open' }).innerHTML = '<input name="otp">'
  }
}

function labelled(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `<div><label for="f${index}">Code ${index}</label><input id="f${index}" name="code"></div>`,
  ).join('')
}
