import { type Bytes, concatBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { FILE_LIMITS } from './limits'

/** How much is handed to the decompressor at once: a bomb is noticed after a thousand times this at the latest. */
const STEP_BYTES = 4096
/** Short files of blanks have honest ratios above the limit; they cost nothing. */
const HARMLESS_BYTES = 1024 * 1024

interface Inflater {
  ondata: (chunk: Uint8Array<ArrayBuffer>, final: boolean) => void
  push(chunk: Uint8Array, final?: boolean): void
}

/** Deflated bytes again, as zips hold them. Throws `format/damaged`, `format/too-costly` (INP-5). */
export async function inflateRaw(bytes: Bytes): Promise<Bytes> {
  const { Inflate } = await import('fflate')
  return inflate(new Inflate() as Inflater, bytes)
}

/** A gzip's content. Throws `format/damaged`, `format/too-costly` (INP-5). */
export async function gunzip(bytes: Bytes): Promise<Bytes> {
  const { Gunzip } = await import('fflate')
  return inflate(new Gunzip() as Inflater, bytes)
}

function inflate(inflater: Inflater, bytes: Bytes): Bytes {
  const chunks: Uint8Array[] = []
  let length = 0
  let ended = false
  inflater.ondata = (chunk, final) => {
    chunks.push(chunk.slice())
    length += chunk.length
    ended = final
  }
  try {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const next = at + STEP_BYTES
      inflater.push(bytes.subarray(at, next), next >= bytes.length)
      checkInflated(length, Math.min(next, bytes.length))
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('format/damaged', {}, { cause: error })
  }
  if (!ended) throw new AppError('format/damaged')
  return concatBytes(...chunks)
}

function checkInflated(length: number, read: number): void {
  const steep = length > HARMLESS_BYTES && length > read * FILE_LIMITS.inflatedRatio
  if (steep || length > FILE_LIMITS.inflatedBytes) throw new AppError('format/too-costly')
}
