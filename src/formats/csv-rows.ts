import { AppError } from '../core/errors'
import { checkRowCount } from './limits'

/**
 * The rows of a CSV text (RFC 4180), by the names in its first line. Blank lines are none; cells beyond the header are left out,
 * as some programs write more than they name. Throws `format/damaged` where a quote never ends, `format/too-costly`.
 */
export async function readCsv(text: string, delimiter = ','): Promise<Readonly<Record<string, string>>[]> {
  const { default: papaparse } = await import('papaparse')
  const { data, errors } = papaparse.parse<string[]>(text.trimStart(), { skipEmptyLines: 'greedy', delimiter })
  if (errors.some(({ type }) => type === 'Quotes')) throw new AppError('format/damaged')
  const [header = [], ...rows] = data
  checkRowCount(rows.length)
  const names = header.map((name) => name.trim())
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])))
}
