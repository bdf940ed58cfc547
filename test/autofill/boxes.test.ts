// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { groupBoxes } from '../../src/autofill/boxes'
import { renderedTest } from '../../src/autofill/dom'

afterEach(() => document.body.replaceChildren())

/** How many fields each candidate has. */
function sizes(html: string): number[] {
  document.body.innerHTML = html
  return groupBoxes([...document.querySelectorAll('input')], renderedTest()).map(({ length }) => length)
}

function row(of: (number: number) => string, box = '<input maxlength="1">'): string {
  return `<div>${[1, 2, 3, 4, 5, 6].map((number) => `<div>${of(number)}${box}</div>`).join('')}</div>`
}

describe('groupBoxes', () => {
  it.each([
    ['a style', (n: number) => `<style data-emotion="css ${n}">.css-1ab2c${n}{border:1px solid rebeccapurple}</style>`],
    ['a script', (n: number) => `<script>document.currentScript.dataset.place = "box ${n}"</script>`],
    ['what is hidden', () => '<span hidden>This field is required</span>'],
    ['what is not shown', (n: number) => `<p style="display:none">Number ${n} of the verification code is missing</p>`],
    ['what is read out', (n: number) => `<span class="sr-only">Chiffre ${n} du code secret</span>`],
    ['a label', (n: number) => `<label for="box-${n}">Please fill digit ${n}</label>`],
  ])('keeps boxes together that have %s between them', (_what, of) => {
    expect(sizes(row(of))).toEqual([6])
  })

  it.each([
    ['names of their own', (n: number) => `<input maxlength="1" name="${'abcdef'.charAt(n - 1)}">`],
    ['names that count in words', (n: number) => `<input maxlength="1" id="${['', 'ist', 'sec', 'third'][n] ?? n}">`],
    ['no names and no length', () => '<input class="p-inputtext p-inputotp-input" type="text">'],
    ['a length for pasting in the first', (n: number) => `<input type="text" maxlength="${n === 1 ? 6 : 1}">`],
    ['keys for digits in the first', (n: number) => `<input maxlength="1" ${n === 1 ? 'inputmode="numeric"' : ''}>`],
    ['a dot in the first', (n: number) => `<input maxlength="1" placeholder="${n === 1 ? '•' : ''}">`],
    ['what was typed hidden', (n: number) => `<input maxlength="1" type="${n < 4 ? 'password' : 'text'}">`],
    ['all but the first locked', (n: number) => `<input type="number" ${n === 1 ? '' : 'disabled'}>`],
  ])('keeps boxes together that have %s: nobody can tell them apart', (_what, box) => {
    expect(sizes([1, 2, 3, 4, 5, 6].map((n) => `<div>${box(n)}</div>`).join(''))).toEqual([6])
  })

  it.each([
    ['placeholders', (n: number) => `<input placeholder="${'abcdef'.charAt(n - 1)} name">`],
    ['labels', (n: number) => `<label>${'abcdef'.charAt(n - 1)} name<input></label>`],
    ['types', (n: number) => `<input type="${n % 2 === 0 ? 'text' : 'password'}">`],
  ])('parts fields that the user tells apart by their %s', (_what, field) => {
    expect(sizes([1, 2, 3, 4, 5, 6].map((n) => `<div>${field(n)}</div>`).join(''))).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('parts fields that are named between, however alike they look', () => {
    const field = '<input inputmode="numeric" maxlength="6">'
    expect(sizes(row((n) => `<span>How many of item ${n}, please</span>`, field))).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('parts two rows by the words between them', () => {
    const rows = ['Code from your e-mail', 'Google Authenticator code'].map((name) => `<b>${name}</b>${row(() => '')}`)
    expect(sizes(rows.join(''))).toEqual([6, 6])
  })

  it('parts fields with very many nodes between them', () => {
    const six = '<input maxlength="1">'.repeat(6)
    expect(sizes(`<div>${six}${'<i></i>'.repeat(300)}${six}</div>`)).toEqual([6, 6])
  })
})
