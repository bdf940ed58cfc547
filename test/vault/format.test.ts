import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import browser from 'webextension-polyfill'

import { base64ToBytes } from '../../src/core/bytes'
import { writeExport } from '../../src/formats/index'
import { FORMAT } from '../../src/vault/format'
import { type Vault, openVault } from '../../src/vault/vault'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { cheapVault, freshName, newEntry, restoreDatabase } from './support'

interface FixtureContents {
  entries: { secret: string }[]
  servers: object[]
  generation: number
}

/** A vault of a released format with what is in it, as make-fixture.ts wrote it. */
interface Fixture {
  passphrase: string
  sheet: string
  prfOutput: string
  vaultKey: string
  stored: {
    header: { body: string; checksum: string }
    manifest: { generation: number; sealed: string }
    rows: [number, { cells: { sealed: string }[] }][]
  }
  mirror: Record<string, string>
  snapshots: [number, object][]
  contents: FixtureContents
  snapshot: FixtureContents
}

const DECRYPT = resolve('test/vault/decrypt.mjs')
const FIXTURES = resolve('test/fixtures/vault')
const formats = readdirSync(FIXTURES)

function readFixture(file: string): Fixture {
  return JSON.parse(readFileSync(resolve(FIXTURES, file), 'utf8')) as Fixture
}

/** The fixture in the stores, as it once lay there. */
async function install({ stored: { header, manifest, rows }, mirror }: Fixture, where: string): Promise<string> {
  const name = freshName()
  await cheapVault(name).status()
  if (where !== 'mirror') {
    const head = new Map<string, unknown>([
      ['header', { ...header, checksum: base64ToBytes(header.checksum) }],
      ['manifest', { ...manifest, sealed: base64ToBytes(manifest.sealed) }],
    ])
    const storedRows = rows.map(([row, { cells }]) => [row, { cells: cells.map(toStored) }] as const)
    await restoreDatabase(name, { head, rows: new Map(storedRows) })
  }
  if (where === 'database') return name
  const items = Object.entries(mirror).map(([item, text]) => [`vault ${name}: ${item}`, text])
  await browser.storage.local.set(Object.fromEntries(items))
  return name
}

function toStored<Sealed extends { sealed: string }>(cell: Sealed): object {
  return { ...cell, sealed: base64ToBytes(cell.sealed) }
}

function printed(file: string, secret: string, part = 'database'): unknown {
  return JSON.parse(execFileSync('node', [DECRYPT, file, secret, part], { encoding: 'utf8' }))
}

describe('the format', () => {
  it('describes the encrypted backup, too (VLT-14)', async () => {
    const [entry] = REFERENCE_ENTRIES
    const { bytes } = await writeExport('latchkey', [entry!], { password: 'Paßwort der Datei' })
    const file = join(mkdtempSync(join(tmpdir(), 'latchkey-')), 'backup.json')
    writeFileSync(file, bytes)
    const secret = Buffer.from(entry!.secret).toString('base64')
    expect(printed(file, 'Paßwort der Datei'.normalize('NFD'))).toMatchObject({ entries: [{ ...entry, secret }] })
  })

  it('has a fixture for each version (VLT-7)', () => {
    expect(formats).toEqual(Array.from({ length: FORMAT }, (_, i) => `format-${i + 1}.json`))
  })

  it.each(formats)('opens %s with a program that has only the document and a secret (VLT-14)', (file) => {
    const path = resolve(FIXTURES, file)
    const { passphrase, sheet, contents, snapshot } = readFixture(file)
    expect(printed(path, passphrase)).toEqual(contents)
    expect(printed(path, sheet)).toEqual(contents)
    expect(printed(path, sheet, 'mirror')).toEqual(contents)
    expect(printed(path, sheet, 'snapshot')).toEqual(snapshot)
    expect(() => execFileSync('node', [DECRYPT, path, 'wrong'], { stdio: 'pipe' })).toThrow()
  })

  it.each(formats.flatMap((file) => ['database', 'mirror', 'both'].map((where) => [file, where] as const)))(
    'opens %s from %s, and can go on writing to it (VLT-7)',
    async (file, where) => {
      const fixture = readFixture(file)
      const vault = openVault({ databaseName: await install(fixture, where) })
      const key = await openEach(vault, fixture)
      const { entries, servers, generation } = fixture.contents
      const stored = entries.map((entry) => ({ ...entry, secret: base64ToBytes(entry.secret) }))
      expect(await vault.read(key)).toEqual({ entries: stored, servers, generation, damaged: [] })
      const added = newEntry()
      const after = await vault.change(key, () => ({ entries: [added] }))
      expect(after.entries).toEqual([...stored, added])
    },
  )
})

/** By each kind of slot; all answer the same key. */
async function openEach(vault: Vault, { passphrase, sheet, prfOutput, vaultKey }: Fixture): Promise<string> {
  const passkey = (await vault.slots()).find(({ kind }) => kind === 'passkey')
  const answer = base64ToBytes(prfOutput) ?? new Uint8Array()
  const keys = [
    await vault.unlock(passphrase),
    await vault.unlockWithSheet(sheet),
    await vault.unlockWithPasskey(passkey?.id ?? '', answer),
  ]
  expect(keys).toEqual([vaultKey, vaultKey, vaultKey])
  return vaultKey
}
