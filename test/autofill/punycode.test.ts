import { domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toUnicodeHost } from '../../src/autofill/punycode'

describe('toUnicodeHost', () => {
  it.each([
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--mnchen-3ya.de', 'münchen.de'],
    ['xn--fiqs8s', '中国'],
    ['xn--80ak6aa92e.com', 'аррӏе.com'],
    // RFC 3492, 7.1: Chinese (simplified), Hebrew, Russian.
    ['xn--ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['xn--4dbcagdahymbxekheh6e0a7fei0b', 'למההםפשוטלאמדבריםעברית'],
    ['xn--b1abfaaepdrnnbgefbadotcwatmq2g4l', 'почемужеонинеговорятпорусски'],
  ])('reads %s', (host, unicode) => {
    expect(toUnicodeHost(host)).toBe(unicode)
  })

  it.each(['example.com', 'xn--', 'xn---', 'xn--!!!', 'xn--99999999999999999', ''])('leaves %j as it is', (host) => {
    expect(toUnicodeHost(host)).toBe(host)
  })

  it("agrees with Node's own on any host that a browser would make", () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), (label) => {
        if (!URL.canParse(`https://${label}.example`)) return
        const { hostname } = new URL(`https://${label}.example`)
        expect(toUnicodeHost(hostname)).toBe(domainToUnicode(hostname))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (label) => {
        expect(typeof toUnicodeHost(`xn--${label}`)).toBe('string')
      }),
      { numRuns: 2_000 },
    )
  })
})
