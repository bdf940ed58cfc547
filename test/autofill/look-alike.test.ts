import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAlike } from '../../src/autofill/look-alike'
import { siteMatches } from '../../src/autofill/match'

describe('lookAlike', () => {
  it.each([
    ['https://paypal.com', 'https://pаypal.com', 'letters'],
    ['https://paypal.com', 'https://www.paypaI.com'.toLowerCase(), 'letters'],
    ['https://paypal.com', 'https://paypa1.com', 'letters'],
    ['https://apple.com', 'https://xn--80ak6aa92e.com/login', 'letters'],
    ['https://microsoft.com', 'https://rnicrosoft.com', 'letters'],
    ['https://example.com', 'https://éxample.com', 'letters'],
    ['https://google.com', 'https://g00gle.com', 'letters'],
    ['https://github.com', 'https://githhub.com', 'near-miss'],
    ['https://github.com', 'https://gitub.com', 'near-miss'],
    ['https://github.com', 'https://gihtub.com', 'near-miss'],
    ['https://github.com', 'https://login.githup.com', 'near-miss'],
    ['https://paypal.com', 'https://paypal.co', 'near-miss'],
    ['paypal.com', 'https://paypal.cm', 'near-miss'],
    ['https://github.com', 'https://github.com.evil.net', 'embedded'],
    ['https://github.com', 'https://github-com.evil.net', 'embedded'],
    ['https://github.com', 'https://evil-github.com', 'embedded'],
    ['https://github.com', 'https://github-login.net', 'embedded'],
    ['https://github.com', 'https://secure-github.net/login', 'embedded'],
    ['https://github.com', 'https://login-github-account.net', 'embedded'],
    ['https://github.com', 'https://githublogin.com', 'embedded'],
    ['https://github.com', 'https://mygithub.net', 'embedded'],
    ['https://github.com', 'https://wwwgithub.com', 'embedded'],
    ['https://login.github.com', 'https://github.evil.net', 'embedded'],
    ['https://github.com', 'https://a.github.evil.net', 'embedded'],
    ['https://paypal.com', 'https://paypa1-secure.net', 'embedded'],
    ['https://paypal.com', 'https://xn--pypal-login-yij.net', 'embedded'],
    ['https://heronbank.co.uk', 'https://heronbank-verify.com', 'embedded'],
    ['https://heronbank.com', 'https://xn--hernbank-pbh.com', 'letters'],
    ['https://acme.okta.com', 'https://acme.bob.okta.com', 'tenant'],
    ['https://alice.github.io', 'https://bob.github.io', 'tenant'],
    ['https://one.authing.cn', 'https://two.authing.cn', 'tenant'],
    ['https://acme.okta.com', 'https://acme-test.okta.com', 'tenant'],
    ['https://github.com', 'http://github.com', 'insecure'],
    ['https://github.com', 'http://github.com:8080', 'insecure'],
  ])('an account of %s is warned of %s: %s', (site, url, kind) => {
    expect(lookAlike(site, url)).toBe(kind)
    expect(siteMatches(site, url)).toBe(false)
  })

  it.each([
    ['https://github.com', 'https://github.com/login'],
    ['github.com', 'https://gist.github.com'],
    ['https://github.com', 'https://gist.github.com'],
    ['https://github.com', 'https://gitlab.com'],
    ['https://amazon.com', 'https://amazon.de'],
    ['https://x.com', 'https://y.com'],
    ['https://ibm.com', 'https://ibn.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:9090'],
    ['http://localhost:1', 'http://127.0.0.1:1'],
    ['https://github.com', 'about:blank'],
    ['https://login.heronbank.com', 'https://m.shop.heronbank.com'],
    ['https://alice.github.io', 'https://blog.alice.github.io'],
    ['https://acme.okta.com', 'https://admin.acme.okta.com'],
    ['https://heronbank.com', 'https://heronbank.de'],
    ['https://heronbank.com', 'https://www.heronbank.co.uk'],
    ['https://github.com', 'https://alice.github.io'],
    ['https://apple.com', 'https://pineapple.com'],
    ['https://amazon.com', 'https://amazonia.org'],
    ['https://github.com', 'https://github.community'],
    ['https://cloud.com', 'https://cloud.example.org'],
    ['https://login.com', 'https://login.heronbank.com'],
    ['https://mail.ru', 'https://mail.heronbank.com'],
    ['https://online.com', 'https://online-shop.net'],
    ['not a site', 'https://github.com'],
    ['https://github.com', 'https://example.org/?next=github.com'],
  ])('an account of %s is not warned of %s', (site, url) => {
    expect(lookAlike(site, url)).toBeNull()
  })

  it('knows each letter dropped from 20 names, and one put in anywhere', () => {
    const names =
      'github,paypal,heronbank,stripe,dropbox,twitch,mozilla,fastmail,proton,gitlab,amazon,shopify,reddit,discord,binance,kraken,coinbase,namecheap,hetzner,cloudflare'
    for (const name of names.split(',')) {
      for (let at = 0; at < name.length; at += 1) {
        const changed = [name.slice(0, at) + name.slice(at + 1), name.slice(0, at) + 'z' + name.slice(at)]
        for (const other of changed) {
          if (other !== name) expect(lookAlike(`https://${name}.com`, `https://${other}.com`), other).not.toBeNull()
        }
      }
    }
  })

  it('is never said of a page that matches, and never throws', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.webUrl(), fc.string(), (site, url, text) => {
        expect(lookAlike(site, site)).toBeNull()
        lookAlike(text, url)
        lookAlike(site, text)
        if (siteMatches(site, url)) expect(lookAlike(site, url)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
