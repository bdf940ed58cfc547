import { base64ToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { listOf, member, nameOf, textOf } from './json'
import { entryOf, readRows } from './rows'

const ENCRYPTED_BY = 'Steam Desktop Authenticator'

/** Steam Guard: a maFile of one account, or the Steam app's own file of several. */
export const steam: Format = {
  name: 'steam',

  recognise: ({ json }) => isAccount(json) || accountsIn(json).some(isAccount) || isManifest(json),

  async read({ json }) {
    if (isManifest(json)) throw new AppError('format/not-possible', { app: ENCRYPTED_BY })
    const accounts = isAccount(json) ? [json] : accountsIn(json)
    return readRows(accounts, readAccount, (account) => nameOf(member(account, 'account_name')))
  },
}

function isAccount(json: unknown): boolean {
  return typeof member(json, 'shared_secret') === 'string'
}

function accountsIn(json: unknown): unknown[] {
  const accounts = member(json, 'accounts')
  return typeof accounts === 'object' && accounts !== null ? Object.values(accounts) : []
}

/** The list that stands beside encrypted maFiles; it holds no secret itself. */
function isManifest(json: unknown): boolean {
  return listOf(member(json, 'entries')).some((entry) => member(entry, 'encryption_salt') !== undefined)
}

function readAccount(account: unknown): ImportedEntry {
  const secret = base64ToBytes(textOf(member(account, 'shared_secret')))
  if (!secret) throw new AppError('entry/secret-invalid')
  return entryOf({ type: 'steam', issuer: 'Steam', label: member(account, 'account_name'), secret })
}
