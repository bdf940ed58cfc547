import { crc32, deflateSync } from 'node:zlib'
import type { PNG } from 'pngjs'

type Pixels = Pick<PNG, 'width' | 'height' | 'data'>
type Colour = readonly [red: number, green: number, blue: number]

/** A screen has few colours beside the greys of its letters' edges. */
const MOST_COLOURS = 48
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const INDEXED = 3

/** The picture as a PNG of few colours: a fifth of the size, and the eye sees no difference. */
export function smallPng({ width, height, data }: Pixels): Buffer {
  const palette = commonColours(data)
  const nearest = nearestIn(palette)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = nearest(colourAt(data, (y * width + x) * 4))
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, INDEXED, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The share of pixels that differ by more than `threshold` in a channel; 1 where the sizes differ. */
export function differingShare(one: Pixels, other: Pixels, threshold = 64): number {
  if (one.width !== other.width || one.height !== other.height) return 1
  let differing = 0
  for (let at = 0; at < one.data.length; at += 4) {
    const apart = [0, 1, 2].some((channel) => Math.abs(one.data[at + channel]! - other.data[at + channel]!) > threshold)
    if (apart) differing += 1
  }
  return differing / (one.width * one.height)
}

/** The most frequent colours, those that are nearly the same taken together. */
function commonColours(data: Buffer): Colour[] {
  const groups = new Map<number, { count: number; sums: [number, number, number] }>()
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = colourAt(data, at)
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    const group = groups.get(key) ?? { count: 0, sums: [0, 0, 0] }
    group.count += 1
    group.sums = [group.sums[0] + red, group.sums[1] + green, group.sums[2] + blue]
    groups.set(key, group)
  }
  return [...groups.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_COLOURS)
    .map(({ count, sums }) => [Math.round(sums[0] / count), Math.round(sums[1] / count), Math.round(sums[2] / count)])
}

function nearestIn(palette: readonly Colour[]): (colour: Colour) => number {
  const known = new Map<number, number>()
  return (colour) => {
    const key = (colour[0] << 16) | (colour[1] << 8) | colour[2]
    const found = known.get(key)
    if (found !== undefined) return found
    const distances = palette.map((one) => distance(one, colour))
    const nearest = distances.indexOf(Math.min(...distances))
    known.set(key, nearest)
    return nearest
  }
}

function distance(one: Colour, other: Colour): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
}

function colourAt(data: Buffer, at: number): Colour {
  return [data[at]!, data[at + 1]!, data[at + 2]!]
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), content])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(content.length, 0)
  framed.set(named, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
