import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

import { base64ToBytes } from '../../src/core/bytes'
import { FORMAT } from '../../src/vault/format'
import { openVault } from '../../src/vault/vault'
import { cheapVault, freshName, newEntry, restore } from './support'

/** A vault of a released format with what is in it, as make-fixture.ts wrote it. */
interface Fixture {
  passphrase: string
  vaultKey: string
  stored: {
    header: { body: string; checksum: string }
    manifest: { generation: number; sealed: string }
    rows: [number, { cells: { sealed: string }[] }][]
  }
  contents: { entries: { secret: string }[]; servers: object[]; generation: number }
}

const DECRYPT = resolve('test/vault/decrypt.mjs')
const FIXTURES = resolve('test/fixtures/vault')
const formats = readdirSync(FIXTURES)

function readFixture(file: string): Fixture {
  return JSON.parse(readFileSync(resolve(FIXTURES, file), 'utf8')) as Fixture
}

/** The fixture in a database, as it once lay there. */
async function install({ stored: { header, manifest, rows } }: Fixture): Promise<string> {
  const name = freshName()
  await cheapVault(name).status()
  const head = new Map<string, unknown>([
    ['header', { ...header, checksum: base64ToBytes(header.checksum) }],
    ['manifest', { ...manifest, sealed: base64ToBytes(manifest.sealed) }],
  ])
  const storedRows = rows.map(([row, { cells }]) => [row, { cells: cells.map(toStored) }] as const)
  await restore(name, { head, rows: new Map(storedRows) })
  return name
}

function toStored<Sealed extends { sealed: string }>(cell: Sealed): object {
  return { ...cell, sealed: base64ToBytes(cell.sealed) }
}

describe('the format', () => {
  it('has a fixture for each version (VLT-7)', () => {
    expect(formats).toEqual(Array.from({ length: FORMAT }, (_, i) => `format-${i + 1}.json`))
  })

  it('opens with a program that has only the document and the passphrase (VLT-14)', () => {
    const file = `format-${FORMAT}.json`
    const { passphrase, contents } = readFixture(file)
    const printed = execFileSync('node', [DECRYPT, resolve(FIXTURES, file), passphrase], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual(contents)
    expect(() => execFileSync('node', [DECRYPT, resolve(FIXTURES, file), 'wrong'], { stdio: 'pipe' })).toThrow()
  })

  it.each(formats)('opens %s, and can go on writing to it (VLT-7)', async (file) => {
    const fixture = readFixture(file)
    const vault = openVault({ databaseName: await install(fixture) })
    const key = await vault.unlock(fixture.passphrase)
    expect(key).toBe(fixture.vaultKey)
    const { entries, servers, generation } = fixture.contents
    const stored = entries.map((entry) => ({ ...entry, secret: base64ToBytes(entry.secret) }))
    expect(await vault.read(key)).toEqual({ entries: stored, servers, generation, damaged: [] })
    const added = newEntry()
    const after = await vault.change(key, () => ({ entries: [added] }))
    expect(after.entries).toEqual([...stored, added])
  })
})
