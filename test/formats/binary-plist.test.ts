import { describe, expect, it } from 'vitest'

import { Uid, isBinaryPlist, readBinaryPlist } from '../../src/formats/binary-plist'

/** A list of the given objects in hexadecimal, one byte for each reference and offset. */
function plist(...objects: string[]): Uint8Array {
  const body = objects.join('')
  const offsets = objects.map((_, i) => (8 + objects.slice(0, i).join('').length / 2).toString(16).padStart(2, '0'))
  const table = 8 + body.length / 2
  const number = (value: number): string => value.toString(16).padStart(16, '0')
  const trailer = `0000000000000101${number(objects.length)}${number(0)}${number(table)}`
  return new Uint8Array(
    Buffer.from(`${Buffer.from('bplist00').toString('hex')}${body}${offsets.join('')}${trailer}`, 'hex'),
  )
}

describe('readBinaryPlist', () => {
  it.each<[string, string[], unknown]>([
    ['an empty list', ['a0'], []],
    ['numbers', ['a3010203', '1007', '110100', '233ff8000000000000'], [7, 256, 1.5]],
    ['truths', ['a3010203', '08', '09', '00'], [false, true, null]],
    ['texts', ['a20102', '5161', '6100e4'], ['a', 'ä']],
    ['bytes', ['43010203'], Uint8Array.of(1, 2, 3)],
    ['a long text', [`5f1010${'61'.repeat(16)}`], 'a'.repeat(16)],
    ['a dictionary', ['d10102', '5161', '1001'], { a: 1 }],
    ['a pointer', ['8005'], new Uid(5)],
  ])('reads %s', (_, objects, value) => expect(readBinaryPlist(plist(...objects))).toEqual(value))

  it('takes a key such as __proto__ as a name', () => {
    const read = readBinaryPlist(plist('d10102', '595f5f70726f746f5f5f', 'd10304', '5161', '1001')) as object
    expect(Object.keys(read)).toEqual(['__proto__'])
    expect(({} as { a?: number }).a).toBeUndefined()
  })

  it.each([
    ['a list that holds itself', ['a100'], 'format/damaged'],
    ['a reference to nothing', ['a109'], 'format/damaged'],
    ['a list longer than the file', ['af12ffffffff'], 'format/damaged'],
    ['bytes longer than the file', ['4f12ffffffff'], 'format/damaged'],
    ['a number of 2^15 bytes', ['1f'], 'format/damaged'],
    [
      'lists in lists in lists, ten each',
      [...Array.from({ length: 9 }, (_, i) => `aa${`0${i + 1}`.repeat(10)}`), '1001'],
      'format/too-costly',
    ],
  ])('refuses %s', (_, objects, code) => {
    expect(() => readBinaryPlist(plist(...objects))).toThrow(expect.objectContaining({ code }))
  })
})

it('isBinaryPlist looks at the mark', () => {
  expect(isBinaryPlist(plist('a0'))).toBe(true)
  expect(isBinaryPlist(new Uint8Array(40))).toBe(false)
})
