import type { IconNode } from 'lucide'
import { h, type VNode } from 'preact'

/** A drawing of lucide's, in the colour of the text around it. It says nothing to a screen reader: its button does. */
export function Icon({ node, size = 18 }: { node: IconNode; size?: number }): VNode {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {node.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}
