import { describe, expect, it } from 'vitest'

import { baseAddress, pathSegment } from '../../src/mfa/address'

describe('baseAddress', () => {
  it.each([
    ['https://app.authing.cn', 'https://app.authing.cn'],
    ['https://app.authing.cn/', 'https://app.authing.cn'],
    ['  https://APP.authing.cn:443//  ', 'https://app.authing.cn'],
    ['https://example.com:8443/mfa/', 'https://example.com:8443/mfa'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://localhost', 'http://localhost'],
    ['https://例子.测试', 'https://xn--fsqu00a.xn--0zwm56d'],
  ])('reads %s as %s', (text, base) => {
    expect(baseAddress(text)).toBe(base)
  })

  it.each([
    '',
    'app.authing.cn',
    'http://app.authing.cn',
    'http://127.0.0.2',
    'http://localhost.',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://[::1]',
    'ws://localhost',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'https://',
    'https://user@example.com',
    'https://user:password@example.com',
    'https://@example.com',
    'https://example.com?',
    'https://example.com?x=1',
    'https://example.com#',
    'https://example.com/#x',
    'https://example.com\\@evil.example',
    'https://exa mple.com',
    'https://exam\nple.com',
    'ht\ttps://example.com',
    'https://example.com:99999',
  ])('refuses %j (NET-3)', (text) => {
    expect(() => baseAddress(text)).toThrow('mfa/address-invalid')
  })
})

describe('pathSegment', () => {
  it.each([
    ['alice', 'alice'],
    ['../alice', '..%2Falice'],
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['%2e%2e', '%252e%252e'],
    ['...', '...'],
    ['用户', '%E7%94%A8%E6%88%B7'],
  ])('writes %s as %s (NET-3)', (text, segment) => {
    expect(pathSegment(text)).toBe(segment)
    expect(new URL(`https://example.com/users/${segment}/mfa`).pathname).toBe(`/users/${segment}/mfa`)
  })

  it.each(['', '.', '..', '\ud800'])('refuses %j (NET-3)', (text) => {
    expect(() => pathSegment(text)).toThrow('mfa/argument-missing')
  })
})
