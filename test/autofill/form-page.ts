/** What is known of one field of a real form; see `test/fixtures/pages/forms.json`. */
export interface FieldFacts {
  tag: string
  label?: string
  nearText?: string
  describedBy?: string
  hidden?: boolean
  inShadow?: number | boolean
  w?: number
  ariaLabel?: string
  [attribute: string]: unknown
}

/** What is known of one real form. */
export interface FormFacts {
  id: string
  kind: 'totp-single' | 'totp-split' | 'recovery' | 'sms-or-email-code' | 'none'
  url?: string
  title?: string
  lang?: string
  text: string[]
  links?: string[]
  form?: Record<string, string>
  fields: FieldFacts[]
  target: number[]
  submit?: { text: string; type?: string }
  /** Its answer can be argued about, so that it counts for nothing. */
  contested?: boolean
}

/** The collected forms under `test/fixtures/pages`, the oldest first; the note in each says how they were gathered. */
export const COLLECTIONS = [
  'forms.json',
  'real-forms.json',
  'held-forms.json',
  'unseen-forms.json',
  'later-forms.json',
  'latest-forms.json',
  'last-forms.json',
  'fresh-forms.json',
  'second-forms.json',
  'third-forms.json',
] as const

const NOT_ATTRIBUTES = new Set([
  'tag',
  'label',
  'nearText',
  'describedBy',
  'hidden',
  'inShadow',
  'w',
  'ariaLabel',
  'tags',
])

/** Builds the page that the facts describe into `document`, and answers its fields in their order. */
export function buildPage(document: Document, facts: FormFacts): HTMLElement[] {
  document.title = facts.title ?? ''
  document.body.replaceChildren()
  const form = document.createElement('form')
  for (const [name, value] of Object.entries(facts.form ?? {})) form.setAttribute(name, value)
  for (const [index, text] of facts.text.entries()) append(form, index === 0 ? 'h1' : 'p', text)
  const fields = facts.fields.map((field, index) => addField(form, field, index))
  if (facts.submit) append(form, 'button', facts.submit.text).setAttribute('type', facts.submit.type ?? 'submit')
  for (const link of facts.links ?? []) append(form, 'a', link).setAttribute('href', '#')
  document.body.append(form)
  return fields
}

function addField(form: HTMLElement, facts: FieldFacts, index: number): HTMLElement {
  const row = append(form, 'div', '')
  const field = form.ownerDocument.createElement(facts.tag)
  for (const [name, value] of Object.entries(facts)) {
    if (!NOT_ATTRIBUTES.has(name)) field.setAttribute(name, value === true ? '' : String(value))
  }
  if (facts.ariaLabel !== undefined) field.setAttribute('aria-label', facts.ariaLabel)
  if (facts.label !== undefined) {
    if (field.id === '') field.id = `field-${index}`
    append(row, 'label', facts.label).setAttribute('for', field.id)
  }
  if (facts.nearText !== undefined) append(row, 'span', facts.nearText)
  if (facts.describedBy !== undefined) {
    append(row, 'small', facts.describedBy).id = `note-${index}`
    field.setAttribute('aria-describedby', `note-${index}`)
  }
  if (facts.hidden === true) row.style.display = 'none'
  inShadow(row, Number(facts.inShadow ?? 0)).append(field)
  return field
}

/** The place for a field inside as many open shadow roots as told. */
function inShadow(row: HTMLElement, depth: number): HTMLElement | ShadowRoot {
  let place: HTMLElement | ShadowRoot = row
  for (let level = 0; level < depth; level += 1) {
    const host = row.ownerDocument.createElement('x-field')
    place.append(host)
    place = host.attachShadow({ mode: 'open' })
  }
  return place
}

function append(parent: HTMLElement, tag: string, text: string): HTMLElement {
  const element = parent.ownerDocument.createElement(tag)
  element.textContent = text
  parent.append(element)
  return element
}
