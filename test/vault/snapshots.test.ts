import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import { newKey } from '../../src/crypto/keys'
import {
  type SnapshotReason,
  type StoredSnapshot,
  isDue,
  openSnapshot,
  sealSnapshot,
  tooMany,
} from '../../src/vault/snapshots'
import { newEntry, newServer } from './support'

const DAY = 86_400_000

function taken(takenAt: number, reason: SnapshotReason = 'daily', bytes = 10): StoredSnapshot {
  return { takenAt, reason, generation: 1, records: 0, sealed: new Uint8Array(bytes) }
}

describe('sealSnapshot and openSnapshot', () => {
  const records = [
    { kind: 'entry', value: newEntry({ recoveryCode: 'r', trashedAt: 3 }) },
    { kind: 'server', value: newServer() },
  ] as const
  const info = { takenAt: 1_700_000_000_000, reason: 'import', generation: 9 } as const

  it('are inverse', async () => {
    const key = newKey()
    const stored = await sealSnapshot(key, 'vault', info, records)
    expect(stored).toMatchObject({ ...info, records: 2 })
    expect(await openSnapshot(key, 'vault', stored)).toEqual(records)
  })

  it.each<[string, Partial<StoredSnapshot>]>([
    ['moment', { takenAt: 1 }],
    ['reason', { reason: 'daily' }],
    ['generation', { generation: 8 }],
    ['number of records', { records: 1 }],
    ['content', { sealed: new Uint8Array(99) }],
  ])('refuse another %s (VLT-1)', async (_what, change) => {
    const key = newKey()
    const stored = { ...(await sealSnapshot(key, 'vault', info, records)), ...change }
    await expect(openSnapshot(key, 'vault', stored)).rejects.toThrow('vault/snapshot-damaged')
  })

  it.each<[unknown]>([[null], [7], [{}], [{ ...taken(1), reason: 'whim' }], [{ ...taken(1), sealed: 'text' }]])(
    'refuse %j',
    async (stored) => {
      await expect(openSnapshot(newKey(), 'vault', stored)).rejects.toThrow('vault/snapshot-damaged')
    },
  )

  it('refuse another vault and another key', async () => {
    const key = newKey()
    const stored = await sealSnapshot(key, 'vault', info, records)
    await expect(openSnapshot(key, 'other', stored)).rejects.toThrow('vault/snapshot-damaged')
    await expect(openSnapshot(newKey(), 'vault', stored)).rejects.toThrow('vault/snapshot-damaged')
  })
})

describe('isDue', () => {
  it.each([
    [[], 5 * DAY, true],
    [[5 * DAY], 5 * DAY + 1, false],
    [[5 * DAY], 6 * DAY - 1, false],
    [[5 * DAY], 6 * DAY, true],
    [[9 * DAY], 6 * DAY, true],
  ])('of %j at %i is %s', (times, now, due) => expect(isDue(times, now)).toBe(due))
})

describe('tooMany', () => {
  it('keeps five days and three others, the newest of each', () => {
    const daily = Array.from({ length: 8 }, (_, day) => taken(day * DAY))
    const others = Array.from({ length: 5 }, (_, i) => taken(i * DAY + 1, i % 2 === 0 ? 'import' : 'passphrase'))
    const gone = tooMany([...daily.slice(0, 7), ...others], daily[7]!)
    expect([...gone].sort((a, b) => a - b)).toEqual([0, 1, DAY, DAY + 1, 2 * DAY])
  })

  it('keeps to 32 MiB, and the newest whatever its size', () => {
    const MiB = 1024 * 1024
    expect(tooMany([taken(2), taken(1)], taken(3, 'daily', 40 * MiB))).toEqual([2, 1])
    const before = [taken(2, 'import', 12 * MiB), taken(1, 'daily', 1)]
    expect(tooMany(before, taken(3, 'daily', 20 * MiB))).toEqual([1])
  })

  it('never drops the one just taken, whatever the clock said, and those before it in their order (VLT-7)', () => {
    const ahead = [902, 900, 901].map((takenAt, i) => ({ ...taken(takenAt, 'import'), sequence: i + 1 }))
    expect(tooMany(ahead, { ...taken(5, 'import'), sequence: 4 })).toEqual([902])
    const unnumbered = [902, 900, 901].map((takenAt, i) => ({ ...taken(takenAt, 'import'), generation: i + 1 }))
    expect(tooMany(unnumbered, { ...taken(5, 'import'), generation: 4 })).toEqual([902])
    expect(tooMany([...unnumbered, { ...taken(7, 'import'), sequence: 1 }], taken(5, 'import'))).toEqual([900, 902])
  })

  it('passes over what is no snapshot', () => expect(tooMany([null, 7, {}], taken(1))).toEqual([]))
})
