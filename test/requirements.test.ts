import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * What the threat model requires before 1.0 where a bound secret could be lost or leaked: how many requirements each group has,
 * which of them are only wishes, and which no test shows as a whole yet, though parts may be.
 */
const GROUPS: Readonly<Record<string, { count: number; wishes?: readonly number[]; unshown?: readonly number[] }>> = {
  BND: { count: 12 },
  NET: { count: 5 },
  VLT: { count: 15 },
  KEY: { count: 10, wishes: [9] },
  MEM: { count: 3 },
  OTP: { count: 5 },
  REL: { count: 4 },
}

/** The texts of all tests, and of what they are told from. */
function tests(): string {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(test\.tsx?|ts)$/.test(name),
  )
  const others = files.filter((name) => name !== 'requirements.test.ts')
  return others.map((name) => readFileSync(join('test', name), 'utf8')).join('\n')
}

describe('the requirements', () => {
  const text = tests()

  it.each(Object.entries(GROUPS))('of %s are each cited by the test that shows them', (group, required) => {
    const { count, wishes = [], unshown = [] } = required
    const wanted = Array.from({ length: count }, (_, i) => i + 1).filter((number) => !wishes.includes(number))
    const silent = wanted.filter((number) => !new RegExp(`\\b${group}-${number}\\b`).test(text))
    expect(silent.filter((number) => !unshown.includes(number))).toEqual([])
  })
})
