import type { BrandIcon } from 'virtual:brand-icons'
import type { VNode } from 'preact'
import { shownText } from '../../i18n/shown-text'
import { brandIcons } from '../actions/brands'
import { preferences } from '../actions/preferences'
import { inkOn } from '../brands/ink'

const COLOURS = 8

/** What an account is known by at a glance: its service's own mark, else an initial on a colour. Nothing is ever fetched (NET-5). */
export function Mark({ name }: { name: string }): VNode {
  const brand = preferences.brandMarks.shown.value === false ? undefined : brandIcons.value.get(name)
  if (brand) return <BrandMark brand={brand} />
  const [initial = '?'] = shownText(name).trim()
  return (
    <span class={`mark mark-${colourOf(name)}`} aria-hidden="true">
      {initial.toLocaleUpperCase()}
    </span>
  )
}

function BrandMark({ brand: { hex, path } }: { brand: BrandIcon }): VNode {
  return (
    <span class="mark brand-mark" aria-hidden="true" style={{ background: `#${hex}`, color: inkOn(hex) }}>
      <svg viewBox="0 0 24 24" width="20" height="20" focusable="false">
        <path d={path} fill="currentcolor" />
      </svg>
    </span>
  )
}

/** The same name has the same colour everywhere. */
function colourOf(name: string): number {
  let sum = 7
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % COLOURS
}
