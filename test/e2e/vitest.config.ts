import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest begins first, so that the workers end together; the rest fills up what is left, shortest last. */
const LONGEST = [
  'screens',
  'tour',
  'scan',
  'fill',
  'teach',
  'transfer',
  'faults',
  'lock',
  'profile',
  'damage',
  'network',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const at = LONGEST.indexOf(basename(moduleId, '.test.ts'))
  return at < 0 ? LONGEST.length : at
}

/** The tests that need a real browser; kept out of the unit run because they share the machine badly with others. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Much of a test in a browser is waiting; more than two browsers at once starve each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A machine that is shared may starve a browser for seconds. What fails twice has failed.
    retry: process.env['CI'] ? 1 : 0,
  },
})
