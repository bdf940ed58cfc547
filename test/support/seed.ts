import fc from 'fast-check'

/** `SEED` repeats the properties of one run, `SOAK` multiplies the cases of those that name no number of their own. */
const { SEED, SOAK } = process.env
fc.configureGlobal({
  ...(SEED ? { seed: Number(SEED) } : {}),
  ...(SOAK ? { numRuns: 100 * Number(SOAK) } : {}),
})
