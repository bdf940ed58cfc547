import { afterEach, describe, expect, it, vi } from 'vitest'

import { bytesToText, textToBytes } from '../../src/core/bytes'
import { FORMATS, exportFormats, readImport } from '../../src/formats/index'
import { writeProven } from '../../src/formats/prove'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

const password = 'reeds in the wind'

afterEach(() => vi.restoreAllMocks())

/** Lets a format write what `change` makes of its text. */
function broken(name: string, change: (text: string) => string): void {
  const format = FORMATS.find((one) => one.name === name)
  const write = format?.write?.bind(format)
  if (!format || !write) throw new Error(name)
  vi.spyOn(format as Required<typeof format>, 'write').mockImplementation(async (...args) => {
    const { bytes, problems } = await write(...args)
    return { bytes: textToBytes(change(bytesToText(bytes) ?? '')), problems }
  })
}

describe('writeProven', () => {
  it.each(exportFormats)(
    'finds nothing to say of what %s writes, beyond what it said itself (INP-9)',
    async (format) => {
      const { bytes, problems } = await writeProven(format, REFERENCE_ENTRIES, { password })
      expect(problems.filter(({ reason }) => reason === 'format/not-proven')).toEqual([])
      const { entries } = await readImport(bytes, { password })
      expect(new Set([...entries, ...problems]).size).toBeGreaterThanOrEqual(REFERENCE_ENTRIES.length)
    },
  )

  it.each<[string, (text: string) => string]>([
    ['an account is missing', (text) => text.replace(/^.*\n/, '')],
    ['a secret is another', (text) => text.replace(/secret=[A-Z2-7]{4}/, 'secret=AAAA')],
    ['a name is another', (text) => text.replace('issuer=', 'issuer=X')],
    ['a period is another', (text) => text.replace(/period=\d+/, 'period=31')],
    ['an account cannot be read', (text) => text.replace('algorithm=SHA', 'algorithm=CRC')],
  ])('names the one account where %s', async (_, change) => {
    broken('otpauth', change)
    const { problems } = await writeProven('otpauth', REFERENCE_ENTRIES, {})
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ reason: 'format/not-proven' })
  })

  it('names the account whose note, tags or pin is another, but for what was said to be lost', async () => {
    const beside = { note: 'mine', groups: ['Work'], favourite: true, sites: ['https://a.example'] }
    const entries = REFERENCE_ENTRIES.slice(0, 2).map((entry) => ({ ...entry, ...beside }))
    const said = entries.map(({ issuer, label }) => ({ row: `${issuer} ${label}`, reason: 'format/sites-not-held' }))
    expect((await writeProven('aegis', entries, {})).problems).toEqual(said)
    broken('aegis', (text) => text.replace('"mine"', '"yours"'))
    const { problems } = await writeProven('aegis', entries, {})
    expect(problems).toEqual([...said, { row: said[0]?.row, reason: 'format/not-proven' }])
  })

  it('reads again what is larger than any stranger’s file may be', async () => {
    const [entry] = REFERENCE_ENTRIES
    const many = Array.from({ length: 3500 }, (_, i) => ({ ...entry!, label: `${'漢'.repeat(330)}${i}` }))
    const { bytes, problems } = await writeProven('otpauth', many, {})
    expect(bytes.length).toBeGreaterThan(10 * 1024 * 1024)
    expect(problems).toEqual([])
  }, 60_000)

  it('names every account of a file that does not open', async () => {
    broken('aegis', () => '{')
    const { problems } = await writeProven('aegis', REFERENCE_ENTRIES, {})
    expect(problems.map(({ reason }) => reason)).toEqual(REFERENCE_ENTRIES.map(() => 'format/not-proven'))
  })
})
