import { AppError } from '../core/errors'

/** After this a picture is given up and its worker ended (INP-6). */
export const TIME_LIMIT_MS = 3_000

/** The largest picture that is looked at, in pixels (INP-6). */
export const MOST_PIXELS = 40_000_000

/** Larger than any screenshot of {@link MOST_PIXELS} needs to be; what is above is refused unread. */
export const MOST_BYTES = 50 * 1024 * 1024

/** Throws `scan/image-too-large`, or `scan/image-unreadable` where the numbers are no size at all. */
export function checkSize({ width, height }: { readonly width: number; readonly height: number }): void {
  if (![width, height].every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new AppError('scan/image-unreadable')
  }
  if (width * height > MOST_PIXELS) throw new AppError('scan/image-too-large')
}
