import { PbfWriter } from 'pbf'
import { describe, expect, it } from 'vitest'

import { base64ToBytes, bytesToBase64, bytesToText, textToBytes } from '../../src/core/bytes'
import type { NewEntry } from '../../src/core/entry'
import { writeExport } from '../../src/formats/index'
import { readFields } from '../../src/formats/protobuf'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { readText } from './read-as'

type Fields = Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8, Uint8Array | string | number>>

const secret = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
const row = (label: string, more: Fields = {}): Fields => ({ 1: secret, 2: label, ...more })

function write(writer: PbfWriter, fields: Fields): void {
  for (const [number, value] of Object.entries(fields)) {
    if (typeof value === 'number') writer.writeVarintField(Number(number), value)
    else writer.writeBytesField(Number(number), typeof value === 'string' ? textToBytes(value) : value)
  }
}

function payload(rows: readonly Fields[], part: Fields = { 2: 1, 3: 1, 4: 0, 5: 42 }): string {
  const writer = new PbfWriter()
  for (const fields of rows) writer.writeMessage(1, (own: Fields, message: PbfWriter) => write(message, own), fields)
  write(writer, part)
  return bytesToBase64(writer.finish())
}

const address = (...parameters: Parameters<typeof payload>): string =>
  `otpauth-migration://offline?data=${encodeURIComponent(payload(...parameters))}`

describe('a row of a transfer', () => {
  it.each<[string, Fields, Partial<NewEntry>]>([
    [
      'nothing but a secret',
      { 1: secret },
      { type: 'totp', issuer: '', label: '', algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
    ],
    ['the issuer once more in the name', row('Acme:alice ', { 3: 'Acme' }), { issuer: 'Acme', label: 'alice' }],
    ['another issuer in the name', row('Other:alice', { 3: 'Acme' }), { issuer: 'Acme', label: 'Other:alice' }],
    ['the issuer in the name alone', row('Acme: alice:x'), { issuer: 'Acme', label: 'alice:x' }],
    ['a name over 127 bytes', row('n'.repeat(300)), { label: 'n'.repeat(300) }],
    ['SHA512 and eight digits', row('x', { 4: 3, 5: 2 }), { algorithm: 'SHA512', digits: 8 }],
    ['everything unset by zeros', row('x', { 4: 0, 5: 0, 6: 0 }), { type: 'totp', algorithm: 'SHA1', digits: 6 }],
    [
      'a large counter',
      row('x', { 6: 1, 7: Number.MAX_SAFE_INTEGER }),
      { type: 'hotp', counter: Number.MAX_SAFE_INTEGER },
    ],
    ['a HOTP without a counter', row('x', { 6: 1 }), { type: 'hotp', counter: 0 }],
  ])('is read with %s', async (_what, fields, expected) => {
    const { entries, problems } = await readText(address([fields]))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([{ secret, ...expected }])
  })

  it.each<[string, Fields, string]>([
    ['MD5', row('x', { 4: 4 }), 'entry/algorithm-unsupported'],
    ['an algorithm of the future', row('x', { 4: 5 }), 'entry/algorithm-unsupported'],
    ['digits of the future', row('x', { 5: 3 }), 'entry/digits-invalid'],
    ['a type of the future', row('x', { 6: 3 }), 'entry/type-unsupported'],
    ['a counter beyond 2^53', row('x', { 6: 1, 7: 2 ** 53 }), 'entry/counter-invalid'],
    ['no secret', { 2: 'x' }, 'entry/secret-empty'],
    ['a text for a number', row('x', { 4: 'SHA1' }), 'format/row-damaged'],
  ])('is refused by name with %s (INP-9)', async (_what, fields, reason) => {
    const { entries, problems } = await readText(address([row('good'), fields]))
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'x', reason }])
  })

  it('counts once where it is there twice', async () => {
    expect((await readText(address([row('a'), row('b'), row('a')]))).entries).toHaveLength(2)
  })
})

describe('the address', () => {
  // Bytes whose Base64 has both characters that are mistaken on the way.
  const text = payload([{ 1: Uint8Array.of(0xfb, 0xef, 0xbe, 0xff, 0xff, 0xfe, 0xfb), 2: 'ÿ>>>???' }])

  it.each([
    ['as it should be', encodeURIComponent(text)],
    ['unescaped', text],
    ['with blanks for pluses', text.replaceAll('+', ' ')],
    ['with %20 for pluses', text.replaceAll('+', '%20')],
    ['without padding', text.replace(/=+$/, '')],
    ['URL-safe', text.replaceAll('+', '-').replaceAll('/', '_')],
    ['with blanks from copying', `${text.slice(0, 10)} ${text.slice(10, 20)} ${text.slice(20)}`],
    ['with more parameters', `${encodeURIComponent(text)}&x=1`],
  ])('is read %s', async (_how, data) => {
    expect(text).toMatch(/\+.*\/|\/.*\+/)
    expect((await readText(`OTPAUTH-migration://offline?data=${data}`)).entries).toHaveLength(1)
  })

  it.each(['', 'data=', 'data=%', 'data=AAAA', `data=${'A'.repeat(90_000)}`, 'data=CgU'])(
    'is damaged with "%s"',
    async (query) => {
      await expect(readText(`otpauth-migration://offline?${query}`)).rejects.toMatchObject({
        code: expect.stringMatching(/^format\/(damaged|too-costly|empty)$/) as string,
      })
    },
  )
})

describe('several parts', () => {
  const part = (label: string, index: number, parts: number, batch?: number): string =>
    address([row(label)], { 2: 1, 3: parts, 4: index, ...(batch === undefined ? {} : { 5: batch }) })
  const labels = async (...lines: string[]): Promise<[string[], string[]]> => {
    const { entries, problems } = await readText(lines.join('\n'))
    return [entries.map(({ label }) => label), problems.map((problem) => `${problem.reason} ${problem.row}`)]
  }

  it('come together in any order, with repeats', async () => {
    const [a, b, c] = [part('a', 0, 3, -5), part('b', 1, 3, -5), part('c', 2, 3, -5)]
    expect(await labels(c, a, c, b, a)).toEqual([['a', 'b', 'c'], []])
  })

  it('come together without a batch id', async () => {
    expect(await labels(part('b', 1, 2), part('a', 0, 2))).toEqual([['a', 'b'], []])
  })

  it('give what is there and name what is missing', async () => {
    expect(await labels(part('b', 1, 4, 9))).toEqual([['b'], ['format/parts-missing 1/4, 3/4, 4/4']])
  })

  it('of two exports are never taken for one', async () => {
    const missing = ['format/parts-missing 2/2', 'format/parts-missing 1/2']
    expect(await labels(part('a', 0, 2, 1), part('b', 1, 2, 2))).toEqual([['a', 'b'], missing])
    expect(await labels(part('a', 0, 2), part('x', 0, 2))).toEqual([
      ['a', 'x'],
      ['format/parts-missing 2/2', 'format/parts-missing 2/2'],
    ])
  })

  it('lose one that cannot be read, and are read beside addresses of single accounts', async () => {
    const single = 'otpauth://totp/single?secret=AAAA'
    expect(await labels(part('a', 0, 1), 'otpauth-migration://offline?data=A', single)).toEqual([
      ['a', 'single'],
      ['format/row-damaged 2'],
    ])
  })
})

describe('writing', () => {
  it('puts at most ten into a part, all with one positive batch id', async () => {
    const [entry] = REFERENCE_ENTRIES
    const entries = Array.from({ length: 25 }, (_, i) => ({ ...(entry as NewEntry), label: `n${i}` }))
    const { bytes } = await writeExport('google', entries)
    const lines = (bytesToText(bytes) ?? '').trim().split('\n')
    const parts = lines.map((line) =>
      readFields(base64ToBytes(decodeURIComponent(line.replace(/^.*data=/, ''))) ?? new Uint8Array()),
    )
    const values = (number: number): unknown[] =>
      parts.map((fields) => fields.find((field) => field.number === number)?.value)
    expect(parts.map((fields) => fields.filter(({ number }) => number === 1).length)).toEqual([10, 10, 5])
    expect([values(2), values(3), values(4)]).toEqual([
      [1n, 1n, 1n],
      [3n, 3n, 3n],
      [0n, 1n, 2n],
    ])
    expect(new Set(values(5)).size).toBe(1)
    expect(Number(values(5)[0])).toBeGreaterThan(0)
    expect(Number(values(5)[0])).toBeLessThan(2 ** 31)
    expect((await readText(lines.toReversed().join('\n'))).entries).toEqual(entries)
  })

  it('begins another export where one would have more than a hundred parts (INP-2)', async () => {
    const [entry] = REFERENCE_ENTRIES
    const entries = Array.from({ length: 1001 }, (_, i) => ({ ...(entry as NewEntry), label: `n${i}` }))
    const { bytes } = await writeExport('google', entries)
    const { entries: back, problems } = await readText(bytesToText(bytes) ?? '')
    expect(back).toEqual(entries)
    expect(problems).toEqual([])
  })
})
