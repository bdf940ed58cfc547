import { defineConfig } from 'vitest/config'

/** The tests that need a real browser; kept out of the unit run because they share the machine badly with others. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // A machine that is shared may starve a browser for seconds. What fails twice has failed.
    retry: process.env['CI'] ? 1 : 0,
  },
})
