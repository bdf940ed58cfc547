import * as fc from 'fast-check'

import { ENTRY_DEFAULTS, type NewEntry } from '../../src/core/entry'
import type { ImportedEntry } from '../../src/formats/format'

const TRAPS = [
  ':',
  '::',
  '#EXT#@',
  '%',
  '%41',
  '+',
  '&',
  '=',
  '?',
  '/',
  '"',
  "'",
  '<b>',
  '\\',
  ',',
  ';',
  '\n',
  'null',
  '测试',
  '🔑',
  '__proto__',
]

/** A name as people and programs write them, without blanks at its ends. */
const name = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom(...TRAPS)), { maxLength: 4 })
  .map((parts) => parts.join('').trim())

const secret = (minLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength: 64 })
const pin = fc.stringMatching(/^\d{1,8}$/)
const names = { issuer: name, label: name }
const hashes = { algorithm: fc.constantFrom('SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512') }
// The usual numbers often, so that narrow formats have something to hold.
const digits = fc.oneof(fc.constant(6), fc.constant(8), fc.integer({ min: 5, max: 10 }))
const periodSeconds = fc.oneof(fc.constant(30), fc.integer({ min: 1, max: 3600 }))
const counter = fc.maxSafeNat()

/** Any entry that can be stored. */
export const anyEntry = fc.oneof(
  fc.record({ type: fc.constant('totp'), ...names, secret: secret(1), ...hashes, digits, periodSeconds }),
  fc.record({
    type: fc.constant('hotp'),
    ...names,
    secret: secret(1),
    ...hashes,
    digits,
    periodSeconds: fc.constant(30),
    counter,
  }),
  fc
    .record({ type: fc.constant('steam'), ...names, secret: secret(1) })
    .map((parts) => ({ ...parts, ...ENTRY_DEFAULTS.steam })),
  fc
    .record({ type: fc.constant('motp'), ...names, secret: secret(1), pin, digits, periodSeconds })
    .map((parts) => ({ ...parts, algorithm: 'MD5' })),
  fc
    .record({ type: fc.constant('yandex'), ...names, secret: secret(16), pin })
    .map((parts) => ({ ...parts, ...ENTRY_DEFAULTS.yandex })),
) as fc.Arbitrary<NewEntry>

/** Several of them, each with a name of its own. */
export const anyEntries = fc
  .array(anyEntry, { minLength: 1, maxLength: 24 })
  .map((entries) => entries.map((entry, i) => ({ ...entry, label: `${entry.label}(${i})` })))

const words = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('Work', 'Home', 'a, b', 'x/y') }, name), {
  maxLength: 3,
})
const textsBeside = words.map((texts) => [...new Set(texts.filter((text) => text !== ''))])

/** Several entries with what travels beside them: groups, a note, the pin, sites, now and then a recovery code. */
export const entriesWithBeside: fc.Arbitrary<ImportedEntry[]> = fc
  .array(
    fc.tuple(
      anyEntry,
      fc.record({
        groups: textsBeside,
        note: name,
        favourite: fc.boolean(),
        sites: fc.array(fc.constantFrom('https://a.example', 'https://b.example', 'c.example')),
        recoveryCode: fc.constantFrom('', '', 'r-1'),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pairs) =>
    pairs.map(([entry, { groups, note, favourite, sites, recoveryCode }], i) => ({
      ...entry,
      label: `${entry.label}(${i})`,
      ...(groups.length > 0 ? { groups } : {}),
      ...(note ? { note } : {}),
      ...(favourite ? { favourite } : {}),
      ...(sites.length > 0 ? { sites: [...new Set(sites)] } : {}),
      ...(recoveryCode ? { recoveryCode } : {}),
    })),
  )
