import { describe, expect, it } from 'vitest'

import { KDF_TARGET_MS, calibrateKdf } from '../../src/crypto/calibrate'
import { KDF_DEFAULT, isCheaper, isKdfParameters } from '../../src/crypto/kdf'

describe('calibrateKdf (KEY-1)', () => {
  it.each([0.1, 1, 50, 100, 150, 200, 240, 320, 400, 600, 850, 2000, 60_000])(
    'takes what %d ms for the floor leave room for, and never less than the floor',
    async (floorMs) => {
      const kdf = await calibrateKdf(async () => floorMs)
      expect(isCheaper(kdf, KDF_DEFAULT)).toBe(false)
      expect(isKdfParameters(kdf)).toBe(true)
      const factor = (kdf.memoryKib * kdf.passes) / (KDF_DEFAULT.memoryKib * KDF_DEFAULT.passes)
      if (factor > 1) expect(floorMs * factor).toBeLessThanOrEqual(KDF_TARGET_MS)
      // On everything between a fast desktop and one where the floor itself is slow: half a second at least.
      if (floorMs >= 100) expect(floorMs * factor).toBeGreaterThan(500)
    },
  )

  it('measures when it is not told', async () => {
    expect(isCheaper(await calibrateKdf(), KDF_DEFAULT)).toBe(false)
  })
})
