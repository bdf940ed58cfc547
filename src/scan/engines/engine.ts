import type { GreyImage } from '../grey'

/** One way of looking at a picture. Attempts are made in order, each only if those before it found nothing. */
export interface Attempt {
  /** Every text found, perhaps with repetitions; none if there is no code. Throws whatever the decoder throws. */
  read(image: GreyImage): readonly string[]
  /** In pictures of more pixels than this only the overview is looked at, for the time it would take. */
  readonly sharpUpTo: number
}

/** A decoder that is ready. */
export interface Engine {
  readonly name: 'zxing' | 'jsqr'
  readonly attempts: readonly Attempt[]
}
