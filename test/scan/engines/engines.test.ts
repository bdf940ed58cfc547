import { afterEach, describe, expect, it, vi } from 'vitest'

import { openJsqr } from '../../../src/scan/engines/jsqr'
import { openZxing } from '../../../src/scan/engines/zxing'
import { greyOf } from '../../../src/scan/grey'
import { modulesOf, page, put } from '../draw'

const TEXT = 'otpauth://totp/a?secret=JBSWY3DP'

async function onePage() {
  const image = page(200, 200)
  put(image, await modulesOf(TEXT), 10, 10)
  return greyOf(image)
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe.each([
  ['zxing', openZxing],
  ['jsqr', openJsqr],
])('%s', (name, open) => {
  it('reads an easy code with its first attempt', async () => {
    const engine = await open()
    expect(engine?.name).toBe(name)
    expect(engine?.attempts[0]?.read(await onePage())).toEqual({ texts: [TEXT], unread: [] })
  })

  it('finds nothing on an empty page, whatever it attempts', async () => {
    const empty = greyOf(page(120, 90))
    const engine = await open()
    expect(engine?.attempts.map((attempt) => attempt.read(empty).texts)).toEqual(engine?.attempts.map(() => []))
  })

  it('takes pictures smaller than a code, a pixel among them', async () => {
    const engine = await open()
    for (const [width, height] of [
      [1, 1],
      [1, 50],
      [50, 1],
      [3, 3],
    ] as const) {
      const speck = greyOf(page(width, height))
      expect(engine?.attempts.flatMap((attempt) => attempt.read(speck).texts)).toEqual([])
    }
  })
})

describe('openZxing', () => {
  it('reads no Micro QR code, the least of which has no more than a check of errors', async () => {
    const image = page(200, 200)
    put(image, await modulesOf('12345', 'L', 'MicroQRCode'), 10, 10, { scale: 6 })
    const engine = await openZxing()
    expect(engine?.attempts.flatMap((attempt) => attempt.read(greyOf(image)).texts)).toEqual([])
  })

  it('is null where WebAssembly is absent', async () => {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    const { openZxing: open } = await import('../../../src/scan/engines/zxing')
    expect(await open()).toBeNull()
  })

  it('starts the module once', async () => {
    const compile = vi.spyOn(WebAssembly, 'instantiate')
    await openZxing()
    compile.mockClear()
    await openZxing()
    expect(compile).not.toHaveBeenCalled()
    compile.mockRestore()
  })
})
