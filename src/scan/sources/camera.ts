import { AppError, type ErrorCode } from '../../core/errors'
import type { Decoder } from '../decode'
import { frameOf } from '../image'

/** About five frames a second: enough for a hand that moves, and the machine stays usable. */
const FRAME_EVERY_MS = 200

/**
 * Shows the camera in `video` and looks at its frames until one holds a code, which it answers with its texts, or until
 * the signal aborts, whose reason it throws. Texts in `known` are passed over. The camera is off and the decoder closed afterwards. Throws `scan/camera-refused`.
 */
export async function scanCamera(
  video: HTMLVideoElement,
  signal: AbortSignal,
  decoder: Decoder,
  known: readonly string[] = [],
): Promise<readonly string[]> {
  const stream = await openCamera()
  try {
    signal.throwIfAborted()
    video.srcObject = stream
    await video.play()
    return await firstCode(video, decoder, signal, known)
  } finally {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
    decoder.close()
  }
}

async function firstCode(
  video: HTMLVideoElement,
  decoder: Decoder,
  signal: AbortSignal,
  known: readonly string[],
): Promise<readonly string[]> {
  for (;;) {
    const nextFrame = after(FRAME_EVERY_MS, signal)
    const frame = frameOf(video)
    const texts = frame ? await textsIn(frame, decoder, signal) : []
    const fresh = texts.filter((text) => !known.includes(text))
    if (fresh.length > 0) return fresh
    await nextFrame
    signal.throwIfAborted()
  }
}

/** With these the next frame may do better. */
const PASSED_OVER: ReadonlySet<ErrorCode> = new Set(['scan/timed-out', 'scan/too-small'])

/** A frame that takes too long is passed over; the next one may be sharper. */
async function textsIn(frame: ImageData, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await decoder.decode(frame, signal)
  } catch (error) {
    if (error instanceof AppError && PASSED_OVER.has(error.code)) return []
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
