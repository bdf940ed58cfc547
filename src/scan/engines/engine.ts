import type { GreyImage } from '../grey'
import type { Region } from '../regions'

/** What one look at a picture gave. */
export interface Reading {
  /** Every text found, perhaps with repetitions; none if there is no code. */
  readonly texts: readonly string[]
  /** Where a code seems to be that could not be read, apart from those that were. */
  readonly unread: readonly Region[]
}

/** One way of looking at a picture. Attempts are made in order, each only if those before it found nothing. */
export interface Attempt {
  /** Throws whatever the decoder throws. Long looks ask now and then whether they may go on. */
  read(image: GreyImage, mayGoOn?: () => boolean): Reading
  /** In pictures of more pixels than this only the overview is looked at, for the time it would take. */
  readonly sharpUpTo: number
}

/** A decoder that is ready. */
export interface Engine {
  readonly name: 'zxing' | 'jsqr'
  readonly attempts: readonly Attempt[]
}

/** Several looks as one. */
export function together(readings: readonly Reading[]): Reading {
  return {
    texts: readings.flatMap(({ texts }) => texts),
    unread: readings.flatMap(({ unread }) => unread),
  }
}
