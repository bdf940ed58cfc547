import type { ComponentChildren, VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { text } from '../../i18n/text'
import { status } from '../state'

export type SectionName =
  'security' | 'accounts' | 'sites' | 'transfer' | 'health' | 'servers' | 'factors' | 'appearance' | 'about'

interface SectionProps {
  name: SectionName
  /** Whether it can only be shown while the vault is open. */
  needsVault?: boolean
  /** What can be done about all of it, beside its heading. */
  aside?: ComponentChildren
  children: ComponentChildren
}

/** One chapter of the options page. */
export function Section({ name, needsVault = false, aside, children }: SectionProps): VNode {
  const id = `section-${name}`
  const section = useRef<HTMLElement>(null)
  // The browser looked before it was drawn for what the address names: this section, or something in it,
  // which may take its name out of the address as soon as it has been shown.
  useLayoutEffect(() => {
    const named = document.getElementById(location.hash.slice(1))
    if (section.current?.contains(named)) named?.scrollIntoView()
  }, [])
  return (
    <section ref={section} class="section" aria-labelledby={id}>
      {aside ? (
        <div class="section-head">
          <h2 id={id}>{text(`section_${name}`)}</h2>
          {aside}
        </div>
      ) : (
        <h2 id={id}>{text(`section_${name}`)}</h2>
      )}
      {needsVault && status.value !== 'unlocked' ? <p class="soft">{text('locked_section')}</p> : children}
    </section>
  )
}
