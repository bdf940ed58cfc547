import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { listOf, member, nameOf } from './json'
import { entryOf, readRows } from './rows'

/** Duo Mobile (Android): the list of accounts in a backup. Its own accounts confirm by push, and have no codes for others. */
export const duo: Format = {
  name: 'duo',

  recognise: ({ json }) =>
    listOf(json).some((row) => member(row, 'otpGenerator') !== undefined || /^(Otp|Duo)Account$/.test(kindOf(row))),

  read: async ({ json }) => readRows(listOf(json), readAccount, (row) => nameOf(member(row, 'name'))),
}

function readAccount(row: unknown): ImportedEntry {
  if (kindOf(row) === 'DuoAccount') throw new AppError('format/row-not-possible')
  const generator = member(row, 'otpGenerator')
  const counter = member(generator, 'counter')
  return entryOf({
    type: counter === undefined ? 'totp' : 'hotp',
    label: member(row, 'name'),
    secret: member(generator, 'otpSecret'),
    counter,
  })
}

function kindOf(row: unknown): string {
  return nameOf(member(row, 'accountType'))
}
