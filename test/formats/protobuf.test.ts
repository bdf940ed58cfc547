import * as fc from 'fast-check'
import { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'

import { hexToBytes } from '../../src/core/bytes'
import { AppError } from '../../src/core/errors'
import { readFields, writeFields } from '../../src/formats/protobuf'

const number = fc.integer({ min: 1, max: 10_000 })
const field = fc.oneof(
  fc.record({ kind: fc.constant('varint' as const), number, value: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('bytes' as const), number, value: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ kind: fc.constant('fixed32' as const), number, value: fc.nat() }),
)

describe('readFields', () => {
  it('reads what a reference encoder writes (INP-3)', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
        const writer = new PbfWriter()
        for (const one of fields) {
          if (one.kind === 'varint') writer.writeVarintField(one.number, one.value)
          else if (one.kind === 'bytes') writer.writeBytesField(one.number, one.value)
          else writer.writeFixed32Field(one.number, one.value)
        }
        const read = readFields(new Uint8Array(writer.finish()))
        expect(read.map((one) => one.number)).toEqual(fields.map((one) => one.number))
        for (const [i, { value }] of read.entries()) {
          const wanted = fields[i]
          if (wanted?.kind === 'varint') expect(value).toBe(BigInt(wanted.value))
          if (wanted?.kind === 'bytes') expect(value).toEqual(new Uint8Array(wanted.value))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['a negative number, which takes ten bytes', '08ffffffffffffffffff01', 2n ** 64n - 1n],
    ['a varint longer than it must be', '088000', 0n],
  ])('reads %s', (_what, hex, value) => {
    expect(readFields(hexToBytes(hex) ?? new Uint8Array())).toEqual([{ number: 1, value }])
  })

  it.each([
    ['a varint that never ends', '08ffff'],
    ['a varint of eleven bytes', '08ffffffffffffffffffff01'],
    ['a varint over 64 bits', '08ffffffffffffffffff02'],
    ['a length beyond the end', '0a05010203'],
    ['a length near 2^64', '0affffffffffffffffff01'],
    ['a field without a number', '0001'],
    ['the end of a group', '0c'],
    ['half a fixed number', '0d010203'],
    ['a tag alone', '08'],
  ])('refuses %s (INP-3)', (_what, hex) => {
    const read = (): unknown => readFields(hexToBytes(hex) ?? new Uint8Array())
    expect(read).toThrow(AppError)
    expect(read).toThrow('format/damaged')
  })
})

describe('writeFields', () => {
  it('writes what the reference encoder writes', () => {
    const writer = new PbfWriter()
    writer.writeVarintField(7, Number.MAX_SAFE_INTEGER)
    writer.writeBytesField(300, Uint8Array.of(1, 2, 3))
    const own = writeFields([
      [7, Number.MAX_SAFE_INTEGER],
      [9, undefined],
      [300, Uint8Array.of(1, 2, 3)],
    ])
    expect(own).toEqual(new Uint8Array(writer.finish()))
  })
})
