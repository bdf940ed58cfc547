import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import { openFile } from '../../src/formats/foreign-file'
import { FORMATS, exportFormats, importFormats, readImport } from '../../src/formats/index'
import { fixture, fixtureNames } from './fixtures'

describe('the list of formats', () => {
  it('has each name once, in order', () => {
    expect(importFormats).toEqual([...new Set(importFormats)].toSorted())
  })

  it('writes what other programs and people need', () => {
    const wanted = [
      '2fas',
      'aegis',
      'bitwarden',
      'csv',
      'ente',
      'google',
      'html',
      'keepass',
      'latchkey',
      'otpauth',
      'proton',
    ]
    expect(exportFormats).toEqual(expect.arrayContaining(wanted))
    expect(importFormats).toEqual(expect.arrayContaining([...exportFormats]))
  })
})

describe('recognising', () => {
  const files = fixtureNames()

  it.each(files)('has no doubt about %s', (name) => {
    const file = openFile(fixture(name))
    const sure = FORMATS.filter((format) => format.recognise(file) === true)
    expect(sure.length).toBeLessThanOrEqual(1)
  })

  it('never throws, whatever half of a file it sees', () => {
    for (const name of files) {
      for (const part of [0.1, 0.5, 0.9]) {
        const whole = fixture(name)
        try {
          const file = openFile(whole.slice(0, Math.floor(whole.length * part)))
          for (const format of FORMATS) expect(() => format.recognise(file), `${format.name}: ${name}`).not.toThrow()
        } catch (error) {
          // Half a zip is no zip.
          expect(error).toBeInstanceOf(AppError)
        }
      }
    }
  })

  it('pays no heed to the file’s name', async () => {
    const { format } = await readImport(fixture('aegis/aegis-3-plain.json'), { fileName: 'backup.2fas' })
    expect(format).toBe('aegis')
  })
})
