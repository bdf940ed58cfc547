import { describe, expect, it, vi } from 'vitest'

import { blobOfDataUrl, frameOf, pixelsOf } from '../../src/scan/image'
import { page, pngOf } from './draw'

/** A PNG of a few bytes that claims any size. */
function claiming(width: number, height: number): Blob {
  const file = pngOf(page(1, 1))
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return new Blob([new Uint8Array(file)])
}

describe('pixelsOf', () => {
  it.each([
    ['claims 100,000 × 100,000 pixels', claiming(100_000, 100_000), 'scan/image-too-large'],
    ['claims the largest size a PNG can', claiming(2 ** 31 - 1, 2 ** 31 - 1), 'scan/image-too-large'],
    ['claims one row too many', claiming(8_000, 5_001), 'scan/image-too-large'],
    ['claims no pixels', claiming(0, 10), 'scan/image-unreadable'],
    ['is longer than 50 MiB', new Blob([new Uint8Array(50 * 1024 * 1024 + 1)]), 'scan/image-too-large'],
    ['is no picture', new Blob(['hello']), 'scan/image-unreadable'],
    ['is empty', new Blob([]), 'scan/image-unreadable'],
  ])('refuses a file that %s, before the browser decodes it (INP-6)', async (_what, file, code) => {
    const decode = vi.fn()
    vi.stubGlobal('createImageBitmap', decode)
    await expect(pixelsOf(file)).rejects.toMatchObject({ name: 'AppError', code })
    expect(decode).not.toHaveBeenCalled()
    vi.unstubAllGlobals()
  })

  it('refuses a file that the browser cannot decode', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('broken', 'InvalidStateError')))
    await expect(pixelsOf(claiming(10, 10))).rejects.toMatchObject({ code: 'scan/image-unreadable' })
    vi.unstubAllGlobals()
  })

  it('refuses a picture that turns out larger than it claimed (INP-6)', async () => {
    const close = vi.fn()
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 10_000, height: 10_000, close }))
    await expect(pixelsOf(claiming(10, 10))).rejects.toMatchObject({ code: 'scan/image-too-large' })
    expect(close).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})

describe('frameOf', () => {
  it('is null before the first frame', () => {
    expect(frameOf({ videoWidth: 0, videoHeight: 0 } as HTMLVideoElement)).toBeNull()
  })
})

describe('blobOfDataUrl', () => {
  it('gives the bytes and the type', async () => {
    const blob = blobOfDataUrl(`data:image/png;base64,${Buffer.from([0, 1, 254, 255]).toString('base64')}`)
    expect(blob.type).toBe('image/png')
    expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([0, 1, 254, 255])
  })

  it('takes a screenshot of several megabytes', () => {
    const base64 = Buffer.alloc(12_000_000, 7).toString('base64')
    expect(blobOfDataUrl(`data:image/png;base64,${base64}`).size).toBe(12_000_000)
  })

  it.each(['', 'data:,x', 'data:image/png;base64,A', 'data:image/png;base64,%%%', 'https://example.com/a.png'])(
    'refuses %j',
    (url) => {
      expect(() => blobOfDataUrl(url)).toThrow(expect.objectContaining({ code: 'scan/image-unreadable' }))
    },
  )
})
