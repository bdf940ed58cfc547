import { hexToBytes } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { isObject, listOf, member, textOf } from './json'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows } from './rows'

const TYPES: Readonly<Record<string, EntryType>> = {
  totp: 'totp',
  hotp: 'hotp',
  steam: 'steam',
  motp: 'motp',
  yandex: 'yandex',
}

/** cotp and OTPClient (both for Linux): their plain JSON exports. */
export const cotp: Format = {
  name: 'cotp',

  recognise: ({ json }) => Array.isArray(member(json, 'elements')) || listOf(json).some(isOtpClientRow),

  read: async ({ json }) =>
    readRows(listOf(member(json, 'elements') ?? json), readRow, (row) =>
      rowName(member(row, 'issuer'), member(row, 'label')),
    ),
}

/** What tells OTPClient's rows from andOTP's is the name of the algorithm. */
function isOtpClientRow(row: unknown): boolean {
  return typeof member(row, 'algo') === 'string' && typeof member(row, 'secret') === 'string'
}

function readRow(row: unknown): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const type = typeFrom(TYPES, member(row, 'type'))
  const secret = textOf(member(row, 'secret'))
  return {
    ...entryOf({
      type,
      issuer: member(row, 'issuer'),
      label: member(row, 'label'),
      secret: (type === 'motp' && hexToBytes(secret)) || secret,
      algorithm: member(row, 'algorithm') ?? member(row, 'algo'),
      digits: member(row, 'digits'),
      periodSeconds: member(row, 'period'),
      counter: member(row, 'counter'),
      pin: member(row, 'pin'),
    }),
    ...beside({ groups: [member(row, 'group')] }),
  }
}
