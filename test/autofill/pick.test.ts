// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { candidateAt, pick } from '../../src/autofill/pick'

// Without layout nothing is visible; what is, is tested in real pages.
const seen = vi.hoisted(() => ({ visible: true }))
vi.mock('../../src/autofill/visible', () => ({ areVisible: () => seen.visible }))

afterEach(() => {
  seen.visible = true
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

describe('a click while the user points', () => {
  const BOXES = '<input name="c-1" maxlength="1"><input name="c-2" maxlength="1"><input name="c-3" maxlength="1">'

  /** How many fields are taken by a click at the element of a selector, this far from the corner. */
  function takenAt(html: string, selector: string, away = 0): number | null {
    document.body.innerHTML = html
    let taken: number | null = null
    const heard = (event: Event): void => void (taken = candidateAt(document, event)?.length ?? null)
    document.addEventListener('click', heard, { once: true })
    const target = document.querySelector(selector) ?? expect.unreachable()
    target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: away, clientY: away }))
    return taken
  }

  it.each<[string, string, string, number]>([
    ['a field', '<div><input name="a"><input name="b"></div>', '[name=b]', 1],
    ['its label', '<label for="a"><b>A</b></label><input id="a"><input name="b">', 'b', 1],
    ['boxes of one code', `<div id="row"><i>x</i>${BOXES}${BOXES.replaceAll('c-', 'c-1')}</div>`, 'i', 6],
    ['what stands beside the only field', '<p><i>x</i><input name="a"></p>', 'i', 1],
    ['what stands beside the only field that is shown', '<p><i>x</i><input hidden><input name="a"></p>', 'i', 1],
  ])('takes %s', (_what, html, selector, count) => {
    expect(takenAt(html, selector)).toBe(count)
  })

  it('takes nothing where it could mean several fields, or is far from any', () => {
    expect(takenAt('<p><i>x</i><input name="user"><input name="search"></p>', 'i')).toBeNull()
    expect(takenAt('<h1>Welcome</h1><p><input name="search"></p>', 'h1', 300)).toBeNull()
    expect(takenAt('<h1>Welcome</h1>', 'h1')).toBeNull()
  })

  it('takes no field that the user cannot see', () => {
    seen.visible = false
    expect(takenAt('<input name="a">', 'input')).toBeNull()
  })
})
