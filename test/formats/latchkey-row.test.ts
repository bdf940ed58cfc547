import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ImportedEntry } from '../../src/formats/format'
import { readBackupRow, writeBackupRow } from '../../src/formats/latchkey-row'
import { anyEntry } from './any-entry'

const binding = { appHost: 'https://a.example', appId: 'app', account: ' alice ', userId: 'u', phase: 'bound' } as const
const row = writeBackupRow({
  type: 'totp',
  issuer: 'Acme',
  label: 'alice',
  secret: Uint8Array.of(1, 2, 3),
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
})

const moment = fc.maxSafeNat()
const past = fc.record(
  {
    createdAt: moment,
    usedAt: moment,
    lastStepUsed: moment,
    binding: fc.record({
      appHost: fc.constant('https://a.example'),
      appId: fc.string({ minLength: 1 }),
      userPoolId: fc.string({ minLength: 1 }),
      account: fc.string(),
      userId: fc.string({ minLength: 1 }),
      phase: fc.constantFrom('associated', 'confirming', 'bound', 'unbinding', 'unbound'),
    }),
  },
  { requiredKeys: [] },
)

describe('a row of our own backup', () => {
  it('gives back what went in, to the last blank (INP-9)', () => {
    fc.assert(
      fc.property(anyEntry, past, (entry, beside) => {
        const whole = { ...entry, ...beside } as ImportedEntry
        const json: unknown = JSON.parse(JSON.stringify(writeBackupRow(whole)))
        expect(readBackupRow(json)).toEqual(whole)
      }),
    )
  })

  it.each([-1, 0.5, '5', null, 2 ** 53, {}])('takes %j for no moment', (never) => {
    expect(readBackupRow({ ...row, createdAt: never, usedAt: never, lastStepUsed: never })).toEqual(readBackupRow(row))
  })

  it.each([
    ['no host', { ...binding, appHost: '' }],
    ['no application', { ...binding, appId: undefined }],
    ['no user', { ...binding, userId: null }],
    ['an unknown phase', { ...binding, phase: 'constructor' }],
    ['nothing in it', {}],
    ['another shape', 'bound'],
  ])('takes a binding with %s for none', (_, broken) => {
    expect(readBackupRow({ ...row, binding: broken })).toEqual(readBackupRow(row))
    expect(readBackupRow({ ...row, binding })).toMatchObject({ binding })
  })
})
