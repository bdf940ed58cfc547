import type { GreyImage } from './grey'

/**
 * Black or white by comparison with the neighbourhood: reads codes whose contrast one threshold for all does not see.
 * `radius` in pixels.
 */
export function localMean(image: GreyImage, radius: number): GreyImage {
  const means = boxBlur(image, radius).pixels
  const pixels = image.pixels.map((light, index) => (light >= at(means, index) ? 255 : 0))
  return { ...image, pixels }
}

/** The mean over a square of `2 * radius + 1` pixels, cut off at the picture's edges. */
export function boxBlur(image: GreyImage, radius: number): GreyImage {
  const { width, height } = image
  const sums = summedArea(image)
  const stride = width + 1
  const pixels = new Uint8Array(width * height)
  for (let y = 0, to = 0; y < height; y++) {
    const top = Math.max(0, y - radius) * stride
    const bottom = Math.min(height, y + radius + 1) * stride
    const rows = (bottom - top) / stride
    for (let x = 0; x < width; x++, to++) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const sum = at(sums, bottom + right) - at(sums, bottom + left) - at(sums, top + right) + at(sums, top + left)
      pixels[to] = (sum >>> 0) / (rows * (right - left)) + 0.5
    }
  }
  return { pixels, width, height }
}

/** Twice the size, smoothed: gives modules of one or two pixels a middle to sample. */
export function doubled({ pixels, width, height }: GreyImage): GreyImage {
  const larger = new Uint8Array(width * height * 4)
  for (let y = 0, to = 0; y < height * 2; y++) {
    const near = (y >> 1) * width
    const far = clamp((y >> 1) + (y & 1 ? 1 : -1), height) * width
    for (let x = 0; x < width * 2; x++, to++) {
      const left = x >> 1
      const right = clamp(left + (x & 1 ? 1 : -1), width)
      const sum =
        9 * at(pixels, near + left) + 3 * (at(pixels, near + right) + at(pixels, far + left)) + at(pixels, far + right)
      larger[to] = (sum + 8) >> 4
    }
  }
  return { pixels: larger, width: width * 2, height: height * 2 }
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

/**
 * Sums of all pixels above and to the left, with a row and a column of zeros in front. They may pass 2^32 and wrap:
 * differences over a window stay right as long as the window's own sum does not.
 */
function summedArea({ pixels, width, height }: GreyImage): Uint32Array {
  const stride = width + 1
  const sums = new Uint32Array(stride * (height + 1))
  for (let y = 0, from = 0; y < height; y++) {
    let row = 0
    for (let x = 1, to = (y + 1) * stride + 1; x <= width; x++, from++, to++) {
      row += at(pixels, from)
      sums[to] = row + at(sums, to - stride)
    }
  }
  return sums
}

/** The indexes below are all inside; the fallback only satisfies the compiler and costs nothing. */
function at(values: Uint8Array | Uint32Array, index: number): number {
  return values[index] ?? 0
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1)
}
