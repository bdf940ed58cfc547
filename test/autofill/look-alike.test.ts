import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAlike } from '../../src/autofill/look-alike'
import { siteMatches } from '../../src/autofill/match'

/** Pages that pose as another site: the page, the site of the account, and how. */
const DECEITS = `
  okta.com.evil.net okta.com embedded
  mail.qq.com.evil.cn qq.com embedded
  ebay.com.evil.ru ebay.com embedded
  ebay.com-signin.evil.ru ebay.com embedded
  x-com.evil.net x.com embedded
  0kta.com.evil.net okta.com embedded
  amazon.com.evil.com.au amazon.com embedded
  heronbank.co.uk.evil.net heronbank.co.uk embedded
  paypal.com.pages.dev paypal.com embedded
  paypal.pages.dev paypal.com embedded
  paypal.vercel.app paypal.com embedded
  www.paypal.netlify.app paypal.com embedded
  paypal-login.pages.dev paypal.com embedded
  okta.vercel.app okta.com embedded
  okta-login.com okta.com embedded
  acme-okta-sso.net acme.okta.com embedded
  secure-ebay.net ebay.com embedded
  paypalsecurelogin.com paypal.com embedded
  securepaypallogin.com paypal.com embedded
  my-paypal-secure-login.evil.net paypal.com embedded
  paypalsecure-login.evil.net paypal.com embedded
  wwwpaypalaccount.com paypal.com embedded
  paypa1securelogin.com paypal.com embedded
  githib-login.com github.com embedded
  login-githib.com github.com embedded
  githiblogin.evil.net github.com embedded
  secure-githhub-login.net github.com embedded
  login.paypal.evil.net paypal.com embedded
  paypal.account.evil.net paypal.com embedded
  paypal.accounts.com paypal.com embedded
  paypa1.evil.net paypal.com embedded
  paypa1.net paypal.com embedded
  acme-paypal.com paypal.com embedded
  login.gitlab.acme.org gitlab.com embedded
  microsoft-online.com microsoft.com embedded
  microsoftonline.net microsoft.com embedded
  protonmail.net proton.me embedded
  paypal.co paypal.com near-miss
  google.cm google.com near-miss
  google.om google.com near-miss
  gogle.de google.de near-miss
  gooogle.co.uk google.co.uk near-miss
  micosoft.com microsoft.com near-miss
  paypai.com paypal.com letters
  evil.okta.com acme.okta.com tenant
  evil-admin.okta.com acme.okta.com tenant
  acme-admin.zendesk.com acme.zendesk.com tenant
  evil.slack.com acme.slack.com tenant
  evil.authing.cn acme.authing.cn tenant
  evil.zoom.us acme.zoom.us tenant
  login.vercel.app acme.vercel.app tenant`

/** Pages that are the account's own site, or honest ones of others: the page, and the site of the account. */
const HONEST = `
  amazon.com www.amazon.com
  www.amazon.com amazon.com
  sellercentral.amazon.com www.amazon.com
  advertising.amazon.com sellercentral.amazon.com
  tumblr.com www.tumblr.com
  us02web.zoom.us zoom.us
  us02web.zoom.us acme.zoom.us
  account.aliyun.com signin.aliyun.com
  mail.zoho.com accounts.zoho.com
  crm.zoho.com accounts.zoho.com
  app.box.com account.box.com
  acme.app.box.com account.box.com
  acme.slack.com slack.com
  slack.com acme.slack.com
  app.slack.com acme.slack.com
  acme-admin.okta.com acme.okta.com
  acme.okta.com acme-admin.okta.com
  login.okta.com acme.okta.com
  acme.authing.cn authing.cn
  console.authing.cn acme.authing.cn
  google.se google.de
  google.de google.com
  google.co.uk google.com
  google.com.hk google.com
  amazon.com.au amazon.com
  www.ebay.com.au ebay.com
  login.google.de google.com
  paypal.com.co paypal.com
  gitlab.acme.org gitlab.com
  grafana.acme.org grafana.com
  www.gitlab.acme.org gitlab.com
  gitlab.home.acme.org gitlab.com
  gitlab.app.acme.co.uk gitlab.com
  grafana-dev.acme.org grafana.com
  gitlab.lan gitlab.com
  acme.okta.com acme.com
  heronbank.zendesk.com heronbank.com
  login.microsoftonline.com microsoft.com
  microsoft.com login.microsoftonline.com
  protonmail.com proton.me
  mail.protonmail.ch proton.me
  www.facebookmail.com facebook.com
  boxing-login.com box.com
  box-office.net box.com
  myteam.com steam.com
  secure-mail.com mail.com
  home-support.com home.pl
  ibm.com ibn.com`

function table(rows: string): readonly [string, string, string][] {
  return rows
    .trim()
    .split('\n')
    .map((row) => row.trim().split(' '))
    .map(([page = '', site = '', kind = '']) => [page, site, kind])
}

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
    ['https://login.github.com', 'https://login.github.evil.net', 'embedded'],
    ['https://github.com', 'https://a.github.login.evil.net', 'embedded'],
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

  it.each(table(DECEITS))('takes %s for a look-alike of %s: %s', (page, site, kind) => {
    expect(lookAlike(`https://${site}`, `https://${page}`)).toBe(kind)
  })

  it.each(table(HONEST))('takes %s for no look-alike of %s', (page, site) => {
    expect(lookAlike(`https://${site}`, `https://${page}`)).toBeNull()
  })

  it('is quick about a label that is bait alone', () => {
    const label = 'my'.repeat(31)
    expect(lookAlike('https://github.com', `https://${label}.${label}.${label}.net`)).toBeNull()
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
