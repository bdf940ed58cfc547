import { folded } from '../../core/search'
import { BRANDS, OTHER_NAMES } from './names'

const slugs: ReadonlyMap<string, string> = new Map([
  ...[...BRANDS, ...Object.keys(OTHER_NAMES)].map((slug) => [slug, slug] as const),
  ...Object.entries(OTHER_NAMES).flatMap(([slug, names]) => names.map((name) => [folded(name), slug] as const)),
])

/** The ends of host names under which services also call themselves. */
const HOST_END = /\.(com|org|net|io|me|dev|app|cn|co|de)$/

/** The service that an issuer names, as simple-icons calls it. The whole name has to be its own: a guess would mislead. */
export function brandOf(issuer: string): string | null {
  const name = folded(issuer).trim()
  return slugs.get(bare(name)) ?? slugs.get(bare(name.replace(/^www\./, '').replace(HOST_END, ''))) ?? null
}

function bare(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '')
}
