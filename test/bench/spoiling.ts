import type { RgbaImage } from '../../src/scan/grey'

type Random = (limit: number) => number

/** Uneven light, a little blur and noise. */
export function photographed(image: RgbaImage, random: Random): RgbaImage {
  const fall = 0.2 + random(30) / 100
  const soft = blurred(image, 1)
  return mapped(soft, (light, x, y) => light * (1 - (fall * (x + y)) / (image.width + image.height)), random)
}

/** A screen's grid of red, green and blue dots, seen by a camera whose own grid does not fit it. */
export function moire(image: RgbaImage, random: Random): RgbaImage {
  const pitch = 1.7 + random(60) / 100
  const grid = mapped(image, (light, x, y, channel) => {
    const column = 0.75 + 0.25 * Math.cos((2 * Math.PI * x) / pitch + (2 * Math.PI * channel) / 3)
    const row = 0.85 + 0.15 * Math.cos((2 * Math.PI * y) / (pitch * 1.03))
    return light * column * row
  })
  return photographed(grid, random)
}

/** Box blur of `radius` pixels, twice: nearly what a lens out of focus does. */
export function blurred(image: RgbaImage, radius: number): RgbaImage {
  return smeared(smeared(image, radius, 1, 0), radius, 0, 1)
}

function smeared({ data, width, height }: RgbaImage, radius: number, dx: number, dy: number): RgbaImage {
  const out = new Uint8ClampedArray(data.length).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let step = -radius; step <= radius; step++) {
          const u = Math.min(Math.max(x + step * dx, 0), width - 1)
          const v = Math.min(Math.max(y + step * dy, 0), height - 1)
          sum += data[(v * width + u) * 4 + channel] ?? 0
        }
        out[(y * width + x) * 4 + channel] = sum / (2 * radius + 1)
      }
    }
  }
  return { data: out, width, height }
}

/** Light falls across the page, from edge to edge. */
export function shaded(image: RgbaImage, random: Random): RgbaImage {
  const slope = [random(120) - 60, random(120) - 60, random(120) - 60]
  return mapped(image, (light, x, y, channel) => {
    const along = (x / image.width + y / image.height) / 2
    return light * (0.55 + 0.4 * along) + (slope[channel] ?? 0) * (1 - along) * 0.8 + 20
  })
}

/** Only black and white. */
export function oneBit(image: RgbaImage): RgbaImage {
  return mapped(image, (light) => (light < 128 ? 0 : 255))
}

/** The nearest pixel, so that modules become uneven; or between the four nearest. */
export function resized(image: RgbaImage, scale: number, smooth: boolean): RgbaImage {
  const width = Math.round(image.width * scale)
  const height = Math.round(image.height * scale)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 4 + channel] = smooth
          ? between(image, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5, channel)
          : at(image, Math.floor((x + 0.5) / scale), Math.floor((y + 0.5) / scale), channel)
      }
    }
  }
  return { data, width, height }
}

/** Pixels that are no squares, as when a picture is fitted to a box: as wide as it was, and so much less high. */
export function stretched(image: RgbaImage, share: number): RgbaImage {
  const height = Math.round(image.height * share)
  const data = new Uint8ClampedArray(image.width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < image.width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        data[(y * image.width + x) * 4 + channel] = between(image, x, (y + 0.5) / share - 0.5, channel)
      }
    }
  }
  return { ...image, data, height }
}

function between(image: RgbaImage, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [dx, dy] = [x - left, y - top]
  const above = at(image, left, top, channel) * (1 - dx) + at(image, left + 1, top, channel) * dx
  const below = at(image, left, top + 1, channel) * (1 - dx) + at(image, left + 1, top + 1, channel) * dx
  return above * (1 - dy) + below * dy
}

/** Everything as light as the paper becomes see-through. */
export function cutOut(image: RgbaImage, paperIsLight: boolean): RgbaImage {
  const data = new Uint8ClampedArray(image.data)
  for (let from = 0; from < data.length; from += 4) {
    const light = data[from] ?? 0
    data[from + 3] = paperIsLight ? 255 - light : light
    data.fill(paperIsLight ? 0 : 255, from, from + 3)
  }
  return { ...image, data }
}

/** What JPEG does at its worst: squares of eight, their finer waves rounded away. The smaller, the worse. */
export function squeezed(image: RgbaImage, quality: number): RgbaImage {
  const out = new Uint8ClampedArray(image.data.length).fill(255)
  for (let top = 0; top < image.height; top += 8) {
    for (let left = 0; left < image.width; left += 8) {
      for (let channel = 0; channel < 3; channel++) squeezeSquare(image, out, left, top, channel, quality)
    }
  }
  return { ...image, data: out }
}

function squeezeSquare(
  image: RgbaImage,
  out: Uint8ClampedArray,
  left: number,
  top: number,
  channel: number,
  quality: number,
): void {
  const lights = Array.from({ length: 64 }, (_, index) => at(image, left + (index & 7), top + (index >> 3), channel))
  const waves = turned(lights, false)
  const rounded = waves.map((wave, index) => {
    const step = ((10 + 7 * ((index & 7) + (index >> 3))) * (100 - quality)) / 50
    return Math.round(wave / step) * step
  })
  turned(rounded, true).forEach((light, index) => {
    const [x, y] = [left + (index & 7), top + (index >> 3)]
    if (x < image.width && y < image.height) out[(y * image.width + x) * 4 + channel] = light
  })
}

const COSINES = Array.from({ length: 64 }, (_, index) => {
  const [wave, place] = [index >> 3, index & 7]
  return Math.cos(((2 * place + 1) * wave * Math.PI) / 16) * (wave === 0 ? Math.SQRT1_2 : 1) * 0.5
})

/** The cosine transform of a square of eight, or back. */
function turned(values: readonly number[], back: boolean): number[] {
  const pass = (from: readonly number[]): number[] =>
    Array.from({ length: 64 }, (_, index) => {
      const [row, column] = [index >> 3, index & 7]
      let sum = 0
      for (let k = 0; k < 8; k++)
        sum += (from[row * 8 + k] ?? 0) * (COSINES[back ? k * 8 + column : column * 8 + k] ?? 0)
      return sum
    })
  const flipped = (from: readonly number[]): number[] =>
    from.map((_, index) => from[(index & 7) * 8 + (index >> 3)] ?? 0)
  return flipped(pass(flipped(pass(values))))
}

function mapped(
  { data, width, height }: RgbaImage,
  change: (light: number, x: number, y: number, channel: number) => number,
  random?: Random,
): RgbaImage {
  const out = new Uint8ClampedArray(data.length).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const noise = random ? random(15) - 7 : 0
      for (let channel = 0; channel < 3; channel++) {
        const index = (y * width + x) * 4 + channel
        out[index] = change(data[index] ?? 0, x, y, channel) + noise
      }
    }
  }
  return { data: out, width, height }
}

function at({ data, width, height }: RgbaImage, x: number, y: number, channel: number): number {
  const u = Math.min(Math.max(x, 0), width - 1)
  const v = Math.min(Math.max(y, 0), height - 1)
  return data[(v * width + u) * 4 + channel] ?? 0
}
