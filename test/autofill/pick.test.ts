// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { pick } from '../../src/autofill/pick'

afterEach(() => {
  document.body.replaceChildren()
})

const WORDS = { hint: 'Click', missed: 'Missed' }
const PAGE = '<label for="pin">PIN</label><input id="pin" name="pin">'

describe('pick', () => {
  it('takes nothing that the page does by itself for a wish of the user', async () => {
    document.body.innerHTML = PAGE
    const picking = new AbortController()
    const picked = pick(document, WORDS, picking.signal)
    const field = document.querySelector('input') ?? expect.unreachable()
    let heard = 0
    field.addEventListener('click', () => (heard += 1))
    field.click()
    field.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    // The page's own doings are left as they are.
    expect(heard).toBe(2)
    expect(document.documentElement.lastElementChild?.localName).toBe('div')
    picking.abort()
    expect(await picked).toBeNull()
  })

  it('leaves nothing behind once it has ended', async () => {
    document.body.innerHTML = PAGE
    const before = document.documentElement.outerHTML
    const picking = new AbortController()
    const picked = pick(document, WORDS, picking.signal)
    expect(document.documentElement.outerHTML).not.toBe(before)
    picking.abort()
    await picked
    expect(document.documentElement.outerHTML).toBe(before)
  })

  it('does not begin once it was stopped', async () => {
    expect(await pick(document, WORDS, AbortSignal.abort())).toBeNull()
  })
})
