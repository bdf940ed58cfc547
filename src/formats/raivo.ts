import { bytesToText } from '../core/bytes'
import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import type { Format, ForeignFile, ImportedEntry } from './format'
import { isObject, listOf, member, parseJson } from './json'
import { openMember } from './locked-member'
import { beside, rowName, typeFrom } from './row-parts'
import { entryOf, readRows } from './rows'

const TYPES: Readonly<Record<string, EntryType>> = { totp: 'totp', hotp: 'hotp' }
const MEMBER = 'raivo-otp-export.json'

/** Raivo OTP (iOS): a zip with a password, in it a JSON list whose values are all texts. */
export const raivo: Format = {
  name: 'raivo',

  recognise: ({ json, archive }) =>
    archive?.members.some(({ name }) => name.endsWith(MEMBER)) ||
    listOf(json).some((row) => member(row, 'kind') !== undefined && member(row, 'timer') !== undefined),

  async read(file, { password }) {
    const rows = file.archive ? await unpack(file, password) : file.json
    if (!Array.isArray(rows)) throw new AppError('format/damaged')
    return readRows<unknown>(rows, readRow, (row) => rowName(member(row, 'issuer'), member(row, 'account')))
  },
}

async function unpack({ archive }: ForeignFile, password: string | undefined): Promise<unknown> {
  const list = archive?.members.find(({ name }) => name.endsWith(MEMBER))
  if (!list) throw new AppError('format/damaged')
  return parseJson(bytesToText(await openMember(list, password)) ?? '')
}

function readRow(row: unknown): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  return {
    ...entryOf({
      type: typeFrom(TYPES, member(row, 'kind')),
      issuer: member(row, 'issuer'),
      label: member(row, 'account'),
      secret: member(row, 'secret'),
      algorithm: member(row, 'algorithm'),
      digits: member(row, 'digits'),
      periodSeconds: member(row, 'timer'),
      counter: member(row, 'counter'),
    }),
    ...beside({ favourite: member(row, 'pinned') === 'true' || member(row, 'pinned') === true }),
  }
}
