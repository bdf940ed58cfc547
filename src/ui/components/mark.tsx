import type { VNode } from 'preact'
import { shownText } from '../../i18n/shown-text'

const COLOURS = 8

/** An initial on a colour of its own: no picture is ever fetched (NET-5). */
export function Mark({ name }: { name: string }): VNode {
  const [initial = '?'] = shownText(name).trim()
  return (
    <span class={`mark mark-${colourOf(name)}`} aria-hidden="true">
      {initial.toLocaleUpperCase()}
    </span>
  )
}

/** The same name has the same colour everywhere. */
function colourOf(name: string): number {
  let sum = 7
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % COLOURS
}
