import { type BrandIcon, shards } from 'virtual:brand-icons'
import { brandOf } from './find'

/** The marks of the issuers that are well-known services, by issuer. Only the parts of the collection in need are loaded. */
export async function brandIconsOf(issuers: Iterable<string>): Promise<ReadonlyMap<string, BrandIcon>> {
  const found = [...issuers].flatMap((issuer) => {
    const slug = brandOf(issuer)
    return slug === null ? [] : [{ issuer, slug }]
  })
  const parts = await Promise.all([...new Set(found.map(({ slug }) => slug.charAt(0)))].map((at) => shards[at]?.()))
  const icons = new Map(parts.flatMap((part) => Object.entries(part?.icons ?? {})))
  return new Map(
    found.flatMap(({ issuer, slug }) => {
      const icon = icons.get(slug)
      return icon ? [[issuer, icon] as const] : []
    }),
  )
}
