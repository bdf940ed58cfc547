import type jsQR from 'jsqr'
import type { QRCode } from 'jsqr'

import { localMean, shrunk } from '../filters'
import { rgbaOf, type GreyImage, type RgbaImage } from '../grey'
import { VIEW_PIXELS } from '../views'
import type { Attempt, Engine, Reading } from './engine'

type Decode = typeof jsQR

/** More codes than this are not looked for in one picture: each costs another pass. */
const MOST_CODES = 16

/**
 * The engine for places that refuse WebAssembly: plain JavaScript, slower and weaker, loaded only when asked for. Of
 * several codes side by side it may read only the first, because it takes the corners of one for another's.
 */
export async function openJsqr(): Promise<Engine> {
  const { default: decode } = await import('jsqr')
  const plain = (image: GreyImage): Reading => ({ texts: allTexts(decode, image), unread: [] })
  const attempt = (read: Attempt['read']): Attempt => ({ read, sharpUpTo: VIEW_PIXELS })
  return {
    name: 'jsqr',
    attempts: [
      attempt(plain),
      attempt((image) => plain(localMean(image, 12))),
      attempt((image) => plain(shrunk(image, 2))),
    ],
  }
}

/** This decoder stops at the first code, so what it has read is painted over and it is asked again. */
function allTexts(decode: Decode, image: GreyImage): readonly string[] {
  const rest = rgbaOf(image)
  const texts: string[] = []
  for (let count = 0; count < MOST_CODES; count++) {
    const found = decode(rest.data, rest.width, rest.height, { inversionAttempts: 'attemptBoth' })
    if (!found) break
    texts.push(found.data)
    paintOver(rest, found)
  }
  return texts
}

function paintOver({ data, width, height }: RgbaImage, { location }: QRCode): void {
  const corners = [
    location.topLeftCorner,
    location.topRightCorner,
    location.bottomLeftCorner,
    location.bottomRightCorner,
  ]
  const columns = range(
    corners.map(({ x }) => x),
    width,
  )
  const rows = range(
    corners.map(({ y }) => y),
    height,
  )
  for (let y = rows.from; y < rows.to; y++) {
    data.fill(255, (y * width + columns.from) * 4, (y * width + columns.to) * 4)
  }
}

/** The pixels between the least and the greatest of some coordinates, kept inside the picture. */
function range(places: readonly number[], length: number): { from: number; to: number } {
  return {
    from: Math.max(0, Math.floor(Math.min(...places))),
    to: Math.min(length, Math.ceil(Math.max(...places)) + 1),
  }
}
