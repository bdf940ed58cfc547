import {
  binarizers,
  characterSets,
  defaultReaderOptions,
  eanAddOnSymbols,
  prepareZXingModule,
  textModes,
  type ZXingReaderModule,
} from 'zxing-wasm/reader'

import { boxBlur, doubled, localMean } from '../filters'
import type { GreyImage } from '../grey'
import { tiles, VIEW_PIXELS } from '../views'
import type { Attempt, Engine } from './engine'
import { wasmSource } from './wasm-source'

type ReaderOptions = Parameters<ZXingReaderModule['readBarcodesFromPixmap']>[3]

// oxlint-disable no-underscore-dangle -- the names of the compiled module's own functions

/** The library's types leave the module's memory out. */
interface Reader extends Pick<ZXingReaderModule, 'readBarcodesFromPixmap'> {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(pointer: number): void
}

/** In numbers, as the module itself takes them. Text is taken plain: other modes write control characters as names. */
const OPTIONS: ReaderOptions = {
  ...defaultReaderOptions,
  formats: 'QRCode',
  maxNumberOfSymbols: 255,
  textMode: textModes.indexOf('Plain'),
  binarizer: binarizers.indexOf('LocalAverage'),
  characterSet: characterSets.indexOf('Unknown'),
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
}

/** Room for a 4K screenshot, whose rescue in full sharpness takes about a second. */
const RESCUE_PIXELS = 10_000_000

/** Null where WebAssembly is absent or refused by the content security policy. */
export async function openZxing(): Promise<Engine | null> {
  const reader = await startModule()
  return reader && { name: 'zxing', attempts: attemptsOf(reader) }
}

/**
 * Beyond the first, each step was measured to read codes that those before it miss: denoising dotted modules, the
 * local mean faint ones, blurring ragged ones, doubling tiny ones.
 */
function attemptsOf(reader: Reader): readonly Attempt[] {
  const plain = (image: GreyImage): readonly string[] => texts(reader, image, OPTIONS)
  // At half its size a doubled picture is the one that was looked at before.
  const large = (image: GreyImage): readonly string[] => texts(reader, image, { ...OPTIONS, tryDownscale: false })
  const rescue = (read: Attempt['read']): Attempt => ({ read, sharpUpTo: RESCUE_PIXELS })
  return [
    { read: plain, sharpUpTo: Infinity },
    rescue((image) => texts(reader, image, { ...OPTIONS, tryDenoise: true })),
    rescue((image) => plain(localMean(image, 12))),
    rescue((image) => plain(boxBlur(image, 1))),
    rescue((image) => plain(boxBlur(image, 2))),
    { read: (image) => tiles(image, VIEW_PIXELS / 4).flatMap((tile) => large(doubled(tile))), sharpUpTo: VIEW_PIXELS },
  ]
}

/** Grey pixels go straight into the module's memory; the library's own function would take RGBA and convert it each time. */
function texts(reader: Reader, image: GreyImage, options: ReaderOptions): readonly string[] {
  const { pixels, width, height } = image
  try {
    const pointer = reader._malloc(pixels.length)
    reader.HEAPU8.set(pixels, pointer)
    const found = reader.readBarcodesFromPixmap(pointer, width, height, options)
    reader._free(pointer)
    return Array.from({ length: found.size() }, (_, index) => found.get(index)?.text ?? '')
  } catch (cause) {
    // Its memory is not to be trusted any more.
    started = null
    throw cause
  }
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
