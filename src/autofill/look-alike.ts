import { parse } from 'tldts'

import type { LookAlikeKind } from '../core/code-field'
import { MULTI_TENANT_DOMAINS, siteMatches } from './match'
import { toUnicodeHost } from './punycode'

/** Names shorter than this differ by a letter all the time. */
const LEAST_NAME = 5
/** Shorter than this, a name is a part of other words even where other words ask for an account. */
const LEAST_BAITED = 3
/** From here on, one letter less does not make another word that stands beside bait as often. */
const LEAST_MISSPELT = 6
/** What many hosts are called, so that it is nobody's name. */
const GENERIC =
  /^(?:accounts?|admin|cloud|drive|email|forum|login|mobile|office|online|portal|secure|store|support|webmail|world)$/u
/** What is put before or after a name to make it look like a part of that site. */
const BAIT =
  `accounts? app auth bank billing center client confirm email help home id login logon mail mfa my official online portal
  recovery reset safe secured? security service signin site sso support team unlock update user verify wallet web www`.split(
    /\s+/,
  )
/** Bait that asks for the account itself; the rest of it stands beside honest names as well: `gitlab.home.example.org`. */
const URGENT = /^(?:accounts?|confirm|login|logon|recovery|reset|secured?|signin|sso|unlock|update|verify|wallet)$/u
/** What a service with customers calls hosts of its own; no customer is called so. */
const FUNCTION =
  /^(?:www\d?|accounts?|admin|advertising|api|apps?|auth|aws|billing|calendar|community|console|dashboard|developers?|docs|drive|help|home|id|identity|login|logon|mail|manage|meet|my|myaccount|open|passport|portal|profile|secure|security|sellercentral|signin|signup|sso|status|store|support|[a-z]{2}\d+web)?$/u
/** What firms registered that looks like their name with bait around it. */
const HONEST = new Set(
  'facebookmail.com githubapp.com googlemail.com microsoftonline.com microsoftonline.us microsoftonline.cn protonmail.com protonmail.ch'.split(
    ' ',
  ),
)
/** Endings that are typed for `.com`, and registered for that. */
const TYPED_FOR_COM = new Set(['co', 'cm', 'om'])

/**
 * How the page at `url` might be taken for `site` though it is another: by letters that look alike, by one letter too
 * many, few or other, by carrying its name, as another customer of the same service, or as the same host without
 * encryption. Null where it matches, on the site's own subdomains, or where nobody would confuse them.
 */
export function lookAlike(site: string, url: string): LookAlikeKind | null {
  const page = hostOf(url)
  const own = hostOf(site.includes('://') ? site : `https://${site}`)
  if (page === null || own === null || siteMatches(site, url)) return null
  if (page.host === own.host) return own.secure && !page.secure ? 'insecure' : null
  if (page.owner === own.owner) return null
  if (page.shared !== null && page.shared === own.shared) return 'tenant'
  return byName(page, own)
}

function byName(page: Host, own: Host): LookAlikeKind | null {
  if (page.domain === own.domain || HONEST.has(page.domain)) return null
  if (skeleton(page.domain) === skeleton(own.domain)) return 'letters'
  if (isMistyped(page, own)) return 'near-miss'
  return holdsDomain(page, own) || carries(page, own) ? 'embedded' : null
}

/** One letter of the name, or an ending that is typed for `.com`; the same name in another country is none. */
function isMistyped(page: Host, own: Host): boolean {
  if (own.name.length < LEAST_NAME) return false
  if (page.name === own.name) return own.suffix === 'com' && TYPED_FOR_COM.has(page.suffix)
  if (page.suffix !== own.suffix) return false
  return isOneEditApart(page.name, own.name) || isOneEditApart(skeleton(page.name), skeleton(own.name))
}

/** The whole domain before another one: `github.com.evil.net`. What is before `.com.au` is no `.com`. */
function holdsDomain({ labels }: Host, { domain }: Host): boolean {
  const dashed = (host: string): string => `-${skeleton(host).replaceAll('.', '-')}-`
  return dashed(labels).includes(dashed(domain))
}

/** Whether the name stands there with bait around it, `github-login.net`, or alone where anybody may have it. */
function carries(page: Host, { name }: Host): boolean {
  const known = skeleton(name)
  if (known.length < LEAST_BAITED || GENERIC.test(name) || IS_BAIT.test(known)) return false
  const labels = page.labels.split('.')
  // The same name under another ending is most often the same firm in another country; a free host is no country.
  if (page.name === name && page.free) return true
  if (labels.some((label) => label !== name && isDisguised(label, known))) return true
  if (page.name !== name && known.length >= LEAST_NAME && skeleton(page.name).split('-').includes(known)) return true
  return isUrged(labels, name)
}

/** Whether the label is the name with bait, in other letters, or in both; misspelt names are known by their bait only. */
function isDisguised(label: string, known: string): boolean {
  const seen = skeleton(label)
  if (known.length < LEAST_NAME) {
    return seen.split('-').includes(known) && label.split('-').some((part) => URGENT.test(part))
  }
  if (seen === known) return true
  return withoutBait(seen).some(
    (core) => core === known || (known.length >= LEAST_MISSPELT && isOneEditApart(core, known)),
  )
}

/** A host of that name is ordinary, `gitlab.acme.org`; with `login` as the next label it asks for the account. */
function isUrged(labels: readonly string[], name: string): boolean {
  return labels.slice(0, -1).some((label, at) => {
    return label === name && [labels[at - 1], labels[at + 1]].some((next) => next !== undefined && URGENT.test(next))
  })
}

/** What may be left of a label when bait is taken from its ends, once or more often. */
function withoutBait(label: string): readonly string[] {
  const left = new Set([label])
  // The set grows while it is walked, by each part of the label at most once.
  for (const one of left) {
    for (const end of [BAIT_BEFORE, BAIT_AFTER]) {
      const rest = one.replace(end, '')
      if (rest.length >= LEAST_NAME) left.add(rest)
    }
  }
  left.delete(label)
  return [...left]
}

interface Host {
  readonly host: string
  readonly secure: boolean
  /** What its owner registered; for the customers of a service that the suffix list knows their own part of it. */
  readonly domain: string
  readonly suffix: string
  /** The domain, and the whole host, without the suffix. */
  readonly name: string
  readonly labels: string
  /** Whether the suffix belongs to a firm that gives names under it away. */
  readonly free: boolean
  /** The same as `domain`, with the customer's part under every shared domain. */
  readonly owner: string
  /** The service under which strangers live side by side, if it is one and this is a customer's part of it. */
  readonly shared: string | null
}

/** Null for addresses and names that nobody registers. */
function hostOf(url: string): Host | null {
  if (!URL.canParse(url)) return null
  const { hostname, protocol } = new URL(url)
  const { domain, publicSuffix, isIp, isPrivate } = parse(hostname, { allowPrivateDomains: true })
  if (isIp || domain === null || publicSuffix === null) return null
  const customer = MULTI_TENANT_DOMAINS.has(domain) ? customerOf(hostname, domain) : null
  return {
    host: hostname,
    secure: protocol === 'https:',
    domain,
    suffix: publicSuffix,
    name: withoutSuffix(domain, publicSuffix),
    labels: withoutSuffix(hostname, publicSuffix),
    free: isPrivate === true,
    owner: customer === null ? domain : `${customer}.${domain}`,
    shared: customer === null ? (isPrivate ? publicSuffix : null) : FUNCTION.test(customer) ? null : domain,
  }
}

function withoutSuffix(host: string, suffix: string): string {
  return host.slice(0, -suffix.length - 1)
}

/** Empty for the service itself. Okta's customers administer their part of it under a name of its own. */
function customerOf(host: string, domain: string): string {
  const customer = withoutSuffix(host, domain).split('.').at(-1) ?? ''
  return domain.startsWith('okta') ? customer.replace(/-admin$/u, '') : customer
}

/** What a name looks like at a glance: letters of other scripts and accents as the Latin ones they resemble. */
function skeleton(domain: string): string {
  return toUnicodeHost(domain)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\x20-\x7e]/gu, (one) => LATIN.get(one) ?? one)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replace(/[i1|]/gu, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
}

/** Pairs: a letter, and the Latin one it is taken for. */
const PAIRS =
  'аaеeоoрpсcуyхxѕsіiјjӏlԁdһhɡgкkмmтtвbнhгrпnшwԛqԝwзʒαaοoρpνvιiκkτtυuηnωwεeχxγyβbσoոnսuօoհhցgզqıiłløođdŋnſfæaœoßbǀlɑaɩiʋvꞵbℓlᴄcᴏoᴠvᴡwᴢz'

const LATIN = new Map(PAIRS.match(/../gu)?.map((pair) => [pair.charAt(0), pair.charAt(1)] as const))

const BAITS = BAIT.map(skeleton).join('|')
const IS_BAIT = new RegExp(`^(?:${BAITS})$`, 'u')
const BAIT_BEFORE = new RegExp(`^(?:-|${BAITS})`, 'u')
const BAIT_AFTER = new RegExp(`(?:-|${BAITS})$`, 'u')

/** One letter put in, left out or replaced, or two neighbours swapped. */
function isOneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const rest = (text: string, skip: number): string => text.slice(start + skip)
  if (rest(one, 1) === rest(other, 1) || rest(one, 1) === rest(other, 0) || rest(one, 0) === rest(other, 1)) return true
  const swapped = one[start] === other[start + 1] && one[start + 1] === other[start]
  return swapped && rest(one, 2) === rest(other, 2)
}
