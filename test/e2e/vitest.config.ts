import { defineConfig } from 'vitest/config'

/** The tests that need a real browser; kept out of the unit run because they share the machine badly with others. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Much of a test in a browser is waiting; more than two browsers at once starve each other.
    maxWorkers: 2,
    // A machine that is shared may starve a browser for seconds. What fails twice has failed.
    retry: process.env['CI'] ? 1 : 0,
  },
})
