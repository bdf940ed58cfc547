import { readCsv } from './csv-rows'
import type { Format, ImportedEntry } from './format'
import { beside } from './row-parts'
import { readRows } from './rows'
import { readTotpField } from './totp-field'

type Row = Readonly<Record<string, string>>

/** Apple Passwords, and 1Password where it is exported as CSV: both keep the address in a column `OTPAuth`. */
export const apple: Format = {
  name: 'apple',

  recognise: ({ text, json }) => {
    const [header = ''] = (text ?? '').trimStart().split(/\r|\n/, 1)
    const names = header.split(',').map((name) => name.replaceAll('"', '').trim().toLowerCase())
    return json === undefined && names.includes('otpauth') && names.includes('title')
  },

  async read({ text }) {
    const rows = await readCsv(text ?? '')
    return readRows(rows, readRow, (row) => column(row, 'title'))
  },
}

/** Null for a row that is a password and nothing more. */
function readRow(row: Row): ImportedEntry | null {
  const address = column(row, 'otpauth').trim()
  if (address === '') return null
  const username = column(row, 'username')
  const entry = readTotpField(address, {
    issuer: withoutUser(column(row, 'title'), username),
    label: username,
  })
  // Tags and stars are 1Password's.
  const groups = column(row, 'tags').split(/[;,]/)
  const favourite = column(row, 'favorite').toLowerCase() === 'true'
  return { ...entry, ...beside({ note: column(row, 'notes'), sites: [column(row, 'url')], groups, favourite }) }
}

/** Titles mostly read `site (user)`. */
function withoutUser(title: string, username: string): string {
  const user = ` (${username})`
  return username !== '' && title.endsWith(user) ? title.slice(0, -user.length) : title
}

/** A cell by the name of its column, in any letter case. */
function column(row: Row, name: string): string {
  return Object.entries(row).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}
