import { describe, expect, it } from 'vitest'

import { beside, rowName, typeFrom } from '../../src/formats/row-parts'

const words = { totp: 'totp', hotp: 'hotp', steamtotp: 'steam' } as const

describe('typeFrom', () => {
  it.each([
    ['TOTP', 'totp'],
    [' Hotp ', 'hotp'],
    ['steamTOTP', 'steam'],
    [undefined, 'totp'],
    [null, 'totp'],
    ['', 'totp'],
  ])('of %j is %s', (value, type) => expect(typeFrom(words, value)).toBe(type))

  it.each(['push', 'constructor', '__proto__', 1, {}, false])('refuses %j', (value) => {
    expect(() => typeFrom(words, value)).toThrow(expect.objectContaining({ code: 'entry/type-unsupported' }))
  })
})

it.each([
  ['Acme', 'alice', 'Acme alice'],
  ['', 'alice', 'alice'],
  [undefined, {}, ''],
  [7, 'alice', 'alice'],
])('rowName(%j, %j) is "%s"', (issuer, label, name) => expect(rowName(issuer, label)).toBe(name))

it('beside keeps texts, and leaves out what is empty or no text', () => {
  const found = { groups: ['a', '', 7, ' b '], note: ' ', favourite: 'yes', sites: [undefined, {}] }
  expect(beside(found)).toEqual({ groups: ['a', 'b'] })
  expect(beside({ note: 'n', favourite: true, sites: ['x'] })).toEqual({ note: 'n', favourite: true, sites: ['x'] })
  expect(beside({})).toEqual({})
})
