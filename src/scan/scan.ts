import { AppError } from '../core/errors'
import type { Attempt, Engine, Reading } from './engines/engine'
import { openJsqr } from './engines/jsqr'
import { openZxing } from './engines/zxing'
import { backgroundsFor, greyOf, opaqueGreyOf, type GreyImage, type RgbaImage } from './grey'
import { checkSize } from './limits'
import { around, pixelCount, viewsOf } from './views'

/** What is mistaken for a code is small and may be there many times. */
const MOST_UNREAD = 2

/**
 * Every distinct text of the QR codes in a picture; none if there is no code. The picture stays as it is.
 * Throws `scan/image-too-large`, `scan/image-unreadable`.
 */
export async function scanImage(image: RgbaImage): Promise<readonly string[]> {
  return (await lookAtImage(image, () => true)).texts
}

/** What a picture holds. */
export interface Findings {
  readonly texts: readonly string[]
  /** Whether the decoder saw, at the first look, what seems to be a code and could not be read. */
  readonly unread: boolean
}

/**
 * Like {@link scanImage}, but asks between two looks whether it may go on. Throws `scan/timed-out` where it may not and
 * nothing has been read.
 */
export async function lookAtImage(image: RgbaImage, mayGoOn: () => boolean): Promise<Findings> {
  checkSize(image)
  if (image.data.length !== pixelCount(image) * 4) throw new AppError('scan/image-unreadable')
  const { engine, sawUnread } = watched((await openZxing()) ?? (await openJsqr()), mayGoOn)
  const grey = opaqueGreyOf(image)
  const texts =
    grey === null
      ? firstFound(backgroundsFor(image), (background) => readGrey(engine, greyOf(image, background)))
      : readGrey(engine, grey)
  return { texts, unread: sawUnread() }
}

/** The same engine, which looks at nothing more when there is no time left, and remembers what its first look saw. */
function watched(engine: Engine, mayGoOn: () => boolean): { engine: Engine; sawUnread: () => boolean } {
  let unread = false
  const attempts = engine.attempts.map(({ read, sharpUpTo }, index) => ({
    sharpUpTo,
    read(image: GreyImage): Reading {
      if (!mayGoOn()) throw new AppError('scan/timed-out')
      const reading = read(image, mayGoOn)
      if (index === 0 && reading.unread.length > 0) unread = true
      return reading
    },
  }))
  return { engine: { ...engine, attempts }, sawUnread: () => unread }
}

/** Attempt after attempt until one finds something; all views of the picture in each, so that no code is left out. */
function readGrey(engine: Engine, image: GreyImage): readonly string[] {
  const views = viewsOf(image)
  return firstFound(engine.attempts, (attempt) => {
    const seen = pixelCount(image) <= attempt.sharpUpTo ? views : views.slice(0, 1)
    return distinct(seen.flatMap((view) => readView(engine, attempt, view)))
  })
}

/** Where one code was read and another one beside it was not, what helps hard codes is done for that one alone. */
function readView(engine: Engine, attempt: Attempt, view: GreyImage): readonly string[] {
  const { texts, unread } = attempted(() => attempt.read(view))
  if (texts.length === 0) return []
  const others = engine.attempts.filter((one) => one !== attempt)
  const rest = unread.slice(0, MOST_UNREAD).map((region) => around(view, region))
  return [...texts, ...rest.flatMap((part) => readPart(others, part))]
}

function readPart(attempts: readonly Attempt[], part: GreyImage): readonly string[] {
  try {
    return firstFound(attempts, (one) => one.read(part).texts)
  } catch {
    // Out of time, or too much for the decoder: what was read beside it counts all the same.
    return []
  }
}

function firstFound<T>(ways: readonly T[], read: (way: T) => readonly string[]): readonly string[] {
  for (const way of ways) {
    const texts = read(way)
    if (texts.length > 0) return texts
  }
  return []
}

/** An empty text is what decoders give for bytes they cannot put into words; nobody can use it. */
function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

function attempted(read: () => Reading): Reading {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('scan/image-unreadable', {}, { cause })
  }
}
