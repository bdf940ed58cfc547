import { effect, signal } from '@preact/signals'
import type { BrandIcon } from 'virtual:brand-icons'
import { entries } from '../state'

/** Marks of well-known services, by issuer; filled after the first codes are on the screen. */
export const brandIcons = signal<ReadonlyMap<string, BrandIcon>>(new Map())

/** Has the marks of all issuers ready, now and whenever accounts come in; nothing is fetched, all is in the package (NET-5). */
export function keepBrandIcons(): void {
  const known = new Set<string>()
  effect(() => {
    if (entries.value.length === 0) forgetBrands(known)
    const issuers = new Set(entries.value.map(({ issuer, label }) => issuer || label))
    const unknown = [...issuers].filter((issuer) => !known.has(issuer))
    for (const issuer of unknown) known.add(issuer)
    if (unknown.length > 0) requestIdleCallback(() => void load(unknown))
  })
}

/** Whose marks those were is a name of the vault (MEM-1). */
function forgetBrands(known: Set<string>): void {
  known.clear()
  brandIcons.value = new Map()
}

async function load(issuers: readonly string[]): Promise<void> {
  const { brandIconsOf } = await import('../brands/load')
  const found = await brandIconsOf(issuers)
  if (found.size > 0 && entries.peek().length > 0) brandIcons.value = new Map([...brandIcons.value, ...found])
}
