import type { ComponentChildren, VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { status } from '../state'

export type SectionName =
  'security' | 'accounts' | 'sites' | 'transfer' | 'health' | 'servers' | 'factors' | 'appearance' | 'about'

interface SectionProps {
  name: SectionName
  /** Whether it can only be shown while the vault is open. */
  needsVault?: boolean
  children: ComponentChildren
}

/** One chapter of the options page. */
export function Section({ name, needsVault = false, children }: SectionProps): VNode {
  const id = `section-${name}`
  // The browser looked for it before it was drawn.
  useEffect(() => {
    if (location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView()
  }, [id])
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{text(`section_${name}`)}</h2>
      {needsVault && status.value !== 'unlocked' ? <p class="soft">{text('locked_section')}</p> : children}
    </section>
  )
}
