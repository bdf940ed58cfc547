import type { VNode } from 'preact'
import { shownText } from '../../i18n/shown-text'

/** Longer than any recovery code; a server that sends more means no good. */
const LONGEST = 400

/** A recovery code to be written down, letter by letter as it is. */
export function Secret({ children }: { children: string }): VNode {
  return (
    <output class="secret" dir="ltr">
      {shownText(children, LONGEST)}
    </output>
  )
}
