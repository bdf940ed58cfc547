import '../support/as-extension'
import 'fake-indexeddb/auto'
import { bytesToBase64, bytesToText } from '../../src/core/bytes'
import { KDF_DEFAULT } from '../../src/crypto/kdf'
import { openVault } from '../../src/vault/vault'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { newEntry, newServer } from './support'

/*
 * Prints a vault of this format as the fixture holds it, at the real cost, with writes, a removal, a snapshot, a change of passphrase
 * and one of key behind it, and a slot of each kind: `npx tsx test/vault/make-fixture.ts > test/fixtures/vault/format-N.json`.
 * A released format's file is never made again.
 */
const passphrase = 'Schlüssel für das Beispiel'
const START = 1_763_700_000_000
let now = START
const vault = openVault({ databaseName: 'fixture', kdf: KDF_DEFAULT, now: () => now })
const first = await vault.create('the first passphrase')
const entries = REFERENCE_ENTRIES.map((_, i) => newEntry({}, i))
const bound = newEntry({
  label: 'bound',
  usedAt: 1_700_000_100_000,
  lastStepUsed: 56_666_670,
  recoveryCode: 'ABCD-EFGH-IJKL-MNOP',
  binding: { serverId: 's', account: 'alice', userId: 'u1', phase: 'bound' },
})
const gone = newEntry({ label: 'gone' })
await vault.change(first, () => ({ entries: [...entries, gone], servers: [newServer()] }))
await vault.changePassphrase('the first passphrase', 'the second passphrase')
const key = await vault.changeKey('the second passphrase', passphrase)
now += 86_400_000
await vault.takeSnapshot(key, 'import')
const atSnapshot = await vault.read(key)
await vault.change(key, () => ({ entries: [bound], remove: [gone.id], order: [bound.id] }))
const sheet = await vault.addSheet(key)
const prfOutput = Uint8Array.from({ length: 32 }, (_, i) => i)
await vault.addPasskey(key, { credentialId: 'Y3JlZGVudGlhbA==', prfInput: 'aW5wdXQ=', prfOutput })

const { stored, mirror, snapshots } = JSON.parse(bytesToText(await vault.exportRaw()) ?? '') as Record<string, unknown>
const { damaged: _damaged, ...contents } = await vault.read(key)
const { damaged: _none, ...snapshot } = atSnapshot
const fixture = { passphrase, sheet, prfOutput, vaultKey: key, stored, mirror, snapshots, contents, snapshot }
const bytesAsBase64 = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? bytesToBase64(value) : value
process.stdout.write(`${JSON.stringify(fixture, bytesAsBase64, 2)}\n`)
