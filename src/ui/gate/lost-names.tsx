import type { VNode } from 'preact'
import { shownText } from '../../i18n/shown-text'
import { text } from '../../i18n/text'
import type { LostNames } from '../../rpc/health-calls'

/** The accounts that do not open, by name where a snapshot knows it. */
export function LostNamesList({ names }: { names: readonly LostNames[] }): VNode | null {
  if (names.length === 0) return null
  const nameless = names.filter((one) => one === null).length
  return (
    <ul class="lost-names">
      {names.map((one, i) => one && <li key={i}>{shownText([one.issuer, one.label].filter(Boolean).join(' · '))}</li>)}
      {nameless > 0 && <li class="soft">{text('lost_nameless', { count: nameless })}</li>}
    </ul>
  )
}
