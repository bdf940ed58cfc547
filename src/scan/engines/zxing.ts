import {
  binarizers,
  characterSets,
  defaultReaderOptions,
  eanAddOnSymbols,
  prepareZXingModule,
  textModes,
  type ZXingReaderModule,
} from 'zxing-wasm/reader'

import { boxBlur, cropped, doubled, localMean, sharpened, shrunk } from '../filters'
import { flattened, spending } from '../flattened'
import type { GreyImage } from '../grey'
import { framedIslands } from '../islands'
import { denseRegions, overlap, type Region } from '../regions'
import { pixelCount, tiles, VIEW_PIXELS } from '../views'
import { together, type Attempt, type Engine, type Reading } from './engine'
import { wasmSource } from './wasm-source'

type ReaderOptions = Parameters<ZXingReaderModule['readBarcodesFromPixmap']>[3]
type Symbol = NonNullable<ReturnType<ReturnType<ZXingReaderModule['readBarcodesFromPixmap']>['get']>>

// oxlint-disable no-underscore-dangle -- the names of the compiled module's own functions

/** The library's types leave the module's memory out. */
interface Reader extends Pick<ZXingReaderModule, 'readBarcodesFromPixmap'> {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
}

/**
 * In numbers, as the module itself takes them. Text is taken plain: other modes write control characters as names. Micro
 * codes, which the module counts as QR too, are left out: they hold too little for an account, and the least of them has
 * no more than a check of errors, so that it is soon seen in noise.
 */
const OPTIONS: ReaderOptions = {
  ...defaultReaderOptions,
  formats: 'QRCodeModel2',
  returnErrors: true,
  maxNumberOfSymbols: 255,
  textMode: textModes.indexOf('Plain'),
  binarizer: binarizers.indexOf('LocalAverage'),
  characterSet: characterSets.indexOf('Unknown'),
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
}

/** Room for a 4K screenshot, whose rescue in full sharpness takes about a second. */
const RESCUE_PIXELS = 10_000_000

/** As much as this is looked at for tiny modules, at four times the pixels and twice. */
const DENSE_PIXELS = 2_300_000

/** The smallest code at a pixel for each of its modules; the module refuses pictures without any pixels. */
const LEAST_SIDE = 21

/** Null where WebAssembly is absent or refused by the content security policy. */
export async function openZxing(): Promise<Engine | null> {
  const reader = await startModule()
  return reader && { name: 'zxing', attempts: attemptsOf(reader) }
}

/**
 * Beyond the first, each step was measured to read codes that those before it miss: the local mean faint ones, half the
 * size noisy, ragged and dotted ones, flattening those on bent paper or with a mark that is hurt, the frame those whose
 * border melts into the page, sharpening blurred ones, doubling tiny ones.
 */
function attemptsOf(reader: Reader): readonly Attempt[] {
  const plain = (image: GreyImage): Reading => look(reader, image, OPTIONS)
  // A third of the size was looked at in the first attempt.
  const sharp = (image: GreyImage): Reading => look(reader, image, { ...OPTIONS, tryDownscale: false })
  const rescue = (read: Attempt['read']): Attempt => ({ read, sharpUpTo: RESCUE_PIXELS })
  return [
    { read: plain, sharpUpTo: Infinity },
    rescue((image) => plain(localMean(image, 12))),
    rescue((image) => anyOf(sharp, atHalfSize(image))),
    rescue((image, mayGoOn = () => true) => {
      const spend = spending(mayGoOn)
      return anyOf((one) => together([...flattened(one, spend)].map(sharp)), atBothSizes(image))
    }),
    rescue((image) => together(framedIslands(image).map(sharp))),
    rescue((image) => sharp(sharpened(image, 3, 4))),
    rescue((image) => together(denseTiles(image).map((tile) => anyOf(sharp, atTwiceTheSize(tile))))),
  ]
}

/** What is dense enough for a code of tiny modules, in pieces that stay small when they are doubled. */
function denseTiles(image: GreyImage): readonly GreyImage[] {
  const regions = denseRegions(image)
  // Noise is dense all over; in a picture of that kind and size nothing is tiny.
  if (regions.reduce((sum, region) => sum + pixelCount(region), 0) > DENSE_PIXELS) return []
  return regions.flatMap(({ left, top, width, height }) =>
    tiles(cropped(image, left, top, width, height), VIEW_PIXELS / 4),
  )
}

/** As it is, smoothed against noise, and sharpened against blur that is wide as well as modules that are. */
function* atHalfSize(image: GreyImage): Generator<GreyImage> {
  const half = shrunk(image, 2)
  yield half
  yield boxBlur(half, 1)
  yield sharpened(half, 3, 4)
}

/** Corner marks of large modules are seen at a third of the size only. */
function* atBothSizes(image: GreyImage): Generator<GreyImage> {
  yield image
  yield shrunk(image, 3)
}

function* atTwiceTheSize(image: GreyImage): Generator<GreyImage> {
  const larger = doubled(image)
  yield larger
  yield sharpened(larger, 4, 4)
}

/** Each picture is made only when those before it gave nothing. */
function anyOf(read: Attempt['read'], images: Iterable<GreyImage>): Reading {
  for (const image of images) {
    const reading = read(image)
    if (reading.texts.length > 0) return reading
  }
  return { texts: [], unread: [] }
}

/** Grey pixels go straight into the module's memory; the library's own function would take RGBA and convert it each time. */
function look(reader: Reader, image: GreyImage, options: ReaderOptions): Reading {
  const { pixels, width, height } = image
  if (Math.min(width, height) < LEAST_SIDE) return { texts: [], unread: [] }
  try {
    const pointer = reader._malloc(pixels.length)
    reader.HEAPU8.set(pixels, pointer)
    const found = reader.readBarcodesFromPixmap(pointer, width, height, options)
    reader._free(pointer)
    return readingOf(Array.from({ length: found.size() }, (_, index) => found.get(index)))
  } catch (cause) {
    // Its memory is not to be trusted any more.
    started = null
    throw cause
  }
}

/** With each code that cannot be read the module says why; those that it also read otherwise do not count. */
function readingOf(symbols: readonly (Symbol | undefined)[]): Reading {
  const all = symbols.flatMap((symbol) => (symbol ? [{ ...symbol, region: regionOf(symbol.position) }] : []))
  const read = all.filter(({ error }) => error === '')
  const unread = all.filter(({ error, region }) => error !== '' && !read.some((one) => overlap(one.region, region)))
  return { texts: read.map(({ text }) => text), unread: unread.map(({ region }) => region) }
}

function regionOf({ topLeft, topRight, bottomLeft, bottomRight }: Symbol['position']): Region {
  const corners = [topLeft, topRight, bottomLeft, bottomRight]
  const across = corners.map(({ x }) => x)
  const down = corners.map(({ y }) => y)
  const [left, top] = [Math.min(...across), Math.min(...down)]
  return { left, top, width: Math.max(...across) - left, height: Math.max(...down) - top }
}

let started: Promise<Reader | null> | null = null

/** The module is started once per context, and anew after it has crashed. */
function startModule(): Promise<Reader | null> {
  started ??= compile()
  return started
}

async function compile(): Promise<Reader | null> {
  if (typeof WebAssembly === 'undefined') return null
  const overrides = { ...wasmSource(), printErr: () => {} }
  try {
    return (await prepareZXingModule({ overrides, fireImmediately: true })) as unknown as Reader
  } catch {
    // Compiling is refused where the policy lacks 'wasm-unsafe-eval'; the other engine needs no leave.
    return null
  }
}
