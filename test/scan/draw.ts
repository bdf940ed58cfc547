import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { PNG } from 'pngjs'

import type { RgbaImage } from '../../src/scan/grey'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) } as never })

/** A QR code as its modules: true is dark. No quiet zone. */
export interface Modules {
  readonly size: number
  readonly dark: (x: number, y: number) => boolean
}

/** A code as drawn: colours are `#rrggbb`, sizes in pixels. */
export interface Style {
  readonly scale?: number
  readonly ink?: string
  readonly paper?: string
  /** In modules. */
  readonly quiet?: number
}

/** The modules of `text`, from a writer that is not the reader under test. */
export async function modulesOf(
  text: string,
  ecLevel = 'M',
  format: 'QRCode' | 'MicroQRCode' = 'QRCode',
): Promise<Modules> {
  const { image } = await writeBarcode(text, {
    format,
    ecLevel: ecLevel as never,
    scale: 1,
    addQuietZones: false,
  })
  if (!image) throw new Error('no code')
  const png = PNG.sync.read(Buffer.from(await image.arrayBuffer()))
  return { size: png.width, dark: (x, y) => (png.data[(y * png.width + x) * 4] ?? 255) < 128 }
}

/** An empty page. */
export function page(width: number, height: number, paper = '#ffffff'): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < data.length; at += 4) data.set([...rgb(paper), 255], at)
  return { data, width, height }
}

/** Draws a code on a page, turned by `degrees` around its middle; module edges stay hard. */
export function put(on: RgbaImage, code: Modules, left: number, top: number, style: Style = {}, degrees = 0): void {
  const { scale = 4, ink = '#000000', paper = '#ffffff', quiet = 4 } = style
  const side = (code.size + 2 * quiet) * scale
  const reach = degrees ? Math.ceil(side * 0.21) : 0
  const turn = (-degrees * Math.PI) / 180
  for (let y = -reach; y < side + reach; y++) {
    for (let x = -reach; x < side + reach; x++) {
      const dx = x + 0.5 - side / 2
      const dy = y + 0.5 - side / 2
      const u = Math.floor((dx * Math.cos(turn) - dy * Math.sin(turn) + side / 2) / scale)
      const v = Math.floor((dx * Math.sin(turn) + dy * Math.cos(turn) + side / 2) / scale)
      const across = code.size + 2 * quiet
      if (u < 0 || v < 0 || u >= across || v >= across) continue
      const inside = u >= quiet && v >= quiet && u < quiet + code.size && v < quiet + code.size
      dot(on, left + x, top + y, inside && code.dark(u - quiet, v - quiet) ? ink : paper)
    }
  }
}

/** Lines of grey bars that look like text: what a page is mostly made of. */
export function putText(on: RgbaImage, random: (limit: number) => number, ink = '#333333'): void {
  for (let y = 20; y < on.height - 20; y += 22) {
    for (let x = 20; x < on.width - 40;) {
      const length = 2 + random(9)
      for (let dy = 0; dy < 10; dy++) {
        for (let dx = 0; dx < length; dx++) if (random(10) < 6) dot(on, x + dx, y + dy, ink)
      }
      x += length + 3
    }
  }
}

/** The picture as a PNG file. */
export function pngOf(image: RgbaImage): Buffer {
  const png = new PNG({ width: image.width, height: image.height })
  png.data = Buffer.from(image.data)
  return PNG.sync.write(png)
}

function dot({ data, width, height }: RgbaImage, x: number, y: number, colour: string): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  data.set([...rgb(colour), 255], (y * width + x) * 4)
}

const colours = new Map<string, readonly number[]>()

function rgb(colour: string): readonly number[] {
  const known = colours.get(colour) ?? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  colours.set(colour, known)
  return known
}
