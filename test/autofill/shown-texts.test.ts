// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { shownTexts } from '../../src/autofill/shown-texts'

afterEach(() => document.body.replaceChildren())

function page(html: string): string[] {
  document.body.innerHTML = html
  return shownTexts(document)
}

describe('shownTexts', () => {
  it('reads short texts that are shown', () => {
    expect(page('<h1>Sign in</h1><p>Hello <b>alice</b></p>')).toEqual(['Sign in', 'Hello', 'alice'])
  })

  it('reads what stands in a field for a name or an address', () => {
    expect(page('<input type="email" value="alice@example.com"><input name="login" value="bob">')).toEqual([
      'alice@example.com',
      'bob',
    ])
  })

  it.each([
    ['a password', '<input type="password" name="user" value="hunter22">'],
    ['a hidden field', '<input type="hidden" name="user" value="hunter22">'],
    ['a field that is not shown', '<div style="display:none"><input name="user" value="hunter22"></div>'],
    ['another field', '<input name="comment" value="hunter22">'],
    ['a hidden text', '<p hidden>hunter22</p>'],
    ['a script', '<script>hunter22</script>'],
    ['a long text', `<p>${'hunter22 '.repeat(20)}</p>`],
    ['a very short text', '<p>hi</p>'],
  ])('does not read %s', (_what, html) => {
    expect(page(html)).toEqual([])
  })

  it('ends on a page of very many texts', () => {
    expect(page('<p>one text</p>'.repeat(5_000))).toHaveLength(200)
    expect(page('<p>x</p>'.repeat(5_000) + '<p>alice</p>')).toEqual([])
  })
})
