import type { GreyImage } from './grey'

/** The side in pixels of squares whose surroundings are taken to be the same, which is a quarter of the work. */
const SQUARE = 2

/**
 * Black or white by comparison with the neighbourhood: reads codes whose contrast one threshold for all does not see.
 * `radius` in pixels; what is darker by no more than `noise`, of 255, is white.
 */
export function localMean(image: GreyImage, radius: number, noise = 0): GreyImage {
  const { pixels, width, height } = image
  const means = boxBlur(shrunk(image, SQUARE), Math.round(radius / SQUARE))
  const bits = new Uint8Array(width * height)
  for (let y = 0, to = 0; y < height; y++) {
    const row = Math.min(Math.floor(y / SQUARE), means.height - 1) * means.width
    for (let x = 0; x < width; x++, to++) {
      const mean = means.pixels[row + Math.min((x / SQUARE) | 0, means.width - 1)] ?? 0
      // All bits set where the difference is not negative, none where it is: quicker than a choice.
      bits[to] = ~((at(pixels, to) + noise - mean) >> 31)
    }
  }
  return { pixels: bits, width, height }
}

/**
 * Pushes each pixel `strength` times as far from its surroundings as it is, a whole number: gives blurred modules their
 * edges back.
 */
export function sharpened(image: GreyImage, radius: number, strength: number): GreyImage {
  const { pixels } = boxBlur(image, radius)
  const soft = image.pixels
  for (let index = 0; index < pixels.length; index++) {
    const light = soft[index] ?? 0
    const pushed = light + Math.imul(strength, light - (pixels[index] ?? 0))
    // Nothing where it is below zero, all bits where it is above 255: quicker than choices.
    pixels[index] = (pushed & ~(pushed >> 31)) | ((255 - pushed) >> 31)
  }
  return { ...image, pixels }
}

/** The mean over a square of `2 * radius + 1` pixels, cut off at the picture's edges. */
export function boxBlur({ pixels, width, height }: GreyImage, radius: number): GreyImage {
  const blurred = new Uint8Array(width * height)
  // With room on both sides, so that the window needs no care at the edges.
  const columns = new Int32Array(width + 2 * radius + 1)
  const sums = columns.subarray(radius + 1, radius + 1 + width)
  const shares = Float64Array.from(sums, (_, x) => 1 / (Math.min(width, x + radius + 1) - Math.max(0, x - radius)))
  const none = new Uint8Array(width)
  const row = (y: number): Uint8Array => (y < 0 || y >= height ? none : pixels.subarray(y * width, (y + 1) * width))
  for (let y = 0; y < radius; y++) slide(sums, row(y), none)
  for (let y = 0; y < height; y++) {
    slide(sums, row(y + radius), row(y - radius - 1))
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius)
    meansOfRow(columns, shares, rows, radius, blurred.subarray(y * width, (y + 1) * width))
  }
  return { pixels: blurred, width, height }
}

// In these loops over every pixel each array has one type and is read in place: a shared reader is three times as slow.

/** Moves the sums of the columns down by a row. */
function slide(sums: Int32Array, entering: Uint8Array, leaving: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + (entering[x] ?? 0) - (leaving[x] ?? 0)
}

/** Slides a window over the sums of the columns. */
function meansOfRow(columns: Int32Array, shares: Float64Array, rows: number, radius: number, means: Uint8Array): void {
  const reach = 2 * radius + 1
  const share = 1 / rows
  let sum = 0
  for (let x = 1; x < reach; x++) sum += columns[x] ?? 0
  for (let x = 0; x < means.length; x++) {
    sum += (columns[x + reach] ?? 0) - (columns[x] ?? 0)
    means[x] = sum * share * (shares[x] ?? 0) + 0.5
  }
}

/** Twice the size, smoothed: gives modules of one or two pixels a middle to sample. */
export function doubled({ pixels, width, height }: GreyImage): GreyImage {
  const larger = new Uint8Array(width * height * 4)
  let above = widened(pixels, width, 0)
  let row = above
  for (let y = 0; y < height; y++) {
    const below = y + 1 < height ? widened(pixels, width, y + 1) : row
    mixed(row, above, larger.subarray(y * 4 * width, (y * 4 + 2) * width))
    mixed(row, below, larger.subarray((y * 4 + 2) * width, (y * 4 + 4) * width))
    above = row
    row = below
  }
  return { pixels: larger, width: width * 2, height: height * 2 }
}

/** A row at twice its width, in fourths: three parts of the pixel it lies in and one of the nearest other. */
function widened(pixels: Uint8Array, width: number, y: number): Uint16Array {
  const wide = new Uint16Array(width * 2)
  for (let x = 0, from = y * width; x < width; x++, from++) {
    const here = 3 * at(pixels, from)
    wide[2 * x] = here + at(pixels, x > 0 ? from - 1 : from)
    wide[2 * x + 1] = here + at(pixels, x + 1 < width ? from + 1 : from)
  }
  return wide
}

/** Three parts of the near row and one of the far, both in fourths. */
function mixed(near: Uint16Array, far: Uint16Array, into: Uint8Array): void {
  for (let x = 0; x < into.length; x++) into[x] = (3 * at(near, x) + at(far, x) + 8) >> 4
}

/** One pixel for each square of `factor` by `factor`; what is left over at the right and at the bottom is dropped. */
export function shrunk(image: GreyImage, factor: number): GreyImage {
  const width = Math.floor(image.width / factor)
  const height = Math.floor(image.height / factor)
  const pixels = new Uint8Array(width * height)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      pixels[to] = meanOfSquare(image, x * factor, y * factor, factor)
    }
  }
  return { pixels, width, height }
}

/** The part of a picture that begins at `left`, `top`. */
export function cropped(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left
    pixels.set(image.pixels.subarray(from, from + width), y * width)
  }
  return { pixels, width, height }
}

function meanOfSquare({ pixels, width }: GreyImage, left: number, top: number, size: number): number {
  let sum = 0
  for (let y = top; y < top + size; y++) {
    const row = y * width + left
    for (let index = row; index < row + size; index++) sum += at(pixels, index)
  }
  return sum / (size * size) + 0.5
}

/** The indexes below are all inside; the fallback only satisfies the compiler and costs nothing. */
function at(values: Uint8Array | Uint16Array | Uint32Array, index: number): number {
  return values[index] ?? 0
}
