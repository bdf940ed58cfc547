import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { formatsTable } from '../formats/table'

/** Writes the table of formats into the README, between its marks: `npx tsx test/tools/formats-table.ts`. */
const readme = readFileSync('README.md', 'utf8')
const [head, , tail] = readme.split(/(?<=<!-- formats -->\n)|(?=<!-- \/formats -->)/)
if (head === undefined || tail === undefined) throw new Error('README.md has lost the marks around its formats')
const written = await format(`${head}\n${formatsTable()}\n${tail}`, {
  ...(await resolveConfig('README.md')),
  parser: 'markdown',
})
writeFileSync('README.md', written)
