import type { EntryType } from '../core/entry'
import { AppError } from '../core/errors'
import type { Format, ImportedEntry } from './format'
import { isObject, listOf, member, nameOf, textOf } from './json'
import { beside, rowName } from './row-parts'
import { entryOf, readRows } from './rows'

/** A one-time password, the item it belongs to, and the names of the collections that item is in. */
interface Row {
  credential: unknown
  item: unknown
  groups: readonly string[]
}

/** FIDO Credential Exchange Format: what password managers hand to each other. */
export const cxf: Format = {
  name: 'cxf',

  recognise: ({ json }) =>
    accountsIn(json).some((account) =>
      listOf(member(account, 'items')).some((item) => Array.isArray(member(item, 'credentials'))),
    ) || typeof member(json, 'exporterRpId') === 'string',

  read: async ({ json }) =>
    readRows(accountsIn(json).flatMap(rowsOf), readRow, ({ credential, item }) => {
      const { issuer, label } = namesOf(credential, item)
      return rowName(issuer, label)
    }),
}

/** Some programs write the account alone, without the header around it. */
function accountsIn(json: unknown): readonly unknown[] {
  const accounts = member(json, 'accounts')
  return Array.isArray(accounts) ? accounts : [json]
}

function rowsOf(account: unknown): Row[] {
  const collections = listOf(member(account, 'collections'))
  return listOf(member(account, 'items')).flatMap((item) =>
    listOf(member(item, 'credentials'))
      .filter((credential) => member(credential, 'type') === 'totp')
      .map((credential) => ({ credential, item, groups: groupsOf(item, collections) })),
  )
}

function groupsOf(item: unknown, collections: readonly unknown[]): string[] {
  const id = member(item, 'id')
  return collections
    .filter((collection) => listOf(member(collection, 'items')).some((link) => member(link, 'item') === id))
    .map((collection) => nameOf(member(collection, 'title')))
}

function readRow({ credential, item, groups }: Row): ImportedEntry {
  if (!isObject(credential)) throw new AppError('format/row-damaged')
  const algorithm = textOf(member(credential, 'algorithm'))
  const type: EntryType = algorithm.toLowerCase() === 'steam' ? 'steam' : 'totp'
  return {
    ...entryOf({
      type,
      ...namesOf(credential, item),
      secret: member(credential, 'secret'),
      algorithm,
      digits: member(credential, 'digits'),
      periodSeconds: member(credential, 'period'),
    }),
    ...beside({
      groups: [...groups, ...listOf(member(item, 'tags'))],
      note: fieldText(member(credentialOf(item, 'note'), 'content')),
      favourite: member(item, 'favorite'),
      sites: listOf(member(item, 'scope', 'urls')),
    }),
  }
}

/** What the credential does not say, or says with two empty texts, is taken from the item. */
function namesOf(credential: unknown, item: unknown): { issuer: unknown; label: unknown } {
  const [issuer, label] = [member(credential, 'issuer'), member(credential, 'username')]
  const bare = rowName(issuer, label) === ''
  const title = member(item, 'title')
  return bare
    ? { issuer: title, label: usernameOf(item) }
    : { issuer: issuer ?? title, label: label ?? usernameOf(item) }
}

function usernameOf(item: unknown): string {
  return fieldText(member(credentialOf(item, 'basic-auth'), 'username'))
}

/** What stands beside the one-time password in the same item. */
function credentialOf(item: unknown, type: string): unknown {
  return listOf(member(item, 'credentials')).find((credential) => member(credential, 'type') === type)
}

/** A field is a text, or an object that holds it as its value. */
function fieldText(field: unknown): string {
  return nameOf(field) || nameOf(member(field, 'value'))
}
