import '../support/as-extension'
import 'fake-indexeddb/auto'
import { textToBytes } from '../../src/core/bytes'
import { KDF_DEFAULT, stretchPassphrase } from '../../src/crypto/kdf'
import { newSalt } from '../../src/crypto/keys'
import { type Vault, openVault } from '../../src/vault/vault'
import { newEntry } from '../vault/support'

/*
 * What the vault costs beside its key derivation, in one run: `npx tsx test/bench/vault.ts`. Node and a database in memory,
 * so the ratios count, not the times; the browsers' own figures are measured end to end.
 */
const PASSPHRASE = 'correct horse battery staple'
const RUNS = 9

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let i = 0; i < RUNS; i++) values.push(await measure())
  return middle(values)
}

async function filled(count: number): Promise<{ vault: Vault; key: string }> {
  const vault = openVault({ databaseName: `bench ${count}`, kdf: KDF_DEFAULT })
  const key = await vault.create(PASSPHRASE)
  await vault.change(key, () => ({
    entries: Array.from({ length: count }, (_, i) => newEntry({ label: `account ${i}` }, i)),
  }))
  return { vault, key }
}

/** As many AES-GCM calls: the least that opening so many sealed records can cost. */
async function floorMs(count: number): Promise<number> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const iv = new Uint8Array(12)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, textToBytes(JSON.stringify(newEntry())))
  const decryptAll = (): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed)))
  return medianOf(() => timeMs(decryptAll))
}

for (const count of [100, 1000, 5000]) {
  const { vault, key } = await filled(count)
  const [entry] = (await vault.read(key)).entries
  const kdfs: number[] = []
  // In turn with the derivation, so that a busy machine slows both.
  const over = await medianOf(async () => {
    const kdf = await timeMs(() => stretchPassphrase(PASSPHRASE, newSalt(), KDF_DEFAULT))
    kdfs.push(kdf)
    return (await timeMs(() => vault.unlock(PASSPHRASE))) - kdf
  })
  const kdf = middle(kdfs)
  const read = await medianOf(() => timeMs(() => vault.read(key)))
  const write = await medianOf(() => timeMs(() => vault.change(key, () => (entry ? { entries: [entry] } : null))))
  const floor = await floorMs(count)
  const figures = Object.entries({ kdf, 'unlock beside it': over, read, write, 'bare decrypt': floor })
  const ratios = { 'unlock/kdf': (kdf + over) / kdf, 'read/decrypt': read / floor, 'write/read': write / read }
  console.log(
    `vault ${count}: ${figures.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(', ')}; ` +
      Object.entries(ratios)
        .map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`)
        .join(', '),
  )
}
