import { AppError } from '../../core/errors'
import { MOST_BYTES } from '../limits'

/** What a file chooser should offer. */
export const IMAGE_TYPES = 'image/png,image/jpeg,image/gif,image/webp,image/bmp,image/avif'

/** The first picture among files that were chosen or dropped. Throws `scan/image-unreadable`, `scan/image-too-large`. */
export function imageAmong(files: Iterable<File>): Blob {
  const image = [...files].find(isImage)
  if (!image) throw new AppError('scan/image-unreadable')
  if (image.size > MOST_BYTES) throw new AppError('scan/image-too-large')
  return image
}

/** By name alone nothing is decided: some systems leave the type empty, and the reader looks at the content anyway. */
function isImage({ type }: File): boolean {
  return type === '' || IMAGE_TYPES.split(',').includes(type)
}
