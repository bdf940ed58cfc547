// @vitest-environment happy-dom
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import '../../src/autofill/hint-main'

const SITE = 'https://login.heronbank.com:8443'
const hint = globalThis.latchkeyHint ?? expect.unreachable()
const hints = (): number => document.documentElement.querySelectorAll(':scope > div').length

function enterField(): void {
  document.body.innerHTML = '<input name="otp">'
  document.querySelector('input')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))
}

beforeAll(() => {
  vi.stubGlobal('location', new URL(`${SITE}/login`))
  vi.stubGlobal('origin', SITE)
})
afterAll(() => vi.unstubAllGlobals())
afterEach(() => hint.end())

describe('the script that shows hints (FIL-7)', () => {
  it.each([
    'https://login.heronbank.com',
    'https://login.heronbank.com:8444',
    'http://login.heronbank.com:8443',
    'https://heronbank.com:8443',
  ])('does nothing where %s was meant: a grant knows no port', (origin) => {
    hint.show(origin, 'Alt+Shift+F fills the code')
    enterField()
    expect(hints()).toBe(0)
  })

  it('shows one hint in a document of the very origin, until it is told to end', () => {
    hint.show(SITE, 'Alt+Shift+F fills the code')
    hint.show(SITE, 'Alt+Shift+F fills the code')
    enterField()
    expect(hints()).toBe(1)
    hint.end()
    expect(hints()).toBe(0)
    enterField()
    expect(hints()).toBe(0)
  })

  it('ends with the page, which may come back when nobody can end it any more', () => {
    hint.show(SITE, 'Alt+Shift+F fills the code')
    enterField()
    dispatchEvent(new Event('pagehide'))
    expect(hints()).toBe(0)
    enterField()
    expect(hints()).toBe(0)
    hint.show(SITE, 'Alt+Shift+F fills the code')
    enterField()
    expect(hints()).toBe(1)
  })

  it('ends when the background says so, who may run nothing here any more, and listens no longer', () => {
    const listeners = new Set<(message: unknown) => void>()
    const onMessage = {
      addListener: (listener: (message: unknown) => void) => listeners.add(listener),
      removeListener: (listener: (message: unknown) => void) => listeners.delete(listener),
    }
    vi.stubGlobal('chrome', { runtime: { id: 'latchkey-test', onMessage } })
    hint.show(SITE, 'Alt+Shift+F fills the code')
    enterField()
    for (const listener of listeners) listener({ 'end-hint': true })
    expect(hints()).toBe(1)
    for (const listener of listeners) listener('end-hint')
    expect(hints()).toBe(0)
    enterField()
    expect(hints()).toBe(0)
    expect(listeners.size).toBe(0)
    vi.stubGlobal('chrome', undefined)
  })

  it('names other keys once the user has set them, and still shows one', () => {
    hint.show(SITE, 'Alt+Shift+F fills the code')
    enterField()
    hint.show(SITE, 'Ctrl+Y fills the code')
    enterField()
    expect(hints()).toBe(1)
  })
})
