/** What one benchmark found: figures by name, and whether each goal was met. */
export interface Findings {
  readonly figures: Readonly<Record<string, number>>
  readonly goals: readonly Goal[]
}

export interface Goal {
  readonly name: string
  readonly figure: number
  /** What the figure must not pass, or must reach. */
  readonly most?: number
  readonly least?: number
}

/** A benchmark: measures everything it compares in one run, and prints its tables as it goes. */
export type Bench = () => Promise<Findings>

export function isMet({ figure, most = Infinity, least = -Infinity }: Goal): boolean {
  return figure <= most && figure >= least
}

/** The middle of some figures; NaN of none. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5)
}

/** The figure that a share of all does not pass. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
