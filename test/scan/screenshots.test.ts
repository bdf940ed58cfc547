import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { scanImage } from '../../src/scan/scan'
import expected from '../fixtures/qr/expected.json' with { type: 'json' }

const SCREENSHOTS = Object.entries(expected)

function pixels(name: string) {
  const { data, width, height } = PNG.sync.read(readFileSync(`test/fixtures/qr/${name}`))
  return { data: new Uint8ClampedArray(data), width, height }
}

describe('scanImage, on screenshots of a browser', () => {
  it.each(SCREENSHOTS)('reads all of %s and nothing else', async (name, texts) => {
    expect((await scanImage(pixels(name))).toSorted()).toEqual(texts.toSorted())
  })
})

describe('scanImage, on screenshots where WebAssembly is refused', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  async function scanWithout(name: string): Promise<readonly string[]> {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    return (await import('../../src/scan/scan')).scanImage(pixels(name))
  }

  it.each(SCREENSHOTS.filter(([, texts]) => texts.length <= 1))('reads %s', async (name, texts) => {
    expect(await scanWithout(name)).toEqual(texts)
  })

  it.each(SCREENSHOTS.filter(([, texts]) => texts.length > 1))('reads one of %s at least', async (name, texts) => {
    const found = await scanWithout(name)
    expect(found.length).toBeGreaterThan(0)
    expect(texts).toEqual(expect.arrayContaining([...found]))
  })
})
