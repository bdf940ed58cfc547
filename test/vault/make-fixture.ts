import 'fake-indexeddb/auto'
import { bytesToBase64 } from '../../src/core/bytes'
import { openVault } from '../../src/vault/vault'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { dump, newEntry, newServer } from './support'

/*
 * Prints a vault of this format as the fixture holds it, at the real cost, with writes, a removal and a change of passphrase
 * behind it: `npx tsx test/vault/make-fixture.ts > test/fixtures/vault/format-N.json`. A released format's file is never made again.
 */
const passphrase = 'Schlüssel für das Beispiel'
const vault = openVault({ databaseName: 'fixture' })
const key = await vault.create('the first passphrase')
const entries = REFERENCE_ENTRIES.map((_, i) => newEntry({}, i))
const bound = newEntry({
  label: 'bound',
  usedAt: 1_700_000_100_000,
  lastStepUsed: 56_666_670,
  recoveryCode: 'ABCD-EFGH-IJKL-MNOP',
  binding: { serverId: 's', account: 'alice', userId: 'u1', phase: 'bound' },
})
const gone = newEntry({ label: 'gone' })
await vault.change(key, () => ({ entries: [...entries, gone], servers: [newServer()] }))
await vault.change(key, () => ({ entries: [bound], remove: [gone.id], order: [bound.id] }))
await vault.changePassphrase('the first passphrase', passphrase)

const { head, rows } = await dump('fixture')
const contents = await vault.read(key)
const fixture = {
  passphrase,
  vaultKey: key,
  stored: { header: head.get('header'), manifest: head.get('manifest'), rows: [...rows] },
  contents: { entries: contents.entries, servers: contents.servers, generation: contents.generation },
}
const bytesAsBase64 = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? bytesToBase64(value) : value
process.stdout.write(`${JSON.stringify(fixture, bytesAsBase64, 2)}\n`)
