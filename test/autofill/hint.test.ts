// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { showHints, wantsHint } from '../../src/autofill/hint'

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.querySelectorAll(':scope > div').forEach((host) => host.remove())
})

function field(html: string): HTMLInputElement {
  document.body.innerHTML = html
  return document.querySelector('input') ?? expect.unreachable()
}

const hints = (): number => document.documentElement.querySelectorAll(':scope > div').length

describe('wantsHint', () => {
  it.each([
    '<input autocomplete="one-time-code">',
    '<input name="otp" maxlength="6">',
    '<input id="totpCode" type="tel">',
    '<input name="mfa_token" type="number">',
    '<input aria-label="Verification code">',
    '<input placeholder="验证码">',
    '<input name="otp-1" maxlength="1">',
  ])('is so for %s', (html) => {
    expect(wantsHint(field(html))).toBe(true)
  })

  it.each([
    '<input>',
    '<input name="user">',
    '<input name="postcode">',
    '<input name="coupon_code">',
    '<input name="otp" type="hidden">',
    '<input name="otp" readonly>',
    '<input name="otp" disabled>',
    '<input name="otp" maxlength="40">',
    '<input name="otp" type="checkbox">',
  ])('is not so for %s', (html) => {
    expect(wantsHint(field(html))).toBe(false)
  })
})

describe('showHints (FIL-7)', () => {
  const enter = (target: Element): boolean =>
    target.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))

  const showing = new AbortController()
  let orphaned = false

  // One call for all: its listener stays with the document, as it does in a page.
  it('shows itself beside a field in which the user is already', () => {
    field('<input name="otp">').focus()
    showHints(document, 'Alt+Shift+F fills the code', showing, () => orphaned)
    expect(hints()).toBe(1)
    // No style sheet of the page hides it or catches clicks with it.
    const { style } = document.querySelector<HTMLElement>(':root > div') ?? expect.unreachable()
    expect(style.getPropertyPriority('pointer-events')).toBe('important')
  })

  it('draws nothing until a code field is entered', () => {
    const input = field('<input name="otp"><input name="user">')
    const user = document.querySelectorAll('input')[1] ?? expect.unreachable()
    expect(hints()).toBe(0)
    enter(user)
    expect(hints()).toBe(0)
    enter(input)
    expect(hints()).toBe(1)
    enter(user)
    expect(hints()).toBe(0)
  })

  it('draws one line at most, and takes it away when the field is left, scrolled or resized', () => {
    const input = field('<input name="otp">')
    for (const type of ['focusout', 'scroll', 'resize']) {
      enter(input)
      enter(input)
      expect(hints(), type).toBe(1)
      window.dispatchEvent(new Event(type))
      expect(hints(), type).toBe(0)
    }
  })

  it('lets every click through and shows the page nothing of itself', () => {
    const input = field('<input name="otp">')
    enter(input)
    const host = document.documentElement.lastElementChild as HTMLElement
    expect(host.style.pointerEvents).toBe('none')
    expect(host.shadowRoot).toBeNull()
    expect(host.textContent).toBe('')
  })

  it('is gone once it is wanted no more', () => {
    const input = field('<input name="otp">')
    const another = new AbortController()
    showing.abort()
    showHints(document, 'Alt+Shift+F fills the code', another, () => orphaned)
    enter(input)
    expect(hints()).toBe(1)
    another.abort()
    expect(hints()).toBe(0)
    enter(input)
    expect(hints()).toBe(0)
  })

  it('ends itself where an update has left it behind, for a newer one shows its own', () => {
    const input = field('<input name="otp">')
    const old = new AbortController()
    showHints(document, 'Alt+Shift+F fills the code', old, () => orphaned)
    enter(input)
    expect(hints()).toBe(1)
    orphaned = true
    enter(input)
    expect(hints()).toBe(0)
    expect(old.signal.aborted).toBe(true)
  })
})
