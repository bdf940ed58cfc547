import { AppError } from '../../core/errors'
import type { Decoder } from '../decode'
import { frameOf } from '../image'

/** About five frames a second: enough for a hand that moves, and the machine stays usable. */
const FRAME_EVERY_MS = 200

/**
 * Shows the camera in `video` and looks at its frames until one holds a code, which it answers with its texts, or until
 * the signal aborts, whose reason it throws. The camera is off and the decoder closed afterwards. Throws `scan/camera-refused`.
 */
export async function scanCamera(
  video: HTMLVideoElement,
  signal: AbortSignal,
  decoder: Decoder,
): Promise<readonly string[]> {
  const stream = await openCamera()
  try {
    signal.throwIfAborted()
    video.srcObject = stream
    await video.play()
    return await firstCode(video, decoder, signal)
  } finally {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
    decoder.close()
  }
}

async function firstCode(video: HTMLVideoElement, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  for (;;) {
    const nextFrame = after(FRAME_EVERY_MS, signal)
    const frame = frameOf(video)
    const texts = frame ? await textsIn(frame, decoder, signal) : []
    if (texts.length > 0) return texts
    await nextFrame
    signal.throwIfAborted()
  }
}

/** A frame that takes too long is passed over; the next one may be sharper. */
async function textsIn(frame: ImageData, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await decoder.decode(frame, signal)
  } catch (error) {
    if (error instanceof AppError && error.code === 'scan/timed-out') return []
    throw error
  }
}

async function openCamera(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } })
  } catch (cause) {
    throw new AppError('scan/camera-refused', {}, { cause })
  }
}

/** Ends early when the signal aborts; whoever waits asks the signal. */
function after(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
