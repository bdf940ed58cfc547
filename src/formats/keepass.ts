import type * as kdbxweb from 'kdbxweb'
import type { Kdbx, KdbxEntry, KdbxGroup, KdbxHeader } from 'kdbxweb'

import { type Bytes, equalBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { argon2 } from '../crypto/file-kdf'
import type { Format, ImportedEntry, ReadOptions } from './format'
import { inOrder } from './in-order'
import { gunzip } from './inflate'
import { KEY_FILE_PARAMS, credentialsFrom } from './keepass-key'
import { type Fields, formatOtpField, otpsIn } from './keepass-otp'
import { passwordIn } from './password'
import { beside } from './row-parts'
import { readRows, writeRows } from './rows'

type Library = typeof kdbxweb

/** A one-time password of an entry, still to be read, and where in the database the entry lies. */
interface Row {
  read: () => ImportedEntry
  title: string
  fields: Fields
  path: readonly string[]
  entry: KdbxEntry
  trashed: boolean
}

const MAGIC = Uint8Array.of(0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5)
const FAVOURITE_TAG = 'Favorite'
/** Under this name our own databases say where an entry stands among all of them. */
const PLACE = 'latchkey/place'
const ADDITIONAL_URL = /^KP2A_URL/
/** Ten times what the slowest setting in KeePass comes to; a second or two. */
const MOST_AES_ROUNDS = 100_000_000
const WRITTEN_KDF = { memoryBytes: 64 * 1024 * 1024, passes: 4, lanes: 1 }
const START_BYTES = 32

/** KeePass databases (KeePassXC, KeePass 2, Strongbox and others): KDBX 4 both ways, KDBX 3.1 to read. */
export const keepass: Format = {
  name: 'keepass',

  recognise: ({ bytes }) => equalBytes(bytes.subarray(0, MAGIC.length), MAGIC),

  async read({ bytes }, options) {
    const database = await open(bytes, options)
    const root = database.getDefaultGroup()
    const rows = inOrder(rowsIn(root, [], binOf(database), false), placeOf)
    return readRows(rows, readRow, ({ title }) => title)
  },

  async write(entries, options) {
    const library = await load(options)
    const { Consts, Credentials, Int64, Kdbx, ProtectedValue, VarDictionary } = library
    const database = Kdbx.create(new Credentials(ProtectedValue.fromString(passwordIn(options))), 'Latchkey')
    database.setKdf(Consts.KdfId.Argon2id)
    const { UInt32, UInt64 } = VarDictionary.ValueType
    database.header.kdfParameters?.set('M', UInt64, Int64.from(WRITTEN_KDF.memoryBytes))
    database.header.kdfParameters?.set('I', UInt64, Int64.from(WRITTEN_KDF.passes))
    database.header.kdfParameters?.set('P', UInt32, WRITTEN_KDF.lanes)
    const folders = new Map<string, KdbxGroup>()
    const { problems } = writeRows(entries, {
      write: (entry, index) => writeEntry(library, database, folders, entry, index),
      holds: { groups: 'all', sites: 'all', note: true, favourite: true },
      losses: ({ groups = [] }) => (groups.slice(1).some(breaksTags) ? ['format/groups-not-held'] : []),
    })
    return { bytes: new Uint8Array(await database.save()), problems }
  },
}

async function load({ memoryMib }: ReadOptions): Promise<Library> {
  // A CommonJS bundle: Node hangs all of it under `default`, bundlers do not.
  const loaded: Library & { default?: Library } = await import('kdbxweb')
  const library = loaded.default ?? loaded
  library.CryptoEngine.setArgon2Impl(async (password, salt, memoryKib, passes, bytes, lanes, type, version) => {
    if (version !== 0x13) throw new AppError('format/not-possible', { app: 'KeePass (Argon2 1.0)' })
    const kind = type === library.CryptoEngine.Argon2TypeArgon2id ? 'id' : 'd'
    const parameters = { kind, memoryKib, passes, lanes, bytes } as const
    return (await argon2(new Uint8Array(password), new Uint8Array(salt), parameters, memoryMib)).buffer
  })
  return library
}

async function open(bytes: Bytes, options: ReadOptions): Promise<Kdbx> {
  const library = await load(options)
  const { BinaryStream, Kdbx, KdbxContext, KdbxError, KdbxFormat, KdbxHeader } = library
  try {
    const kdbx = new Kdbx()
    const file = bytes.slice().buffer
    checkHeader(library, KdbxHeader.read(new BinaryStream(file), new KdbxContext({ kdbx })))
    kdbx.credentials = await credentialsFrom(library, options)
    const format = new KdbxFormat(kdbx)
    guardInflating(library, format)
    return await format.load(file)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const wrong = cause instanceof KdbxError && cause.code === library.Consts.ErrorCodes.InvalidKey
    // The library throws what it comes across: a KdbxError, a RangeError where lengths lie, a TypeError for an unknown field.
    throw new AppError(wrong ? 'format/wrong-password' : 'format/damaged', wrong ? KEY_FILE_PARAMS : {}, { cause })
  }
}

/** Refuses by name what the library does not know, and what would take minutes, before anything is derived (INP-4). */
function checkHeader({ Consts, ByteUtils, Int64 }: Library, header: KdbxHeader): void {
  const cipher = header.dataCipherUuid?.toString()
  const known: readonly unknown[] = Object.values(Consts.CipherId)
  if (!known.includes(cipher)) throw new AppError('format/not-possible', { app: 'KeePass (Twofish)' })
  const kdf = header.kdfParameters?.get('$UUID')
  const aes = kdf instanceof ArrayBuffer && ByteUtils.bytesToBase64(kdf) === Consts.KdfId.Aes
  const rounds = aes ? header.kdfParameters?.get('R') : header.keyEncryptionRounds
  const count = rounds instanceof Int64 ? rounds.hi * 2 ** 32 + rounds.lo : Number(rounds ?? 0)
  if (count > MOST_AES_ROUNDS) throw new AppError('format/too-costly')
}

/**
 * The library inflates whatever comes, into memory of the size that the stream itself names. So the content is inflated here,
 * with the limits of INP-5, as soon as it is decrypted.
 */
function guardInflating({ Consts, HashedBlockTransform }: Library, format: InstanceType<Library['KdbxFormat']>): void {
  const decrypt: (data: ArrayBuffer, key: ArrayBuffer) => Promise<ArrayBuffer> = Reflect.get(format, 'decryptData')
  Reflect.set(format, 'decryptData', async (data: ArrayBuffer, key: ArrayBuffer): Promise<ArrayBuffer> => {
    const decrypted = await decrypt.call(format, data, key)
    const { header } = format.kdbx
    if (header.compression !== Consts.CompressionAlgorithm.GZip) return decrypted
    if (header.versionMajor >= 4) {
      header.compression = Consts.CompressionAlgorithm.None
      return (await gunzip(new Uint8Array(decrypted))).buffer
    }
    const start = new Uint8Array(decrypted.slice(0, START_BYTES))
    // Version 3 has blocks around the stream, and knows a wrong password by these bytes: that is left to the library.
    if (equalBytes(start, new Uint8Array(header.streamStartBytes ?? new ArrayBuffer()))) {
      await gunzip(new Uint8Array(await HashedBlockTransform.decrypt(decrypted.slice(START_BYTES))))
    }
    return decrypted
  })
}

function binOf({ meta }: Kdbx): string | null {
  return (meta.recycleBinEnabled && meta.recycleBinUuid?.toString()) || null
}

function rowsIn(group: KdbxGroup, path: readonly string[], bin: string | null, inBin: boolean): Row[] {
  const trashed = inBin || group.uuid.toString() === bin
  const own = group.entries.flatMap((entry) => {
    const fields = textsOf(entry)
    const title = fields.get('Title')?.trim() || fields.get('UserName')?.trim() || ''
    return otpsIn(fields).map((read) => ({ read, title, fields, path, entry, trashed }))
  })
  const below = group.groups.flatMap((child) => rowsIn(child, [...path, child.name ?? ''], bin, trashed))
  return [...own, ...below]
}

/** Protected values are opened once: that is work. */
function textsOf(entry: KdbxEntry): Fields {
  return new Map([...entry.fields].map(([name, value]) => [name, typeof value === 'string' ? value : value.getText()]))
}

function placeOf({ entry }: Row): number | undefined {
  const place = entry.customData?.get(PLACE)?.value
  return place === undefined || !/^\d{1,9}$/.test(place) ? undefined : Number(place)
}

function readRow({ read, fields, path, entry, trashed }: Row): ImportedEntry {
  if (trashed) throw new AppError('format/row-trashed')
  const urls = [...fields].filter(([name]) => name === 'URL' || ADDITIONAL_URL.test(name))
  return {
    ...read(),
    ...beside({
      groups: [path.join('/'), ...entry.tags.filter((tag) => tag !== FAVOURITE_TAG)],
      note: fields.get('Notes'),
      favourite: entry.tags.includes(FAVOURITE_TAG),
      sites: urls.map(([, url]) => url),
    }),
  }
}

/** The first group becomes the folder, the others tags. A database has an order within folders alone, so the place stands beside. */
function writeEntry(
  { ProtectedValue }: Library,
  database: Kdbx,
  folders: Map<string, KdbxGroup>,
  entry: ImportedEntry,
  place: number,
): KdbxEntry {
  const [folder, ...tags] = entry.groups ?? []
  const [url = '', ...urls] = entry.sites ?? []
  const written = database.createEntry(folderNamed(folder, database, folders))
  written.fields.set('Title', entry.issuer || entry.label)
  written.fields.set('UserName', entry.label)
  written.fields.set('URL', url)
  written.fields.set('Notes', entry.note ?? '')
  written.fields.set('otp', ProtectedValue.fromString(formatOtpField(entry)))
  for (const [i, more] of urls.entries()) written.fields.set(i === 0 ? 'KP2A_URL' : `KP2A_URL_${i}`, more)
  written.customData = new Map([[PLACE, { value: String(place) }]])
  written.tags = [...tags.filter((tag) => !breaksTags(tag)), ...(entry.favourite ? [FAVOURITE_TAG] : [])]
  return written
}

function folderNamed(name: string | undefined, database: Kdbx, folders: Map<string, KdbxGroup>): KdbxGroup {
  const root = database.getDefaultGroup()
  if (name === undefined) return root
  const folder = folders.get(name) ?? database.createGroup(root, name)
  folders.set(name, folder)
  return folder
}

/** Tags stand in one text, with any of these between them. */
function breaksTags(tag: string): boolean {
  return /[,;:]/.test(tag) || tag === FAVOURITE_TAG
}
