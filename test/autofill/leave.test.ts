import { afterEach, describe, expect, it, vi } from 'vitest'
import { isOrphaned, leave } from '../../src/autofill/leave'

const NAME = 'latchkeyTexts'

function runAs(version: string | null, id: string | undefined = 'own'): void {
  if (version === null) return void Reflect.deleteProperty(globalThis, 'chrome')
  Object.assign(globalThis, { chrome: { runtime: { id, getManifest: () => ({ version }) } } })
}

const left = (): unknown => Object.getOwnPropertyDescriptor(globalThis, NAME)?.value

afterEach(() => {
  Reflect.deleteProperty(globalThis, NAME)
  runAs(null)
})

describe('leave', () => {
  it.each([null, '1.0.0'])('leaves the first of a version, which then stays with what it remembers (%s)', (version) => {
    runAs(version)
    const [first, second] = [() => ['first'], () => ['second']]
    leave(NAME, first)
    leave(NAME, second)
    expect(left()).toBe(first)
    expect(globalThis.latchkeyTexts?.()).toEqual(['first'])
  })

  it('ends what an earlier version left, and takes its place', () => {
    const end = vi.fn()
    runAs('1.0.0')
    leave(NAME, { end })
    runAs('1.1.0')
    const fresh = { end: vi.fn() }
    leave(NAME, fresh)
    expect(end).toHaveBeenCalledOnce()
    expect(left()).toBe(fresh)
    leave(NAME, { end: vi.fn() })
    expect(left()).toBe(fresh)
    expect(fresh.end).not.toHaveBeenCalled()
  })

  it('takes nothing for its own that is only inherited, as the elements of a page are (FIL-10)', () => {
    const posing = { end: vi.fn(), version: '1.0.0' }
    const page = Object.getPrototypeOf(globalThis) as object
    Object.defineProperty(page, NAME, { value: posing, configurable: true })
    runAs('1.0.0')
    const tool = (): string[] => []
    leave(NAME, tool)
    Reflect.deleteProperty(page, NAME)
    expect(left()).toBe(tool)
    expect(posing.end).not.toHaveBeenCalled()
  })
})

describe('isOrphaned', () => {
  it.each([
    ['the extension is there', () => runAs('1.0.0'), false],
    ['there is no browser', () => runAs(null), false],
    ['nothing is left of it', () => Object.assign(globalThis, { chrome: {} }), true],
    ['its number is gone', () => Object.assign(globalThis, { chrome: { runtime: {} } }), true],
  ])('tells when %s', (_when, set, orphaned) => {
    set()
    expect(isOrphaned()).toBe(orphaned)
  })
})
