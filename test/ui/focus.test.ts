// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { focusIfFree } from '../../src/ui/components/field'

function add(tag: string, type?: string): HTMLInputElement {
  const element = document.createElement(tag) as HTMLInputElement
  if (type) element.type = type
  document.body.append(element)
  return element
}

beforeEach(() => document.body.replaceChildren())

describe('focusIfFree', () => {
  it('takes the focus where nobody has it, or the empty search has', () => {
    const first = add('button')
    focusIfFree(first)
    expect(document.activeElement).toBe(first)
    add('input', 'search').focus()
    const second = add('button')
    focusIfFree(second)
    expect(document.activeElement).toBe(second)
  })

  it('leaves it where the user has gone: a key pressed now is meant for that (FIL-1)', () => {
    const chosen = add('button')
    chosen.focus()
    focusIfFree(add('button'))
    expect(document.activeElement).toBe(chosen)
  })

  it('does not interrupt a search', () => {
    const search = add('input', 'search')
    search.value = 'gi'
    search.focus()
    focusIfFree(add('button'))
    expect(document.activeElement).toBe(search)
  })
})
