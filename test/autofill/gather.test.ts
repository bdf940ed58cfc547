// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { boundedReport } from '../../src/autofill/bounded'
import { gather, seenIn } from '../../src/autofill/gather'

afterEach(() => document.body.replaceChildren())

function seen(html: string): ReturnType<typeof seenIn> {
  document.body.innerHTML = html
  return seenIn(gather(document))
}

describe('gather', () => {
  it('tells what authors call a field, its labels, and what stands around it', () => {
    const [candidate] = seen(
      '<form><h2>Two steps</h2><label for="otp">Code</label><input id="otp" maxlength="6"><input name="user"><a href="#">Lost it?</a></form>',
    )
    expect(candidate).toEqual({
      fields: [{ attributes: { id: 'otp', maxlength: '6' }, labels: ['Code'] }],
      focused: false,
      around: {
        beside: 'Code . Two steps',
        lead: '',
        links: 'Lost it?',
        neighbours: [{ attributes: { name: 'user' }, labels: [] }],
        pictures: [],
      },
    })
  })

  it('leaves out the field that libraries put beside their boxes for programs to read', () => {
    expect(seen('<input aria-hidden="true" tabindex="-1" maxlength="6">')).toEqual([])
  })

  it.each([
    [300, true],
    [400, false],
  ])('tells of %i shadow roots whether all were looked into (%s)', (count, isWhole) => {
    document.body.innerHTML = '<x-cell></x-cell>'.repeat(count)
    for (const host of document.querySelectorAll('x-cell')) host.attachShadow({ mode: 'open' })
    expect(gather(document).look.isWhole).toBe(isWhole)
  })

  it('reads what stands below the form as it reads links, and what stands above it as the lead', () => {
    const [candidate] = seen('<div><h1>2FA</h1><form><i>Code</i><input name="otp"></form><p>Free delivery</p></div>')
    expect(candidate?.around).toMatchObject({ beside: 'Code', lead: '2FA', links: 'Free delivery' })
  })

  it('never tells what stands in a field', () => {
    const told = JSON.stringify(
      seen('<input name="otp" value="hunter22"><input type="password" name="p" value="hunter22">'),
    )
    expect(told).toContain('otp')
    expect(told).not.toContain('hunter22')
  })

  it('tells nothing that the background would cut off', () => {
    const long = 'x'.repeat(5_000)
    const candidates = seen(
      `<p>${long}</p><label>${long}<input name="${long}" placeholder="${long}"></label><p>${long}</p>`,
    )
    const report = {
      origin: 'https://a.example',
      sameOriginChain: true,
      isWhole: true,
      title: '',
      path: '',
      candidates,
    }
    expect(boundedReport(report)).toEqual(report)
    expect(JSON.stringify(candidates).length).toBeLessThan(10_000)
  })

  it('leaves what stands around to a second look where there are very many', () => {
    const many = seen('<label>Code <input name="code"></label>'.repeat(9))
    expect(many).toHaveLength(9)
    expect(many.every(({ around }) => around === null)).toBe(true)
  })

  it.each([
    '<input readonly name="otp">',
    '<input disabled name="otp">',
    '<input type="checkbox" name="otp">',
    '<input type="hidden" name="otp">',
    '<div hidden><input name="otp"></div>',
    '<textarea name="otp"></textarea>',
  ])('takes %s for no candidate', (html) => {
    expect(seen(html)).toEqual([])
  })

  it('has nothing to tell of a document that breaks it', () => {
    const broken = new Proxy(document, {
      get: () => {
        throw new Error('hostile')
      },
      getPrototypeOf: () => {
        throw new Error('hostile')
      },
    })
    expect(seenIn(gather(broken))).toEqual([])
  })
})

describe('the neighbours of a field without a form', () => {
  const CODE = '<div><div><div><input name="otp"></div></div></div>'

  function neighbours(html: string): (string | undefined)[] {
    const candidate = seen(html).find(({ fields }) => fields[0].attributes['name'] === 'otp')
    return (candidate?.around?.neighbours ?? []).map(({ attributes }) => attributes['name'])
  }

  it('are those that stand near, not those of the rest of the page', () => {
    expect(neighbours(`<main><section>${CODE}<div><input name="email"></div></section></main>`)).toEqual(['email'])
    const far = '<header><input name="newsletter_email"></header>'
    expect(neighbours(`${far}<main><section><div>${CODE}</div></section></main>`)).toEqual([])
  })
})
