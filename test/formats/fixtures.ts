import { readFileSync, readdirSync } from 'node:fs'

import type { NewEntry } from '../../src/core/entry'

/** What every encrypted fixture opens with. */
export const FIXTURE_PASSWORD = 'Prüf-Wort 42'

/** A fixture as bytes. */
export function fixture(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`test/fixtures/formats/${name}`))
}

/** The names of all fixtures, as `format/file`. */
export function fixtureNames(): string[] {
  return readdirSync('test/fixtures/formats', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.replace(/^.*formats\//, '')}/${entry.name}`)
    .toSorted()
}

type Choice = (entries: readonly NewEntry[]) => NewEntry[]

const only =
  (holds: (entry: NewEntry) => boolean): Choice =>
  (entries) =>
    entries.filter(holds)

const COMMON_HASHES: readonly string[] = ['SHA1', 'SHA256', 'SHA512']

/** What 2FAS can hold. */
export const inTwoFas = only(({ type }) => ['totp', 'hotp', 'steam'].includes(type))

/** What the Authenticator extension can hold. */
export const inTheExtension = only(
  ({ type, algorithm }) => ['totp', 'hotp', 'steam'].includes(type) && COMMON_HASHES.includes(algorithm),
)

/** What Ente can hold. */
export const inEnte = inTheExtension

/** What Google's payload can hold. */
export const inGoogle = only(
  ({ type, algorithm, digits, periodSeconds }) =>
    ['totp', 'hotp'].includes(type) &&
    COMMON_HASHES.includes(algorithm) &&
    [6, 8].includes(digits) &&
    periodSeconds === 30,
)

/** Six digits, SHA1, 30 s, issuer and name. */
export const plainTotp = only(
  ({ type, algorithm, digits, periodSeconds, issuer }) =>
    type === 'totp' && algorithm === 'SHA1' && digits === 6 && periodSeconds === 30 && issuer !== '',
)
