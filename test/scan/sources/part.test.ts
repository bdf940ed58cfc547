import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { looksAt, type Picture } from '../../../src/scan/sources/part'

const drawn: number[][] = []

beforeEach(() => {
  drawn.length = 0
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        return {
          drawImage: (_picture: unknown, ...places: number[]) => drawn.push(places),
          getImageData: (_x: number, _y: number, width: number, height: number) => ({ width, height }),
        }
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const picture = (width: number, height: number) => ({ width, height }) as unknown as Picture

describe('looksAt', () => {
  it('takes the part with a margin, as it is, twice and four times as large', () => {
    const looks = [...looksAt(picture(1_000, 500), { left: 0.5, top: 0.2, width: 0.1, height: 0.4 })]
    expect(looks).toEqual([
      { width: 116, height: 232 },
      { width: 232, height: 464 },
      { width: 464, height: 928 },
    ])
    expect(drawn.map((places) => places.slice(0, 4))).toEqual(Array.from({ length: 3 }, () => [492, 84, 116, 232]))
  })

  it('stays inside the picture', () => {
    expect([...looksAt(picture(90, 60), { left: 0, top: 0, width: 1, height: 1 })][0]).toEqual({
      width: 90,
      height: 60,
    })
    expect([...looksAt(picture(90, 60), { left: 1, top: 1, width: 0, height: 0 })][0]).toEqual({ width: 1, height: 1 })
  })

  it('enlarges no more than the decoder takes at a time', () => {
    const whole = { left: 0, top: 0, width: 1, height: 1 }
    expect([...looksAt(picture(1_000, 900), whole)]).toHaveLength(2)
    expect([...looksAt(picture(3_000, 2_000), whole)]).toEqual([{ width: 3_000, height: 2_000 }])
  })
})
