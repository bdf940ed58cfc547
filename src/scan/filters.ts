import type { GreyImage } from './grey'

/**
 * Black or white by comparison with the neighbourhood: reads codes whose contrast one threshold for all does not see.
 * `radius` in pixels.
 */
export function localMean(image: GreyImage, radius: number): GreyImage {
  const { pixels } = boxBlur(image, radius)
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = at(image.pixels, index) >= at(pixels, index) ? 255 : 0
  }
  return { ...image, pixels }
}

/** The mean over a square of `2 * radius + 1` pixels, cut off at the picture's edges. */
export function boxBlur({ pixels, width, height }: GreyImage, radius: number): GreyImage {
  const blurred = new Uint8Array(width * height)
  const columns = new Uint32Array(width)
  for (let y = 0; y < Math.min(radius, height); y++) addRow(columns, pixels, y, 1)
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(columns, pixels, y + radius, 1)
    if (y > radius) addRow(columns, pixels, y - radius - 1, -1)
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius)
    meansOfRow(columns, rows, radius, blurred.subarray(y * width, (y + 1) * width))
  }
  return { pixels: blurred, width, height }
}

/** Adds a row to the sums of the columns, or takes it away. */
function addRow(columns: Uint32Array, pixels: Uint8Array, row: number, sign: 1 | -1): void {
  const from = row * columns.length
  for (let x = 0; x < columns.length; x++) columns[x] = at(columns, x) + sign * at(pixels, from + x)
}

/** Slides a window over the sums of the columns. */
function meansOfRow(columns: Uint32Array, rows: number, radius: number, means: Uint8Array): void {
  const width = columns.length
  let sum = 0
  for (let x = 0; x < Math.min(radius, width); x++) sum += at(columns, x)
  for (let x = 0; x < width; x++) {
    if (x + radius < width) sum += at(columns, x + radius)
    if (x > radius) sum -= at(columns, x - radius - 1)
    const across = Math.min(width, x + radius + 1) - Math.max(0, x - radius)
    means[x] = sum / (rows * across) + 0.5
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
