import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'

import { FORMATS } from '../../src/formats/index'
import { formatsTable } from './table'

describe('the table of formats in the README', () => {
  it('is what the formats, the export dialog and the fixtures say: `npx tsx test/tools/formats-table.ts` writes it', async () => {
    const marked = /<!-- formats -->([^]*)<!-- \/formats -->/.exec(readFileSync('README.md', 'utf8'))?.[1]?.trim()
    const table = await format(formatsTable(), { ...(await resolveConfig('README.md')), parser: 'markdown' })
    expect(marked).toBe(table.trim())
  })

  it('has a line for each format, and says of none that it is read without a file to show it', () => {
    const lines = formatsTable().trim().split('\n').slice(2)
    expect(lines).toHaveLength(FORMATS.length)
    expect(lines.filter((line) => line.includes('0 files'))).toEqual([])
  })
})
