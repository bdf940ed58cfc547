import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { isObject, listOf, member } from './json'
import { rowName, typeFrom } from './row-parts'
import { entryOf, readRows } from './rows'

const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp', steamtotp: 'steam' }

/** 2FAuth (a web app to host oneself): its own JSON export. */
export const twoFauth: Format = {
  name: '2fauth',

  recognise: ({ json }) => {
    const app = member(json, 'app')
    return typeof app === 'string' && /^2fauth/i.test(app) && Array.isArray(member(json, 'data'))
  },

  read: async ({ json }) =>
    readRows(listOf(member(json, 'data')), readRow, (row) => rowName(member(row, 'service'), member(row, 'account'))),
}

function readRow(row: unknown): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  return entryOf({
    type: typeFrom(TYPES, member(row, 'otp_type')),
    issuer: member(row, 'service'),
    label: member(row, 'account'),
    secret: member(row, 'secret'),
    algorithm: member(row, 'algorithm'),
    digits: member(row, 'digits'),
    periodSeconds: member(row, 'period'),
    counter: member(row, 'counter'),
  })
}
