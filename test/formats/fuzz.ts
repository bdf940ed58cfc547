import { expect } from 'vitest'

import { AppError } from '../../src/core/errors'
import { readImport } from '../../src/formats/index'
import { cpuTime } from './cpu-time'
import { mutateBytes, mutateJson } from './mutate'

const LONG = process.env['SOAK'] !== undefined

/** How many accidents every reader sees: ten thousand in the gate, a hundred thousand in the soak. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? (LONG ? 100_000 : 10_000))
export const FUZZ_TIMEOUT_MS = LONG ? 3_600_000 : 180_000
export const FUZZ_SEED = Number(process.env['SEED'] ?? 5)

/** The format of a fixture, and whether its name says that it wants a password. */
export function formatOf(name: string): string {
  return name.slice(0, name.indexOf('/'))
}

/** A file as accidents and attackers leave it. */
export function mutated(source: Uint8Array, random: (limit: number) => number): Uint8Array {
  const text = new TextDecoder().decode(source)
  const json = /^[[{]/.test(text)
  return json && random(2) === 0 ? new TextEncoder().encode(mutateJson(text, random)) : mutateBytes(source, random)
}

/** Reads files one after the other: each ends in a value or a typed error within a second, and changes no prototype. */
export async function readAll(
  count: number,
  next: (index: number) => Uint8Array,
  options: { password?: string } = {},
): Promise<void> {
  const before = prototypes()
  const times: number[] = []
  for (let i = 0; i < count; i++) times.push(await timeToRead(next(i), options))
  times.sort((a, b) => a - b)
  expect(prototypes()).toEqual(before)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(times.at(-1)).toBeLessThan(1000)
  expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(50)
}

/** The names that all values have; anything more is pollution. */
export function prototypes(): string[] {
  return [Object.prototype, Array.prototype, String.prototype].flatMap((prototype) =>
    Object.getOwnPropertyNames(prototype),
  )
}

/** Throws what is no typed error, and what a typed error hides of mistakes of ours. */
async function timeToRead(bytes: Uint8Array, options: { password?: string }): Promise<number> {
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
