import type { VNode } from 'preact'

/** The shape of what is coming, painted before anything has answered (REL-1). It holds no text: no language is there yet. */
export function Skeleton(): VNode {
  return (
    <main class="skeleton" aria-busy="true">
      <span class="bone bone-bar" />
      <span class="bone bone-card" />
      <span class="bone bone-row" />
      <span class="bone bone-row" />
      <span class="bone bone-row" />
    </main>
  )
}
