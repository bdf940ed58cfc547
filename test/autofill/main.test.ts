// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import '../../src/autofill/main'

const script = globalThis.latchkeyAutofill ?? expect.unreachable()

beforeEach(() => {
  document.body.innerHTML = '<label for="otp">Code</label><input id="otp" maxlength="6">'
})

const remembers = (mark: string): boolean => script.read(mark, [0]).candidates.length === 1

describe('the script in a page', () => {
  it('remembers what a look found when a late look of the same fill, or another look, comes after it', () => {
    for (const mark of ['fill-1', 'fill', '', 'click']) script.look(mark)
    expect(['fill-1', 'fill', 'click'].filter(remembers)).toEqual(['fill-1', 'fill', 'click'])
  })

  it('remembers the last looks alone', () => {
    for (let at = 0; at < 20; at++) script.look(`look-${at}`)
    expect(remembers('look-0')).toBe(false)
    expect(remembers('look-19')).toBe(true)
  })

  it('does not take another field for the one that is gone', () => {
    script.look('click')
    document.querySelector('input')?.replaceWith(document.createElement('input'))
    expect(remembers('click')).toBe(false)
  })

  it('forgets all of them once it was told to fill (FIL-3)', () => {
    script.look('one')
    script.look('other')
    script.fill('one', 'https://bank.example', 0, '123456')
    expect(['one', 'other'].filter(remembers)).toEqual([])
  })
})
