import type { DemoKind } from '../settings'

/** The demo account of the tour, and its code of this moment. */
export interface DemoView {
  kind: DemoKind
  code: string
  validFrom: number
  /** In epoch milliseconds, exclusive. */
  validUntil: number
}

/** An account made up for the tour. It never enters the vault, and ends with the lock. */
export interface DemoCalls {
  /** Null while there is none. */
  demo(): DemoView | null
  /** Makes one, in place of the one before. Throws `vault/locked`. */
  startDemo(kind: DemoKind): DemoView
  /** Whether the demo site takes this code. */
  signInToDemo(code: string): boolean
  /** Leaves nothing behind. */
  endDemo(): void
}
