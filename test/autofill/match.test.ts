import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { MULTI_TENANT_DOMAINS, parseSite, siteMatches, siteOf, widenedSite } from '../../src/autofill/match'

const HOSTS = [
  'example.com',
  'www.example.com',
  'login.example.co.uk',
  'example.de',
  'accounts.example.org',
  'bank.example.net',
  'alice.github.io',
  'shop.myshopify.com',
  'tenant.authing.cn',
  'xn--bcher-kva.example',
  'a-b.example.io',
  '127.0.0.1',
  '192.168.1.10',
  'localhost',
  'intranet',
  '[::1]',
  '[2001:db8::1]',
]

/** What a look-alike of `https://<host>` might be; each must be refused. */
const DISGUISES: readonly ((host: string) => string)[] = [
  (host) => `https://evil-${host}/`,
  (host) => `https://evil${host}/`,
  (host) => `https://${host}.evil.test/`,
  (host) => `https://evil.test/${host}`,
  (host) => `https://evil.test/?next=https://${host}/`,
  (host) => `https://evil.test/#https://${host}/`,
  (host) => `https://${host}@evil.test/`,
  (host) => `https://${host}:pw@evil.test/`,
  (host) => `https://evil.test\\@${host}.evil.test/`,
  (host) => `http://${host}/`,
  (host) => `http://${host}:443/`,
  (host) => `https://${host}:8443/`,
  (host) => `https://${host}:80/`,
  (host) => `ftp://${host}/`,
  (host) => `ws://${host}/`,
  (host) => `blob:https://${host}/0b7a8f7e-0000-4000-8000-000000000000`,
  (host) => `view-source:https://${host}/`,
  (host) => `filesystem:https://${host}/temporary/x`,
  (host) => `data:text/html,https://${host}/`,
  (host) => `about:blank#https://${host}`,
  (host) => `javascript:"https://${host}/"`,
  (host) => `chrome-extension://${host}/`,
  (host) => `file://${host}/`,
  (host) => `//${host}/`,
  (host) => host,
  (host) => `https://xn--${host}/`,
  (host) => `https://${host.replace('e', 'е')}x/`,
  (host) => `https://${host.replace(/[.\]]/u, '-')}.test/`,
]

/** Hosts whose spelling does not survive the disguise (addresses, single labels) are skipped where the URL is the same. */
const lookAlikes = HOSTS.flatMap((host) => DISGUISES.map((disguise) => [`https://${host}`, disguise(host)] as const))

const NAMED = [
  'example.com',
  'www.example.com',
  'login.example.co.uk',
  'example.de',
  'alice.github.io',
  'tenant.authing.cn',
]
const moreLookAlikes = [
  ...NAMED.flatMap((host) =>
    [
      `https://${host}./`,
      `https://sub.${host}/`,
      `https://www.www.${host}/`,
      `https://${host.replace('.', '%2e.')}/`,
      `https://${host.replace('.', '-')}/`,
      `https://${host.replace('a', '\u0430')}/`,
      `https://${host.replace('e', '\u0435')}/`,
      `https://${host.replace('l', '1')}/`,
      `https://${host.replace('m', 'rn')}/`,
      `https://${host.slice(0, -1)}/`,
      `https://${host}m/`,
      `https://${host.split('.').slice(1).join('.')}/`,
    ]
      .filter((url) => !URL.canParse(url) || new URL(url).host !== host)
      .map((url) => [`https://${host}`, url] as const),
  ),
  ['https://alice.github.io', 'https://bob.github.io/'],
  ['https://alice.github.io', 'https://github.io/'],
  ['https://tenant.authing.cn', 'https://other.authing.cn/'],
  ['https://tenant.authing.cn', 'https://authing.cn/'],
  ['https://example.com', 'https://[::ffff:127.0.0.1]/'],
  ['http://127.0.0.1:8080', 'http://localhost:8080/'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8081/'],
  ['http://127.0.0.1:8080', 'https://127.0.0.1:8080/'],
  ['http://[::1]:8080', 'http://127.0.0.1:8080/'],
  ['', 'https://example.com/'],
  ['https://', 'https://example.com/'],
  ['null', 'null'],
  ['null', 'data:text/html,'],
  ['https://*', 'https://example.com/'],
  ['https://*.example.com', 'https://www.example.com/'],
  ['*.example.com', 'https://www.example.com/'],
  ['.example.com', 'https://www.example.com/'],
  ['*', 'https://example.com/'],
] as const

/** Sites widened to a domain, and pages which are not under it. */
const widenedLookAlikes = [
  ...['example.com', 'example.co.uk', 'alice.github.io'].flatMap((domain) =>
    [
      `https://evil-${domain}/`,
      `https://${domain}.evil.test/`,
      `https://evil${domain}/`,
      `http://${domain}/`,
      `http://www.${domain}/`,
      `https://www.${domain}:8443/`,
      `https://www.${domain}./`,
      `https://www.${domain}@evil.test/`,
      `https://evil.test/.${domain}`,
      `blob:https://www.${domain}/x`,
      `https://${domain.replace('e', '\u0435')}/`,
    ].map((url) => [domain, url] as const),
  ),
  // Nothing but a registrable domain can be widened to: no suffixes, addresses, single labels, subdomains, unknown ends.
  ...[
    'com',
    'co.uk',
    'github.io',
    'uk',
    'appspot.com',
    'myshopify.com',
    'localhost',
    'intranet',
    'corp',
    '127.0.0.1',
    '[::1]',
  ].flatMap(
    (site) =>
      [
        [site, `https://${site}/`],
        [site, `https://a.${site}/`],
      ] as const,
  ),
  ['www.example.com', 'https://a.www.example.com/'],
  ['foo.corp', 'https://a.foo.corp/'],
  ['8.8', 'https://8.8.8.8/'],
  ['example.com:443', 'https://www.example.com/'],
  ['example.com/', 'https://www.example.com/'],
  ['user@example.com', 'https://www.example.com/'],
  ['example.com.', 'https://www.example.com/'],
  ['ex ample.com', 'https://www.example.com/'],
  ['example%2ecom', 'https://www.example.com/'],
  ['bob.github.io', 'https://alice.github.io/'],
] as const

const legitimate = [
  ...HOSTS.flatMap((host) => [
    [`https://${host}`, `https://${host}/`],
    [`https://${host}`, `https://${host}:443/login?next=http://evil.test/#x`],
    [`https://${host}`, `https://user:pw@${host}/`],
    [`https://${host}`, `HTTPS://${host.toUpperCase()}/Login`],
    [`http://${host}:8080`, `http://${host}:8080/a/b`],
    [`https://${host}:8443`, `https://${host}:8443/`],
  ]),
  ...['example.com', 'example.co.uk', 'example.de', 'alice.github.io'].flatMap((domain) => [
    [domain, `https://${domain}/`],
    [domain, `https://www.${domain}/login`],
    [domain, `https://a.b.c.${domain}/`],
    [domain.toUpperCase(), `https://login.${domain}:443/`],
  ]),
  ['bücher.de', 'https://www.xn--bcher-kva.de/'],
  ['https://bücher.de', 'https://xn--bcher-kva.de/'],
] as const

describe('siteMatches', () => {
  const refused = [...lookAlikes, ...moreLookAlikes, ...widenedLookAlikes]

  it('is tested on enough look-alikes and enough true pairs (FIL-2)', () => {
    expect(new Set(refused.map((pair) => pair.join(' '))).size).toBeGreaterThan(500)
    expect(new Set(legitimate.map((pair) => pair.join(' '))).size).toBeGreaterThan(100)
  })

  it('refuses every look-alike (FIL-2)', () => {
    expect(refused.filter(([site, url]) => siteMatches(site, url))).toEqual([])
  })

  it('accepts every page that belongs (FIL-2)', () => {
    expect(legitimate.filter(([site, url]) => !siteMatches(site ?? '', url ?? ''))).toEqual([])
  })

  it('never widens to a domain that strangers share (FIL-2)', () => {
    const offered = [...MULTI_TENANT_DOMAINS].filter(
      (domain) => siteMatches(domain, `https://tenant.${domain}/`) || siteMatches(domain, `https://${domain}/`),
    )
    expect(offered).toEqual([])
    expect(MULTI_TENANT_DOMAINS.has('authing.cn')).toBe(true)
  })

  it('matches an origin with nothing but itself, whatever the hosts (FIL-2)', () => {
    const origin = fc.tuple(
      fc.constantFrom('http', 'https'),
      fc.domain(),
      fc.option(fc.integer({ min: 1, max: 65535 }), { nil: null }),
    )
    fc.assert(
      fc.property(origin, origin, ([scheme, host, port], [otherScheme, otherHost, otherPort]) => {
        const site = new URL(`${scheme}://${host}${port === null ? '' : `:${port}`}`).origin
        const page = new URL(`${otherScheme}://${otherHost}${otherPort === null ? '' : `:${otherPort}`}/x`)
        expect(siteMatches(site, `${site}/page`)).toBe(true)
        expect(siteMatches(site, page.href)).toBe(site === page.origin)
      }),
    )
  })

  it('answers no to anything that is no address, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (site, url) => siteMatches(site, url) === false))
  })
})

describe('siteOf', () => {
  it.each([
    ['https://Example.com:443/a?b#c', 'https://example.com'],
    ['http://127.0.0.1:8080/guard', 'http://127.0.0.1:8080'],
    ['http://[::1]:80/', 'http://[::1]'],
  ])('remembers the origin of %s', (url, site) => expect(siteOf(url)).toBe(site))

  it.each([
    '',
    'about:blank',
    'data:text/html,x',
    'blob:https://example.com/x',
    'chrome://extensions',
    'file:///etc/passwd',
    'about:srcdoc',
  ])('remembers nothing of %j (FIL-4)', (url) => expect(siteOf(url)).toBeNull())
})

describe('parseSite', () => {
  it.each([
    ['example.com', 'https://example.com'],
    ['  Example.COM/login ', 'https://example.com'],
    ['https://example.com:8443/x', 'https://example.com:8443'],
    ['http://example.com', 'http://example.com'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:8080/guard', 'http://127.0.0.1:8080'],
    ['[::1]:9000', 'http://[::1]:9000'],
    ['127.0.0.1.example.com', 'https://127.0.0.1.example.com'],
    ['localhost.example.com', 'https://localhost.example.com'],
    ['bücher.de', 'https://xn--bcher-kva.de'],
    ['nas.example.com:5001', 'https://nas.example.com:5001'],
  ])('takes %j for %s', (text, site) => {
    expect(parseSite(text)).toBe(site)
    expect(siteMatches(parseSite(text), `${site}/login`)).toBe(true)
  })

  it.each([
    '',
    '   ',
    'ftp://example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://example.com/x',
    'exa mple.com',
    'user@example.com',
    'https://user:pw@example.com',
    '*.example.com',
    'https://',
    'a\\b',
    'about:blank',
  ])('refuses %j', (text) =>
    expect(() => parseSite(text)).toThrow(expect.objectContaining({ code: 'entry/site-invalid' }) as Error),
  )
})

describe('widenedSite', () => {
  it('offers no domain for a page on another port, which may be another user of the machine', () => {
    expect(widenedSite('https://login.bank.com:8443')).toBeNull()
    expect(widenedSite('https://login.bank.com:443')).toBe('bank.com')
  })

  it.each(['a.okta-gov.com', 'b.1password.com', 'c.kintone.com', 'd.jfrog.io', 'e.sharefile.com', 'f.amazon.com'])(
    'offers no domain that strangers share: %s',
    (host) => expect(widenedSite(`https://${host}`)).toBeNull(),
  )

  it.each([
    ['https://login.example.co.uk/', 'example.co.uk'],
    ['https://alice.github.io/', 'alice.github.io'],
    ['https://tenant.authing.cn/', null],
    ['https://127.0.0.1/', null],
    ['https://localhost/', null],
    ['http://www.example.com/', null],
    ['https://www.example.com./', null],
    ['https://host.corp/', null],
  ])('offers for %s the domain %s', (url, domain) => expect(widenedSite(url)).toBe(domain))
})
