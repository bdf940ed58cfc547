import { expect, it } from 'vitest'

import { bytesToText, textToBytes } from '../../src/core/bytes'
import { formatOtpauthUri } from '../../src/core/otpauth-uri'
import { readImport, writeExport } from '../../src/formats/index'
import { scanImage } from '../../src/scan/scan'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { seeded } from '../support/seeded'
import { describeReader } from './describe-reader'
import { mutated, readAll } from './fuzz'

describeReader('html', [
  {
    file: 'stratum-1-plain.html',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])

const [first] = REFERENCE_ENTRIES

it('gives back what it wrote', async () => {
  const { bytes, problems } = await writeExport('html', REFERENCE_ENTRIES)
  expect(await readImport(bytes)).toEqual({ format: 'html', entries: REFERENCE_ENTRIES, problems })
})

it('holds no script, no source and no markup of strangers (INP-8)', async () => {
  const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;`
  const { bytes } = await writeExport('html', [
    { ...first!, issuer: hostile, label: hostile, note: hostile, groups: [hostile] },
  ])
  const page = bytesToText(bytes) ?? ''
  expect(page).not.toMatch(/<script|<img|https?:/)
  expect(
    page
      .match(/<(?!\/)([a-z0-9!]+)/g)
      ?.filter((tag) => !/^<(!doctype|html|head|meta|title|style|body|h1|h2|p|section|svg|path|div|code)$/.test(tag)),
  ).toEqual([])
  expect((await readImport(bytes)).entries).toMatchObject([{ issuer: hostile, label: hostile }])
})

it('draws codes that a scanner reads', async () => {
  const entries = REFERENCE_ENTRIES.slice(0, 3)
  const page = bytesToText((await writeExport('html', entries)).bytes) ?? ''
  const drawings = [...page.matchAll(/<svg viewBox="0 0 (\d+) \d+".*?<path d="([^"]*)"/g)]
  const texts = await Promise.all(drawings.map(([, size, path]) => scanImage(painted(Number(size), path ?? ''))))
  expect(texts.flat()).toEqual(entries.map(formatOtpauthUri))
}, 30_000)

it('reads addresses out of another program’s page, written with entities', async () => {
  const page =
    '<!DOCTYPE html><table><tr><td><code>otpauth://totp/A%20B:c?secret=JBSWY3DP&amp;issuer=A%20B&#38;digits=8</code></table>'
  const { format, entries } = await readImport(textToBytes(page))
  expect({ format, entries }).toMatchObject({ format: 'html', entries: [{ issuer: 'A B', label: 'c', digits: 8 }] })
})

it('takes apostrophes for what they are, in text and around the value of an attribute', async () => {
  const rest = "Bob's:c?secret=JBSWY3DP&amp;issuer=Bob's"
  const { entries } = await readImport(
    textToBytes(`<html><a href='otpauth://totp/d?secret=JBSWY3DP'></a><code>otpauth://totp/${rest}</code>`),
  )
  expect(entries).toMatchObject([{ label: 'd' }, { issuer: "Bob's", label: 'c' }])
})

it('does not take a page without addresses for its own', async () => {
  await expect(readImport(textToBytes('<!doctype html><p>Hello</p>'))).rejects.toMatchObject({ code: 'format/unknown' })
})

it('ends in a value or a typed error whatever happens to the file (INP-1)', async () => {
  const { bytes } = await writeExport('html', REFERENCE_ENTRIES.slice(0, 1))
  const random = seeded(7)
  await readAll(2000, () => mutated(bytes, random))
}, 60_000)

const SCALE = 4

/** The drawing as pixels. */
function painted(size: number, path: string): { data: Uint8ClampedArray; width: number; height: number } {
  const width = size * SCALE
  const data = new Uint8ClampedArray(4 * width * width).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < SCALE; row++) {
      const at = (Number(y) * SCALE + row) * width + Number(x) * SCALE
      for (let i = 0; i < Number(length) * SCALE; i++) data.fill(0, 4 * (at + i), 4 * (at + i) + 3)
    }
  }
  return { data, width, height: width }
}
