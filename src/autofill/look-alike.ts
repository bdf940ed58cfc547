import { parse } from 'tldts'

import type { LookAlikeKind } from '../core/code-field'
import { MULTI_TENANT_DOMAINS, siteMatches } from './match'
import { toUnicodeHost } from './punycode'

/** Names shorter than this differ by a letter all the time. */
const LEAST_NAME = 5
/** What many hosts are called, so that it is nobody's name. */
const GENERIC =
  /^(?:accounts?|admin|cloud|drive|email|forum|login|mobile|office|online|portal|secure|store|support|webmail|world)$/u
/** What is put before or after a name to make it look like a part of that site. */
const BAIT =
  `accounts? app auth bank billing center client confirm email help home id login logon mail mfa my official online portal
  recovery reset safe secured? security service signin site sso support team unlock update user verify wallet web www`.split(
    /\s+/,
  )

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

function byName({ host, domain, suffix }: Host, { domain: own }: Host): LookAlikeKind | null {
  if (domain === own) return null
  const [seen, known] = [skeleton(domain), skeleton(own)]
  if (seen === known) return 'letters'
  const name = own.split('.')[0] ?? ''
  if (name.length < LEAST_NAME) return null
  if (isOneEditApart(seen, known) || isOneEditApart(domain, own)) return 'near-miss'
  if (`-${host.replaceAll('.', '-')}-`.includes(`-${own.replaceAll('.', '-')}-`)) return 'embedded'
  return carries(host.slice(0, -suffix.length - 1), name, domain) ? 'embedded' : null
}

/** Whether one of the labels is the name with bait around it, or the name itself on another's domain: `github-login.net`. */
function carries(labels: string, name: string, domain: string): boolean {
  if (GENERIC.test(name)) return false
  const known = skeleton(name)
  const ownLabel = domain.split('.')[0] ?? ''
  return labels.split('.').some((label) => {
    // The same name under another ending is most often the same firm in another country.
    if (label === name) return label !== ownLabel
    const seen = skeleton(label)
    return seen.split('-').includes(known) || withoutBait(seen) === known
  })
}

function withoutBait(label: string): string {
  return label.replace(BAIT_AROUND, '')
}

interface Host {
  readonly host: string
  readonly secure: boolean
  /** What its owner registered; for the customers of a service that the suffix list knows their own part of it. */
  readonly domain: string
  readonly suffix: string
  /** The same, with the customer's part under every shared domain. */
  readonly owner: string
  /** The service under which strangers live side by side, if it is one. */
  readonly shared: string | null
}

/** Null for addresses and names that nobody registers. */
function hostOf(url: string): Host | null {
  if (!URL.canParse(url)) return null
  const { hostname, protocol } = new URL(url)
  const { domain, publicSuffix, isIp, isPrivate } = parse(hostname, { allowPrivateDomains: true })
  if (isIp || domain === null || publicSuffix === null) return null
  const many = MULTI_TENANT_DOMAINS.has(domain)
  const customer =
    hostname
      .slice(0, -domain.length - 1)
      .split('.')
      .at(-1) ?? ''
  return {
    host: hostname,
    secure: protocol === 'https:',
    domain,
    suffix: publicSuffix,
    owner: many ? `${customer}.${domain}` : domain,
    shared: many ? domain : isPrivate ? publicSuffix : null,
  }
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
const BAIT_AROUND = new RegExp(`^(?:${BAITS})|(?:${BAITS})$`, 'gu')

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
