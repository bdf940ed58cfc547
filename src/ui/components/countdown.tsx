import type { VNode } from 'preact'

const RADIUS = 9
const ROUND = 2 * Math.PI * RADIUS

/** A code that lives no longer than this is about to end. */
export const ENDING_MS = 5_000

/** A ring that empties as a code ends, and warns in its last seconds. */
export function Ring({ left, of }: { left: number; of: number }): VNode {
  const share = Math.min(1, Math.max(0, left / of))
  return (
    <svg
      class={left <= ENDING_MS ? 'ring ending' : 'ring'}
      viewBox="0 0 24 24"
      width="18"
      height="18"
      aria-hidden="true"
      focusable="false"
    >
      <circle class="ring-track" cx="12" cy="12" r={RADIUS} />
      <circle
        class="ring-left"
        cx="12"
        cy="12"
        r={RADIUS}
        stroke-dasharray={ROUND}
        stroke-dashoffset={ROUND * (1 - share)}
      />
    </svg>
  )
}

/** Whole seconds until `until`, never below 0. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000))
}
