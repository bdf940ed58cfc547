import { bytesToText } from '../core/bytes'
import { AppError } from '../core/errors'
import { type Archive, readMember } from './archive'
import type { Format, ImportedEntry } from './format'
import { isObject, listOf, member, nameOf, parseJson } from './json'
import { beside } from './row-parts'
import { readRows } from './rows'
import { readTotpField } from './totp-field'

const DATA = /(^|\/)Proton Pass\/data\.json$/
const ENCRYPTED_DATA = /(^|\/)Proton Pass\/data\.pgp$/
const TRASHED = 2

/** One of the one-time passwords of an item. */
interface Row {
  readonly uri: string
  readonly item: unknown
  readonly vault: unknown
}

/** The exports of Proton Pass: the zip, or the JSON out of it. What is encrypted with PGP is refused: Pass itself exports it plain as well. */
export const protonPass: Format = {
  name: 'proton-pass',

  recognise: ({ archive, json }) =>
    archive === null ? vaultsIn(json).some(isVault) : has(archive, DATA) || has(archive, ENCRYPTED_DATA),

  async read({ archive, json }) {
    const rows = vaultsIn(archive ? await unpack(archive) : json).flatMap(rowsIn)
    return readRows(rows, readRow, ({ item }) => nameOf(member(item, 'data', 'metadata', 'name')))
  },
}

async function unpack({ members }: Archive): Promise<unknown> {
  const data = members.find(({ name }) => DATA.test(name))
  if (!data) throw new AppError('format/not-possible', { app: 'Proton Pass' })
  const json = parseJson(bytesToText(await readMember(data)) ?? '')
  if (json === undefined) throw new AppError('format/damaged')
  return json
}

function vaultsIn(json: unknown): readonly unknown[] {
  const vaults = member(json, 'vaults')
  return isObject(vaults) ? Object.values(vaults) : []
}

function isVault(vault: unknown): boolean {
  return listOf(member(vault, 'items')).some((item) => member(item, 'data', 'metadata') !== undefined)
}

function has({ members }: Archive, pattern: RegExp): boolean {
  return members.some(({ name }) => pattern.test(name))
}

/** An item may have one in its own field and more in fields of the user's making. */
function rowsIn(vault: unknown): Row[] {
  return listOf(member(vault, 'items')).flatMap((item) => {
    const extra = listOf(member(item, 'data', 'extraFields')).map((field) => member(field, 'data', 'totpUri'))
    return [member(item, 'data', 'content', 'totpUri'), ...extra]
      .map((uri) => nameOf(uri))
      .filter((uri) => uri !== '')
      .map((uri) => ({ uri, item, vault }))
  })
}

function readRow({ uri, item, vault }: Row): ImportedEntry {
  if (member(item, 'state') === TRASHED) throw new AppError('format/row-trashed')
  const content = member(item, 'data', 'content')
  const label =
    ['itemUsername', 'username', 'itemEmail'].map((name) => nameOf(member(content, name))).find(Boolean) ?? ''
  return {
    ...readTotpField(uri, { issuer: nameOf(member(item, 'data', 'metadata', 'name')), label }),
    ...beside({
      groups: [member(vault, 'name')],
      note: member(item, 'data', 'metadata', 'note'),
      favourite: member(item, 'pinned'),
      sites: listOf(member(content, 'urls')),
    }),
  }
}
