import { gzipSync, zipSync, zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { openArchive, readMember } from '../../src/formats/archive'
import { openFile } from '../../src/formats/foreign-file'
import { readImport } from '../../src/formats/index'
import { gunzip, inflateRaw } from '../../src/formats/inflate'
import { FILE_LIMITS, checkFileSize, checkRowCount, isNestedTooDeeply } from '../../src/formats/limits'
import { cpuTime } from './cpu-time'

const costly = { code: 'format/too-costly' }
const MIB = 1024 * 1024
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const lines = (count: number): Uint8Array =>
  textToBytes(Array.from({ length: count }, (_, i) => `otpauth://totp/${i}?secret=AAAA\n`).join(''))

describe('files over the limit (INP-2)', () => {
  it('are refused from one byte over 10 MiB on', () => {
    expect(() => checkFileSize(new Uint8Array(FILE_LIMITS.fileBytes))).not.toThrow()
    expect(() => checkFileSize(new Uint8Array(FILE_LIMITS.fileBytes + 1))).toThrow('format/too-costly')
  })

  it('are refused from the 10,001st row on', async () => {
    expect(() => checkRowCount(10_000)).not.toThrow()
    expect((await readImport(lines(10_000))).entries).toHaveLength(10_000)
    await expect(readImport(lines(10_001))).rejects.toMatchObject(costly)
  })

  it('are refused from the 65th level of nesting on', () => {
    expect(isNestedTooDeeply(nested(64))).toBe(false)
    expect(isNestedTooDeeply(nested(65))).toBe(true)
    expect(isNestedTooDeeply(JSON.stringify({ text: `\\"${'['.repeat(100)}` }))).toBe(false)
    expect(() => openFile(textToBytes(nested(64)))).not.toThrow()
    expect(() => openFile(textToBytes(nested(100_000)))).toThrow('format/too-costly')
  })

  it.each(['["', '[\\', '{"a":"', '\\"', '"', '[]', '{}'])('are judged soon, even if %s is all there is', (piece) => {
    const bytes = textToBytes(`["${piece.repeat(MIB)}`)
    const start = cpuTime()
    try {
      expect(openFile(bytes).json).toBeUndefined()
    } catch (error) {
      expect(error).toMatchObject(costly)
    }
    expect(cpuTime() - start).toBeLessThan(1000)
  })
})

describe('inflating (INP-5)', () => {
  const zeros = new Uint8Array(20 * MIB)
  const raw = zlibSync(zeros).slice(2, -4)
  const zipped = gzipSync(zeros)

  it('gives back what was deflated', async () => {
    const text = textToBytes('two words '.repeat(10_000))
    expect(await inflateRaw(zlibSync(text).slice(2, -4))).toEqual(text)
    expect(await gunzip(gzipSync(text))).toEqual(text)
  })

  it('stops a bomb long before its end', async () => {
    const start = cpuTime()
    await expect(inflateRaw(raw)).rejects.toMatchObject(costly)
    await expect(gunzip(zipped)).rejects.toMatchObject(costly)
    expect(cpuTime() - start).toBeLessThan(1000)
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['half of it', raw.subarray(0, 10)],
    ['noise', Uint8Array.from({ length: 64 }, (_, i) => (i * 37) & 255)],
  ])('calls %s damaged', async (_what, bytes) => {
    await expect(inflateRaw(new Uint8Array(bytes))).rejects.toMatchObject({ code: 'format/damaged' })
  })
})

describe('archives (INP-5)', () => {
  const zip = (count: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(zipSync(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, textToBytes('x')]))))

  it('list what is in them and open it', async () => {
    const { members } = openArchive(zip(3))
    expect(members.map(({ name }) => name)).toEqual(['0.txt', '1.txt', '2.txt'])
    expect(await Promise.all(members.map(readMember))).toEqual(Array.from({ length: 3 }, () => textToBytes('x')))
  })

  it('are refused from the 1,001st member on', () => {
    expect(openArchive(zip(1000)).members).toHaveLength(1000)
    expect(() => openArchive(zip(1001))).toThrow('format/too-costly')
  })

  it('are damaged where their lengths lie, wherever that is', () => {
    const whole = zip(2)
    for (let length = 0; length < whole.length; length++) {
      expect(() => openArchive(whole.slice(0, length)), `${length} bytes`).toThrow('format/damaged')
    }
    for (let at = 0; at < whole.length; at++) {
      const broken = whole.slice()
      broken[at] = 0xff
      try {
        openArchive(broken)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^format\//) as string })
      }
    }
  })
})
