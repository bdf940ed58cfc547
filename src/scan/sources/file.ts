import { AppError } from '../../core/errors'
import { MOST_BYTES } from '../limits'

/** What a file chooser should offer. */
export const IMAGE_TYPES = 'image/png,image/jpeg,image/gif,image/webp,image/bmp,image/avif'

/** More pictures than this are not read in one go. */
const MOST_IMAGES = 100

/** The pictures among files that were chosen or dropped. Throws `scan/image-unreadable`, `scan/image-too-large` where none is left. */
export function imagesAmong(files: Iterable<File>): readonly Blob[] {
  const images = [...files].filter(isImage)
  if (images.length === 0) throw new AppError('scan/image-unreadable')
  const small = images.filter(({ size }) => size <= MOST_BYTES)
  if (small.length === 0) throw new AppError('scan/image-too-large')
  return small.slice(0, MOST_IMAGES)
}

/** By name alone nothing is decided: some systems leave the type empty, and the reader looks at the content anyway. */
function isImage({ type }: File): boolean {
  return type === '' || IMAGE_TYPES.split(',').includes(type)
}
