import { base64ToBytes, bytesToText } from '../core/bytes'
import { AppError } from '../core/errors'
import type { ForeignFile, Format, ImportedEntry } from './format'
import { gunzip } from './inflate'
import { isObject, listOf, member, nameOf, parseJson } from './json'
import { linesOf } from './otpauth'
import { percentDecode } from './percent'
import { beside, rowName } from './row-parts'
import { entryOf, readRows } from './rows'

const TRANSFER = /^[ \t]*lpaauth-migration:\/\//im
const NO_FOLDER = 0
const FAVOURITES = 1

/** The exports of LastPass Authenticator, from Android and iOS, and its transfer QR codes as text. */
export const lastpass: Format = {
  name: 'lastpass',

  recognise: ({ json, text }) =>
    listOf(member(json, 'accounts')).some(isAccount) || (json === undefined && TRANSFER.test(text ?? '')),

  async read(file) {
    const { accounts, folders } = await contentIn(file)
    const names = new Map(folders.map((folder) => [member(folder, 'id'), member(folder, 'name')]))
    return readRows(
      accounts,
      (row) => readAccount(row, names),
      (row) => rowName(member(row, 'issuerName'), member(row, 'userName')),
    )
  },
}

/** Fields may be missing; the seconds are called so nowhere else. */
function isAccount(row: unknown): boolean {
  return member(row, 'issuerName') !== undefined || member(row, 'timeStep') !== undefined
}

async function contentIn(file: ForeignFile): Promise<{ accounts: readonly unknown[]; folders: readonly unknown[] }> {
  const { json } = file
  if (json !== undefined) {
    return { accounts: listOf(member(json, 'accounts')), folders: listOf(member(json, 'folders')) }
  }
  const accounts: unknown[] = []
  for (const line of linesOf(file).filter((text) => TRANSFER.test(text))) accounts.push(...(await readTransfer(line)))
  return { accounts, folders: [] }
}

/** Zipped JSON in Base64, and in it once more the same. */
async function readTransfer(address: string): Promise<unknown[]> {
  const outer = await unpack(percentDecode(/[?&]data=([^&#]*)/i.exec(address)?.[1] ?? ''))
  const inner = await unpack(nameOf(member(outer, 'content')))
  return listOf(member(inner, 'a')).map((row) => ({
    algorithm: member(row, 'a'),
    issuerName: member(row, 'iN'),
    secret: member(row, 's'),
    digits: member(row, 'd'),
    userName: member(row, 'uN'),
    timeStep: member(row, 'tS'),
  }))
}

async function unpack(text: string): Promise<unknown> {
  const bytes = base64ToBytes(text.trim().replaceAll(' ', '+'))
  if (!bytes) throw new AppError('format/damaged')
  const json = parseJson(bytesToText(await gunzip(bytes)) ?? '')
  if (json === undefined) throw new AppError('format/damaged')
  return json
}

function readAccount(row: unknown, folders: ReadonlyMap<unknown, unknown>): ImportedEntry {
  if (!isObject(row)) throw new AppError('format/row-damaged')
  const folderId = member(row, 'folderData', 'folderId')
  const grouped = folderId !== undefined && folderId !== NO_FOLDER && folderId !== FAVOURITES
  return {
    ...entryOf({
      type: 'totp',
      issuer: member(row, 'issuerName') ?? member(row, 'originalIssuerName'),
      label: member(row, 'userName') ?? member(row, 'originalUserName'),
      secret: member(row, 'secret'),
      algorithm: member(row, 'algorithm'),
      digits: member(row, 'digits'),
      periodSeconds: member(row, 'timeStep'),
    }),
    ...beside({
      groups: grouped ? [folders.get(folderId)] : [],
      favourite: member(row, 'isFavorite') === true || folderId === FAVOURITES,
    }),
  }
}
