import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { AppError } from '../../../src/core/errors'
import type { Decoder } from '../../../src/scan/decode'
import { scanCamera } from '../../../src/scan/sources/camera'

const track = { stop: vi.fn() }
const stream = { getTracks: () => [track] }
const getUserMedia = vi.fn()

/** A decoder that answers from a list, a frame each; after its end it finds nothing. */
function decoder(...answers: (readonly string[] | AppError)[]) {
  const decode = vi.fn(async () => {
    const answer = answers.shift() ?? []
    if (answer instanceof AppError) throw answer
    return answer
  })
  return { decode, close: vi.fn() } satisfies Decoder
}

function video(width = 4): HTMLVideoElement {
  return { videoWidth: width, videoHeight: width, srcObject: null, play: async () => {} } as unknown as HTMLVideoElement
}

beforeEach(() => {
  vi.useFakeTimers()
  track.stop.mockReset()
  getUserMedia.mockReset().mockResolvedValue(stream)
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        return {
          drawImage() {},
          getImageData: (_x: number, _y: number, width: number, height: number) => ({ width, height }),
        }
      }
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('scanCamera', () => {
  it('passes over what is known, and frames with a code too small to be read', async () => {
    const reader = decoder(['part 1'], new AppError('scan/too-small'), ['part 1', 'part 2'])
    const texts = scanCamera(video(), new AbortController().signal, reader, ['part 1'])
    await vi.advanceTimersByTimeAsync(400)
    expect(await texts).toEqual(['part 2'])
  })

  it('looks five times a second until a frame holds a code, then turns the camera off', async () => {
    const reader = decoder([], [], ['found'])
    const element = video()
    const texts = scanCamera(element, new AbortController().signal, reader)
    await vi.advanceTimersByTimeAsync(399)
    expect(reader.decode).toHaveBeenCalledTimes(2)
    expect(element.srcObject).toBe(stream)
    await vi.advanceTimersByTimeAsync(1)
    expect(await texts).toEqual(['found'])
    expect(track.stop).toHaveBeenCalledOnce()
    expect(reader.close).toHaveBeenCalledOnce()
    expect(element.srcObject).toBeNull()
  })

  it('passes over a frame that takes too long', async () => {
    const texts = scanCamera(video(), new AbortController().signal, decoder(new AppError('scan/timed-out'), ['found']))
    await vi.advanceTimersByTimeAsync(200)
    expect(await texts).toEqual(['found'])
  })

  it('waits for the first frame', async () => {
    const reader = decoder(['found'])
    const wish = new AbortController()
    const texts = scanCamera(video(0), wish.signal, reader)
    const outcome = expect(texts).rejects.toThrow('enough')
    await vi.advanceTimersByTimeAsync(1_000)
    wish.abort(new Error('enough'))
    await outcome
    expect(reader.decode).not.toHaveBeenCalled()
  })

  it('turns the camera off at once when the user closes it', async () => {
    const wish = new AbortController()
    const texts = scanCamera(video(), wish.signal, decoder())
    const outcome = expect(texts).rejects.toThrow('closed')
    await vi.advanceTimersByTimeAsync(450)
    wish.abort(new Error('closed'))
    await outcome
    expect(track.stop).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('turns the camera off when the user closed it before it was on', async () => {
    await expect(scanCamera(video(), AbortSignal.abort(), decoder())).rejects.toMatchObject({ name: 'AbortError' })
    expect(track.stop).toHaveBeenCalledOnce()
  })

  it('turns the camera off when reading fails', async () => {
    const texts = scanCamera(video(), new AbortController().signal, decoder(new AppError('unexpected')))
    await expect(texts).rejects.toMatchObject({ code: 'unexpected' })
    expect(track.stop).toHaveBeenCalledOnce()
  })

  it('says so when the camera is refused', async () => {
    getUserMedia.mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    const texts = scanCamera(video(), new AbortController().signal, decoder())
    await expect(texts).rejects.toMatchObject({ name: 'AppError', code: 'scan/camera-refused' })
  })
})
