import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

const PIXELS_PER_MODULE = 4

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
})

/** A QR code of the text as a PNG in a data URL. */
export async function qrDataUrl(text: string): Promise<string> {
  const { image, error } = await writeBarcode(text, { format: 'QRCode', scale: PIXELS_PER_MODULE })
  if (!image) throw new Error(`no QR code: ${error}`)
  return `data:image/png;base64,${Buffer.from(await image.arrayBuffer()).toString('base64')}`
}
