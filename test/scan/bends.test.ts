import { describe, expect, it } from 'vitest'

import { bent, unbent } from '../../src/scan/bends'
import { greyOf, rgbaOf, type GreyImage } from '../../src/scan/grey'
import { scanImage } from '../../src/scan/scan'
import { modulesOf, page, put } from './draw'

const URI = 'otpauth://totp/Heronbank:wader?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Heronbank'

async function code(): Promise<ReturnType<typeof greyOf>> {
  const image = page(320, 320)
  put(image, await modulesOf(URI), 40, 40, { scale: 6 })
  return greyOf(image)
}

describe('bent', () => {
  it('moves the ends of a row against its middle, and loses none of it', () => {
    const image = { pixels: new Uint8Array(100 * 100).fill(255), width: 100, height: 100 }
    image.pixels.fill(0, 50 * 100, 51 * 100)
    const { pixels } = bent(image, 0.1, 'rows')
    const rowOf = (x: number): number => pixels.findIndex((light, at) => at % 100 === x && light === 0) / 100
    expect(Math.floor(rowOf(0)) - Math.floor(rowOf(50))).toBe(10)
    expect(pixels.filter((light) => light === 0)).toHaveLength(100)
  })

  it('does the same to columns', () => {
    const image = { pixels: Uint8Array.from({ length: 400 }, (_, at) => at), width: 20, height: 20 }
    const turned = (one: GreyImage): Uint8Array =>
      Uint8Array.from({ length: 400 }, (_, at) => one.pixels[(at % 20) * 20 + Math.floor(at / 20)] ?? 0)
    const columns = bent(image, 0.2, 'columns')
    expect(turned(columns)).toEqual(bent({ ...image, pixels: turned(image) }, 0.2, 'rows').pixels)
  })
})

describe('unbent', () => {
  it('tries each way once', async () => {
    const looks = [...unbent(await code())].map(({ pixels }) => pixels.join(''))
    expect(new Set(looks).size).toBe(8)
  })
})

describe('a bent code', () => {
  it.each([
    ['rows', 0.07],
    ['rows', -0.07],
    ['columns', 0.07],
    ['columns', -0.07],
  ] as const)('whose %s are bent by %d is read', async (which, by) => {
    expect(await scanImage(rgbaOf(bent(await code(), by, which)))).toEqual([URI])
  })
})
