/** The longest a time step can be, and a little more. */
const LONGEST_MS = 3_700_000

/** Runs `go` at the moment `until`, unless `stillWanted` has become false by then. */
export function atNextStep(until: number, stillWanted: () => boolean, go: () => Promise<void>): void {
  const left = Math.min(Math.max(until - Date.now(), 0), LONGEST_MS)
  setTimeout(() => {
    if (stillWanted()) void go()
  }, left)
}
