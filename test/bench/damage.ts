import type { RgbaImage } from '../../src/scan/grey'
import { draw, PLAIN } from './drawing'
import { corner } from './pictures'
import { MODULE } from './sheet'

type Random = (limit: number) => number

/** Blots, ink lines and a fold. */
export function stained(sheet: RgbaImage, random: Random, side: number): void {
  for (let count = 0; count < 3; count++) {
    const [x, y, size] = [side / 4 + random(side), side / 4 + random(side), 8 + random(side / 14)]
    blot(sheet, x, y, size, size, random(2) * 230)
  }
  blot(sheet, 0, side / 2 + random(side / 2), sheet.width, 4, 40)
  blot(sheet, side / 2 + random(side / 2), 0, 5, sheet.height, 235)
}

/** Something lies on a part of one corner mark. */
export function hurt(sheet: RgbaImage, random: Random, side: number): void {
  const [right, down] = [random(2) * (side - 7 * MODULE), 0]
  const [x, y] = [10 * MODULE + right + random(7 * MODULE), 13 * MODULE + down + random(7 * MODULE)]
  blot(sheet, x, y, 2 * MODULE, 1.5 * MODULE, random(2) * 230)
}

/** What looks like the corners of codes, and belongs to none. */
export function ringed(sheet: RgbaImage, random: Random): void {
  for (let count = 0; count < 50; count++) {
    draw(sheet, corner, random(sheet.width - 50), random(sheet.height - 50), {
      ...PLAIN,
      module: 3 + random(4),
      quiet: 1,
    })
  }
}

function blot(
  { data, width, height }: RgbaImage,
  left: number,
  top: number,
  across: number,
  down: number,
  shade: number,
) {
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, top + down); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, left + across); x++) {
      data.fill(shade, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
}
