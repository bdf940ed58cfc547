/** For what the browser's events set off and nobody waits for: a failure ends here, and whoever opens a page of ours reads how things are. */
export function unasked(work: Promise<unknown> | undefined): void {
  work?.catch(() => undefined)
}
