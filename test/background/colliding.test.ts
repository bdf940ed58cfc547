import { beforeEach, describe, expect, it } from 'vitest'
import { addEntry, allEntries } from '../../src/background/entries'
import { importEntries } from '../../src/background/transfer'
import { encodeBase32 } from '../../src/core/base32'
import { seeded } from '../support/seeded'
import { openEmptyVault } from './open-vault'

const NOW = 1_700_000_010_000
/** `SOAK` multiplies the rounds. */
const ROUNDS = 8 * Number(process.env['SOAK'] ?? 1)
const PAIRS = 250

beforeEach(openEmptyVault)

/** The same name to somebody who reads it, in other characters. */
const DRESSINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFC'),
  (name) => ` ${name} `,
  (name) => name.replace(' ', '\u00a0'),
  (name) => `${name}\u200b`,
  (name) => name.replace('a', '\u0430'),
]
const NAMES = ['Café zürich', 'Bank a', 'ﬁnance ☕', 'a']

describe('names that collide', () => {
  it(`cost no secret, in ${ROUNDS * PAIRS} pairs (BND-8)`, { timeout: 900_000 }, async () => {
    const below = seeded(8)
    const secretOf = (): string => encodeBase32(Uint8Array.from({ length: 20 }, () => below(256)))
    for (let round = 0; round < ROUNDS; round++) {
      await openEmptyVault()
      const name = () => DRESSINGS[below(DRESSINGS.length)]?.(NAMES[below(NAMES.length)] ?? '') ?? ''
      const key = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
      const drafts = Array.from({ length: 2 * PAIRS }, () => {
        const [issuer, label] = [name(), name()]
        return { ...key, issuer, label, secret: secretOf(), sites: [] }
      })
      const half = drafts.slice(0, PAIRS)
      await importEntries(half, NOW)
      const before = await allEntries()
      await importEntries(drafts, NOW + 1)
      await addEntry({ ...key, issuer: ' Bank a', label: 'a', secret: secretOf(), site: '' }, NOW + 2)
      const after = await allEntries()
      const ids = new Map(after.map((entry) => [entry.id, encodeBase32(entry.secret)]))
      expect(before.every((entry) => ids.get(entry.id) === encodeBase32(entry.secret))).toBe(true)
      const held = new Set(ids.values())
      expect(drafts.filter(({ secret }) => !held.has(secret))).toEqual([])
      expect(after).toHaveLength(2 * PAIRS + 1)
    }
  })
})
