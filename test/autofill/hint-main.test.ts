// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://login.heronbank.com:8443/" }
import { afterEach, describe, expect, it } from 'vitest'
import '../../src/autofill/hint-main'

const hints = (): number => document.documentElement.querySelectorAll(':scope > div').length
const hint = globalThis.latchkeyHint ?? expect.unreachable()

function enterField(): void {
  document.body.innerHTML = '<input name="otp">'
  document.querySelector('input')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))
}

afterEach(() => hint.end())

describe('the script that shows hints (FIL-7)', () => {
  it.each([
    'https://login.heronbank.com',
    'https://login.heronbank.com:8444',
    'http://login.heronbank.com:8443',
    'https://heronbank.com:8443',
  ])('does nothing where %s was meant: match patterns carry no port', (origin) => {
    hint.show(origin)
    enterField()
    expect(hints()).toBe(0)
  })

  it('shows hints in a document of the very origin, until it is told to end', () => {
    hint.show('https://login.heronbank.com:8443')
    hint.show('https://login.heronbank.com:8443')
    enterField()
    expect(hints()).toBe(1)
    hint.end()
    expect(hints()).toBe(0)
    enterField()
    expect(hints()).toBe(0)
  })
})
