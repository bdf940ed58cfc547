import { parse } from 'tldts'

import { AppError } from '../core/errors'

/**
 * Domains under which strangers live side by side but which the public suffix list does not name, the MFA vendor's own
 * tenant domains first. A code is never offered on all of their subdomains at once (FIL-2).
 */
export const MULTI_TENANT_DOMAINS: ReadonlySet<string> = new Set(
  `authing.cn authing.co authing.com authing-inc.co genauth.ai
  auth0.com okta.com okta-emea.com oktapreview.com onelogin.com duosecurity.com pingone.com pingone.eu pingidentity.com
  amazoncognito.com b2clogin.com ciamlogin.com onmicrosoft.com windows.net sharepoint.com dynamics.com
  cloudflareaccess.com jumpcloud.com fusionauth.io frontegg.com kinde.com logto.app zitadel.cloud zitadel.app
  descope.com stytch.com workos.com ory.sh oryapis.com clerk.com phasetwo.io cloud-iam.com miniorange.com
  atlassian.net jira.com zendesk.com freshdesk.com freshservice.com helpscout.com intercom.help statuspage.io
  salesforce.com force.com service-now.com myworkday.com workday.com successfactors.com sapsf.com netsuite.com
  slack.com webex.com zoom.us instructure.com blackboard.com moodlecloud.com box.com egnyte.com
  feishu.cn larksuite.com larkoffice.com dingtalk.com aliyuncs.com aliyun.com myqcloud.com tencentcs.com
  bamboohr.com monday.com teamwork.com odoo.com bitrix24.com bitrix24.de bitrix24.ru bitrix24.eu zoho.com
  wordpress.com tumblr.com typepad.com substack.com ghost.io medium.com squarespace.com
  okta-gov.com onelogin.us authok.cn 1password.com pagerduty.com myfreshworks.com salesforce-sites.com visualforce.com
  jfrog.io kintone.com cybozu.com backlog.com sharefile.com snowflakecomputing.com cyberark.cloud teachable.com
  crisp.help zohocloud.ca amazon.com
  sentry.io ngrok.com loca.lt trycloudflare.com gitbook.com notion.site webflow.com bubble.io`.split(/\s+/),
)

/**
 * Whether the code of an entry that belongs to `site` may be offered on the page at `url`: the very origin, or, where
 * `site` is a registrable domain the user widened to, any https host under it. Everything doubtful is a no (FIL-2).
 */
export function siteMatches(site: string, url: string): boolean {
  const page = webUrl(url)
  if (page === null) return false
  if (site.includes('://')) return webUrl(site)?.origin === page.origin
  return underDomain(site, page)
}

/** The origin to remember for the page at `url`; null where there is none that could ever match: no web page, or opaque. */
export function siteOf(url: string): string | null {
  return webUrl(url)?.origin ?? null
}

/** The origin a user means by a typed host or address. Throws `entry/site-invalid`. */
export function parseSite(text: string): string {
  const typed = text.trim()
  const url = webUrl(typed.includes('://') ? typed : `${schemeFor(typed)}://${typed}`)
  if (url === null || url.username !== '' || url.password !== '' || /[\s\\*]/u.test(typed)) {
    throw new AppError('entry/site-invalid')
  }
  return url.origin
}

/** The registrable domain an entry on `url` may be widened to, or null where that would reach strangers (FIL-2). */
export function widenedSite(url: string): string | null {
  const page = webUrl(url)
  // A service on another port is matched by its origin only (`underDomain`).
  return page?.protocol === 'https:' && page.port === '' ? registrableDomain(page.hostname) : null
}

/** Only http and https have origins of their own; `blob:` and `data:` pages pose as others or as nobody (FIL-4). */
function webUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const web = url.protocol === 'https:' || url.protocol === 'http:'
  return web && url.hostname !== '' && url.origin !== 'null' ? url : null
}

function underDomain(site: string, page: URL): boolean {
  // A service on another port may belong to another user of the same machine; it is matched by its origin only.
  if (page.protocol !== 'https:' || page.port !== '') return false
  const domain = registrableDomain(page.hostname)
  return domain !== null && domain === canonicalHost(site)
}

/** The host as the URL parser spells it; null for what is more, or less, than a host. */
function canonicalHost(site: string): string | null {
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(site)) return null
  return webUrl(`https://${site}`)?.hostname ?? null
}

/** `host` must come from the URL parser: the suffix library reads raw text differently (threat-model, host names). */
function registrableDomain(host: string): string | null {
  const { domain, isIp, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true })
  if (isIp || domain === null || !(isIcann || isPrivate)) return null
  if (host.endsWith('.') || MULTI_TENANT_DOMAINS.has(domain)) return null
  return domain
}

/** What a typed host without a scheme means: https, except on the user's own machine. */
function schemeFor(typed: string): 'http' | 'https' {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/?#]|$)/iu.test(typed) ? 'http' : 'https'
}
