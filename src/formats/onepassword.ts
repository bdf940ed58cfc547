import { bytesToText } from '../core/bytes'
import { AppError } from '../core/errors'
import type { Archive, Member } from './archive'
import type { Format, ImportedEntry } from './format'
import { isObject, listOf, member, nameOf, parseJson, textOf } from './json'
import { openMember } from './locked-member'
import { beside } from './row-parts'
import { readRows } from './rows'
import { readTotpField } from './totp-field'

const MEMBER = 'export.data'

/** A one-time password, the item it belongs to, and the name of the vault. */
interface Row {
  totp: unknown
  item: unknown
  vault: string
}

/** 1Password: the `.1pux` export, a zip with one JSON text. An item may hold several one-time passwords. */
export const onepassword: Format = {
  name: '1password',

  recognise: ({ archive }) => archive !== null && listIn(archive) !== null,

  async read({ archive }) {
    const list = archive && listIn(archive)
    if (!list) throw new AppError('format/damaged')
    const json = parseJson(bytesToText(await openMember(list, undefined)) ?? '')
    if (!isObject(json)) throw new AppError('format/damaged')
    return readRows(rowsIn(json), readRow, ({ item }) => nameOf(member(item, 'overview', 'title')))
  },
}

function listIn({ members }: Archive): Member | null {
  return members.find(({ name }) => name === MEMBER) ?? null
}

function rowsIn(json: unknown): Row[] {
  const vaults = listOf(member(json, 'accounts')).flatMap((account) => listOf(member(account, 'vaults')))
  return vaults.flatMap((vault) =>
    listOf(member(vault, 'items'))
      .map((item) => member(item, 'item') ?? item)
      .flatMap((item) => totpsIn(item).map((totp) => ({ totp, item, vault: nameOf(member(vault, 'attrs', 'name')) }))),
  )
}

function totpsIn(item: unknown): unknown[] {
  return listOf(member(item, 'details', 'sections'))
    .flatMap((section) => listOf(member(section, 'fields')))
    .map((field) => member(field, 'value', 'totp'))
    .filter((totp) => totp !== undefined && totp !== '')
}

function readRow({ totp, item, vault }: Row): ImportedEntry {
  const urls = listOf(member(item, 'overview', 'urls')).map((url) => member(url, 'url'))
  return {
    ...readTotpField(textOf(totp), { issuer: nameOf(member(item, 'overview', 'title')), label: usernameOf(item) }),
    ...beside({
      groups: [vault, ...listOf(member(item, 'overview', 'tags'))],
      note: member(item, 'details', 'notesPlain'),
      favourite: member(item, 'favIndex') === 1,
      sites: [...new Set([member(item, 'overview', 'url'), ...urls])],
    }),
  }
}

function usernameOf(item: unknown): string {
  const field = listOf(member(item, 'details', 'loginFields')).find(
    (candidate) => member(candidate, 'designation') === 'username',
  )
  return nameOf(member(field, 'value'))
}
