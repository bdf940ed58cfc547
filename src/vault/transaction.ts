type Results<Starts> = { [Index in keyof Starts]: Starts[Index] extends () => infer Result ? Awaited<Result> : never }

/** All requests of a step, started at once. One that throws on the spot fails like the others, and leaves none of them unheard. */
export function together<Starts extends readonly (() => unknown)[]>(starts: Starts): Promise<Results<Starts>> {
  return Promise.all(starts.map(async (start) => start())) as unknown as Promise<Results<Starts>>
}

/** The commit, as one more thing to wait for (VLT-6). */
export function done(tx: { readonly done: Promise<void> }): () => Promise<void> {
  return () => tx.done
}

interface Putting {
  put(value: unknown, key: number): Promise<unknown>
}

/** One put for each, to be started with the others of its step. */
export function puts(store: Putting, values: ReadonlyMap<number, unknown> = new Map()): (() => Promise<unknown>)[] {
  return [...values].map(
    ([key, value]) =>
      () =>
        store.put(value, key),
  )
}

/** Takes back what a failed step has begun; without it, the writes before the one that failed would be committed (VLT-9). */
export function abortQuietly(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // Already aborted by the failure itself.
  }
}
