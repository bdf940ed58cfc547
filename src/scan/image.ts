import { AppError } from '../core/errors'
import { dimensionsOf } from './dimensions'
import { checkSize, MOST_BYTES } from './limits'

/**
 * The pixels of a picture file. Needs `createImageBitmap` and `OffscreenCanvas`: pages and their workers have both.
 * Throws `scan/image-too-large`, `scan/image-unreadable`.
 */
export async function pixelsOf(file: Blob): Promise<ImageData> {
  await checkHeader(file)
  const bitmap = await decoded(file)
  try {
    checkSize(bitmap)
    return drawn(bitmap, bitmap)
  } finally {
    bitmap.close()
  }
}

/** The frame a video shows now, or null before the first one. */
export function frameOf(video: HTMLVideoElement): ImageData | null {
  const size = { width: video.videoWidth, height: video.videoHeight }
  if (size.width === 0 || size.height === 0) return null
  checkSize(size)
  return drawn(video, size)
}

/** The bytes of a `data:` address with Base64 in it, without a request. Throws `scan/image-unreadable`. */
export function blobOfDataUrl(url: string): Blob {
  const [, type = '', base64] = /^data:([\w.+/-]+);base64,([A-Za-z0-9+/]*={0,2})$/.exec(url) ?? []
  if (base64 === undefined || base64.length % 4 === 1) throw new AppError('scan/image-unreadable')
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at)
  return new Blob([bytes], { type })
}

/** Refuses by the file's length and by what its header claims, before anything is decoded (INP-6). */
async function checkHeader(file: Blob): Promise<void> {
  if (file.size > MOST_BYTES) throw new AppError('scan/image-too-large')
  const size = dimensionsOf(new Uint8Array(await file.arrayBuffer()))
  if (!size) throw new AppError('scan/image-unreadable')
  checkSize(size)
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file)
  } catch (cause) {
    throw new AppError('scan/image-unreadable', {}, { cause })
  }
}

function drawn(source: CanvasImageSource, { width, height }: { width: number; height: number }): ImageData {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new AppError('scan/image-unreadable')
  context.drawImage(source, 0, 0)
  return context.getImageData(0, 0, width, height)
}
