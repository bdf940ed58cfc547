import { describe, expect, it } from 'vitest'

import { isJavaStream, readJavaMap } from '../../src/formats/java-map'

const head = 'aced000573720011' + Buffer.from('java.util.HashMap').toString('hex') + '0507dac1c31660d103'
const loadFactor = '46000a' + Buffer.from('loadFactor').toString('hex')
const threshold = '490009' + Buffer.from('threshold').toString('hex')
const size = (count: number): string => '770800000010' + count.toString(16).padStart(8, '0')
const text = (value: string): string =>
  '74' + Buffer.byteLength(value).toString(16).padStart(4, '0') + Buffer.from(value).toString('hex')
const both = `${head}0002${loadFactor}${threshold}78703f4000000000000c`

function read(hex: string): Record<string, string> {
  return Object.fromEntries(readJavaMap(new Uint8Array(Buffer.from(hex, 'hex'))))
}

describe('readJavaMap', () => {
  it.each([
    ['both fields', both],
    ['the load factor alone', `${head}0001${loadFactor}78703f400000`],
    ['the threshold alone', `${head}0001${threshold}78700000000c`],
  ])('reads a map with %s', (_, start) => {
    expect(read(`${start}${size(2)}${text('a')}${text('ä')}${text('b')}${text('')}78`)).toEqual({ a: 'ä', b: '' })
  })

  it('reads long texts and references to earlier ones', () => {
    const long = '7c0000000000000003' + Buffer.from('xyz').toString('hex')
    expect(read(`${both}${size(2)}${text('a')}${long}${text('b')}71007e0003`)).toEqual({ a: 'xyz', b: 'xyz' })
  })

  it.each([
    ['another class', head.replace(Buffer.from('HashMap').toString('hex'), Buffer.from('TreeMap').toString('hex'))],
    ['a field of another type', `${head}0001${loadFactor.replace(/^46/, '4a')}7870`],
    ['fewer pairs than it says', `${both}${size(3)}${text('a')}${text('b')}`],
    ['a text longer than the file', `${both}${size(1)}74ffff61`],
    ['a long text of 2^32 bytes', `${both}${size(1)}7c0000000100000000`],
    ['text that is no UTF-8', `${both}${size(1)}740001ff`],
    ['an object instead of a text', `${both}${size(1)}73`],
  ])('says damaged of %s', (_, hex) => {
    expect(() => read(hex)).toThrow(expect.objectContaining({ code: 'format/damaged' }))
  })

  it('refuses a count beyond all reason before anything is read (INP-2)', () => {
    expect(() => read(`${both}${size(0xffff_ffff)}`)).toThrow(expect.objectContaining({ code: 'format/too-costly' }))
  })
})

it('isJavaStream looks at the first four bytes', () => {
  expect(isJavaStream(new Uint8Array(Buffer.from(head, 'hex')))).toBe(true)
  expect(isJavaStream(new Uint8Array(Buffer.from('aced0006000000', 'hex')))).toBe(false)
  expect(isJavaStream(new Uint8Array(2))).toBe(false)
})
