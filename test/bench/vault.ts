import '../support/as-extension'
import 'fake-indexeddb/auto'
import { textToBytes } from '../../src/core/bytes'
import { KDF_DEFAULT, stretchPassphrase } from '../../src/crypto/kdf'
import { newSalt } from '../../src/crypto/keys'
import { type Vault, openVault } from '../../src/vault/vault'
import { newEntry } from '../vault/support'
import { type Findings, type Goal, median } from './bench'

const PASSPHRASE = 'correct horse battery staple'
const COUNTS = [100, 1_000, 5_000] as const
const RUNS = 9
/** For which number of accounts there is a goal, and what opening them may take beside the key derivation. */
const USUAL = 1_000
const MOST_BESIDE_MS = 60

/**
 * What the vault costs beside its key derivation, in one run. Node and a database in memory, so it is the ratios that count; what
 * the browsers' databases take comes on top.
 */
export async function benchVault(): Promise<Findings> {
  const figures: Record<string, number> = {}
  const goals: Goal[] = []
  for (const count of COUNTS) {
    for (const [name, ms] of Object.entries(await measure(count)))
      figures[`${count} accounts: ${name} (ms)`] = round(ms)
  }
  const beside = `${USUAL} accounts: unlock beside the key derivation (ms)`
  goals.push({ name: beside, figure: figures[beside] ?? NaN, most: MOST_BESIDE_MS })
  return { figures, goals }
}

async function measure(count: number): Promise<Record<string, number>> {
  const { vault, key } = await filled(count)
  const [entry] = (await vault.read(key)).entries
  const kdfs: number[] = []
  // In turn with the derivation, so that a busy machine slows both.
  const beside = await medianOf(async () => {
    const kdf = await timeMs(() => stretchPassphrase(PASSPHRASE, newSalt(), KDF_DEFAULT))
    kdfs.push(kdf)
    return (await timeMs(() => vault.unlock(PASSPHRASE))) - kdf
  })
  return {
    'key derivation': median(kdfs),
    'unlock beside the key derivation': beside,
    read: await medianOf(() => timeMs(() => vault.read(key))),
    'write of one': await medianOf(() => timeMs(() => vault.change(key, () => (entry ? { entries: [entry] } : null)))),
    'bare decryption': await floorMs(count),
  }
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

async function medianOf(measureOnce: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let i = 0; i < RUNS; i++) values.push(await measureOnce())
  return median(values)
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function round(ms: number): number {
  return Math.round(10 * ms) / 10
}
