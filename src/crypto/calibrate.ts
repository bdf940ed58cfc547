import { KDF_DEFAULT, type KdfParameters, stretchPassphrase } from './kdf'
import { newSalt } from './keys'

/** How long a passphrase may be stretched on the machine that creates the vault, in milliseconds (KEY-1). */
export const KDF_TARGET_MS = 850

/** Ever dearer, by how many times the floor's cost; memory first, since it is what a guesser has to buy. */
const LADDER: readonly (readonly [memoryKib: number, passes: number])[] = [
  [65_536, 3],
  [65_536, 4],
  [98_304, 3],
  [131_072, 3],
  [131_072, 4],
  [131_072, 5],
  [131_072, 6],
  [131_072, 8],
]

/** Parameters that take 0.5 to 1 s here, and never less than the floor. `elapsedMs` tells how long a derivation takes. */
export async function calibrateKdf(elapsedMs = derivationMs): Promise<KdfParameters> {
  const floorMs = await elapsedMs(KDF_DEFAULT)
  const msPerUnit = floorMs / (KDF_DEFAULT.memoryKib * KDF_DEFAULT.passes)
  const affordable = LADDER.findLast(([memoryKib, passes]) => memoryKib * passes * msPerUnit <= KDF_TARGET_MS)
  const [memoryKib, passes] = affordable ?? [KDF_DEFAULT.memoryKib, KDF_DEFAULT.passes]
  return { ...KDF_DEFAULT, memoryKib, passes }
}

async function derivationMs(parameters: KdfParameters): Promise<number> {
  const start = performance.now()
  await stretchPassphrase('calibration', newSalt(), parameters)
  return performance.now() - start
}
