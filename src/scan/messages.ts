import type { ErrorCode } from '../core/errors'
import type { RgbaImage } from './grey'

/** What the worker is asked: a picture file, or pixels whose memory moves over to it. */
export type Source = Blob | RgbaImage

/** What the worker answers to each picture. */
export type Reply =
  { readonly kind: 'texts'; readonly texts: readonly string[] } | { readonly kind: 'failed'; readonly code: ErrorCode }
