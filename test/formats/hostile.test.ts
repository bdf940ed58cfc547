import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import { importFormats, readImport } from '../../src/formats/index'
import { seeded } from '../support/seeded'
import { cpuTime } from './cpu-time'
import { FIXTURE_PASSWORD, fixture, fixtureNames } from './fixtures'
import { mutateBytes, mutateJson } from './mutate'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000)
const SEED = Number(process.env['SEED'] ?? 5)
const WITH_PASSWORD = 2

const formats = [...new Set(fixtureNames().map((name) => name.slice(0, name.indexOf('/'))))].filter((name) =>
  importFormats.includes(name),
)

/** A value, or a typed error that does not hide a mistake of ours; and how long it took. */
async function check(bytes: Uint8Array, options: { password?: string } = {}): Promise<number> {
  const start = cpuTime()
  try {
    await readImport(bytes, options)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (isOurMistake(error.cause)) throw error.cause
  }
  return cpuTime() - start
}

/** A program's error out of our own code, not out of a library's. */
function isOurMistake(cause: unknown): boolean {
  const [, place = ''] = cause instanceof Error ? (cause.stack ?? '').split(/\n\s+at /) : []
  return place.includes('/src/formats/') && !(cause instanceof AppError)
}

function mutated(source: Uint8Array, random: (limit: number) => number): Uint8Array {
  const text = new TextDecoder().decode(source)
  const json = /^[[{]/.test(text)
  return json && random(2) === 0 ? new TextEncoder().encode(mutateJson(text, random)) : mutateBytes(source, random)
}

const prototypes = (): string[] =>
  [Object.prototype, Array.prototype, String.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype))

describe.each(formats)('reading mutated files of %s', (format) => {
  it(`ends ${RUNS} times in a value or a typed error, soon, and changes no prototype (INP-1)`, async () => {
    const sources = fixtureNames()
      .filter((name) => name.startsWith(`${format}/`))
      .map(fixture)
    const random = seeded(SEED)
    const before = prototypes()
    const times: number[] = []
    for (let i = 0; i < RUNS; i++)
      times.push(await check(mutated(sources[i % sources.length] ?? new Uint8Array(), random)))
    times.sort((a, b) => a - b)
    expect(prototypes()).toEqual(before)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(times.at(-1)).toBeLessThan(1000)
    expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(50)
  })
})

it('ends in a value or a typed error with a password, too (INP-1)', async () => {
  const random = seeded(SEED)
  for (const name of fixtureNames().filter((file) => file.includes('encrypted'))) {
    for (let i = 0; i < WITH_PASSWORD; i++) await check(mutated(fixture(name), random), { password: FIXTURE_PASSWORD })
  }
})
