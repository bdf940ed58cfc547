// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'

import { fillFields } from '../../src/autofill/fill'

afterEach(() => document.body.replaceChildren())

function inputs(html: string): HTMLInputElement[] {
  document.body.innerHTML = html
  return [...document.querySelectorAll('input')]
}

function only(fields: readonly HTMLInputElement[]): HTMLInputElement {
  return fields[0] ?? expect.unreachable()
}

const held = (fields: readonly HTMLInputElement[]): string => fields.map((field) => field.value).join('')

/** Notices writes the way React does: an own `value` property that remembers, and an event that is ignored if nothing changed. */
function controlled(field: HTMLInputElement, accept: (value: string) => string): string[] {
  const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}
  let tracked = field.value
  const states: string[] = []
  Object.defineProperty(field, 'value', {
    configurable: true,
    get: () => native.get?.call(field) as string,
    set: (value: string) => {
      tracked = value
      native.set?.call(field, value)
    },
  })
  field.addEventListener('input', () => {
    const now = native.get?.call(field) as string
    const state = now === tracked ? '' : accept(now)
    states.push(state)
    tracked = state
    native.set?.call(field, state)
  })
  return states
}

const BOX = '<input maxlength="1">'

describe('fillFields with one field', () => {
  it('sets the value and tells the page by input, then change, both bubbling', () => {
    const fields = inputs('<form><input></form>')
    const heard: string[] = []
    for (const type of ['input', 'change', 'submit', 'keydown', 'click', 'focus', 'paste']) {
      document.body.addEventListener(type, (event) => heard.push(`${event.type} ${String(event.composed)}`))
    }
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123456')
    expect(heard).toEqual(['input true', 'change false'])
  })

  it('is believed by a controlled field that tracks who writes', () => {
    const fields = inputs('<input maxlength="6">')
    const states = controlled(only(fields), (value) => value)
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(states.at(-1)).toBe('123456')
  })

  it('empties an old code first, and says so, so that the new one is noticed', () => {
    const fields = inputs('<input value="111111">')
    const seen: string[] = []
    only(fields).addEventListener('input', () => seen.push(only(fields).value))
    expect(fillFields(fields, '222222')).toEqual({ kind: 'filled' })
    expect(seen).toEqual(['', '222222'])
  })

  it.each(['123', 'hello', '1234567', 'abcdef', '12 34'])('leaves %j, which the user typed (FIL-5)', (text) => {
    const fields = inputs(`<input value="${text}">`)
    expect(fillFields(fields, '222222')).toEqual({ kind: 'refused', reason: 'fill/text-in-field' })
    expect(held(fields)).toBe(text)
  })

  it('takes a field that groups the digits for filled', () => {
    const fields = inputs('<input>')
    only(fields).addEventListener(
      'input',
      () => (only(fields).value = only(fields).value.replace(/^(\d{3})(\d{3})$/u, '$1 $2')),
    )
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123 456')
  })

  it('refuses a code that does not fit (FIL-5)', () => {
    expect(fillFields(inputs('<input maxlength="4">'), '123456')).toEqual({
      kind: 'refused',
      reason: 'fill/wrong-length',
    })
  })

  it.each(['', '12', '12 456', '<script>', '12345678901'])('refuses %j, which is no code', (code) => {
    expect(fillFields(inputs('<input>'), code)).toEqual({ kind: 'refused', reason: 'fill/wrong-length' })
  })

  it('refuses a field that has left the page (FIL-6)', () => {
    const fields = inputs('<input>')
    only(fields).remove()
    expect(fillFields(fields, '123456')).toEqual({ kind: 'refused', reason: 'fill/field-changed' })
    expect(held(fields)).toBe('')
  })

  it('says that a page which empties the field did not take the code', () => {
    const fields = inputs('<input>')
    only(fields).addEventListener('input', () => (only(fields).value = ''))
    expect(fillFields(fields, '123456')).toEqual({ kind: 'refused', reason: 'fill/not-taken' })
  })

  it('counts a page that goes on to its next step as filled', () => {
    const fields = inputs('<input>')
    only(fields).addEventListener('input', () => document.body.replaceChildren())
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
  })

  it('fills a locked field in no case', () => {
    const fields = inputs('<input disabled>')
    expect(fillFields(fields, '123456').kind).toBe('refused')
    expect(held(fields)).toBe('')
  })

  it('never submits', () => {
    const fields = inputs('<form><input><button>Go</button></form>')
    let submitted = 0
    document.querySelector('form')?.addEventListener('submit', () => (submitted += 1))
    fillFields(fields, '123456')
    expect(submitted).toBe(0)
  })
})

describe('fillFields with boxes', () => {
  it('puts one digit into each, in order, in one turn', () => {
    const fields = inputs(BOX.repeat(6))
    const order: string[] = []
    document.body.addEventListener('input', (event) => order.push((event.target as HTMLInputElement).value))
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(order).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  it('fills boxes that open one after the other', () => {
    const fields = inputs(BOX + '<input maxlength="1" disabled>'.repeat(5))
    fields.forEach((field, index) =>
      field.addEventListener('input', () => fields[index + 1]?.removeAttribute('disabled')),
    )
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123456')
  })

  it('replaces the digits of an old code', () => {
    const fields = inputs('<input maxlength="1" value="9">'.repeat(6))
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123456')
  })

  it('leaves half a code that the user typed (FIL-5)', () => {
    const fields = inputs('<input maxlength="1" value="9">' + BOX.repeat(5))
    expect(fillFields(fields, '123456')).toEqual({ kind: 'refused', reason: 'fill/text-in-field' })
    expect(held(fields)).toBe('9')
  })

  it('pastes where boxes listen to nothing else', () => {
    const fields = inputs(BOX.repeat(6))
    for (const field of fields) field.addEventListener('input', () => (field.value = ''))
    fields[0]?.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      fields.forEach((field, index) => (field.value = text.charAt(index)))
    })
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123456')
  })

  it('hands the whole code to a first box that spreads it', () => {
    const fields = inputs('<input>'.repeat(6))
    fields[0]?.addEventListener('input', () => {
      const text = fields[0]?.value ?? ''
      if (text.length === 6) fields.forEach((field, index) => (field.value = text.charAt(index)))
      else if (fields[0] !== undefined) fields[0].value = ''
    })
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(held(fields)).toBe('123456')
  })

  it('leaves nothing behind where no technique works', () => {
    const fields = inputs(BOX.repeat(6))
    fields[3]?.addEventListener('input', () => {
      if (fields[3] !== undefined) fields[3].value = ''
    })
    expect(fillFields(fields, '123456')).toEqual({ kind: 'refused', reason: 'fill/not-taken' })
    expect(held(fields)).toBe('')
  })

  it('refuses another number of boxes than the code has digits (FIL-5)', () => {
    expect(fillFields(inputs(BOX.repeat(6)), '12345678')).toEqual({ kind: 'refused', reason: 'fill/wrong-length' })
  })

  it('is believed by controlled boxes', () => {
    const fields = inputs(BOX.repeat(6))
    const states = fields.map((field) => controlled(field, (value) => value.slice(-1)))
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(states.map((state) => state.at(-1)).join('')).toBe('123456')
  })
})

describe('fillFields while the page works against it (FIL-6)', () => {
  const TRICKS: readonly (readonly [string, (field: HTMLInputElement) => void])[] = [
    ['moves the next box to another form', (field) => document.getElementById('elsewhere')?.append(field)],
    ['takes the next box out', (field) => field.remove()],
    ['re-types the next box', (field) => field.setAttribute('type', 'hidden')],
    ['replaces the next box', (field) => field.replaceWith(document.createElement('input'))],
  ]

  it.each(TRICKS)('writes nothing more once the page %s', (_what, trick) => {
    const fields = inputs(`<form>${BOX.repeat(6)}</form><form id="elsewhere" data-x><p></p></form>`)
    const victim = fields[2] ?? expect.unreachable()
    fields[1]?.addEventListener('input', () => trick(victim), { once: true })
    expect(fillFields(fields, '123456')).toEqual({ kind: 'refused', reason: 'fill/field-changed' })
    expect(victim.value).toBe('')
    expect(
      [...document.querySelectorAll<HTMLInputElement>('#elsewhere input')].map((field) => field.value).join(''),
    ).toBe('')
  })

  it('writes into its boxes whatever has the focus', () => {
    const fields = inputs(`${BOX.repeat(6)}<input id="lure">`).slice(0, 6)
    const lure = document.getElementById('lure') as HTMLInputElement
    document.body.addEventListener('input', () => lure.focus())
    expect(fillFields(fields, '123456')).toEqual({ kind: 'filled' })
    expect(lure.value).toBe('')
  })
})
