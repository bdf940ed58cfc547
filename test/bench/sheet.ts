import type { RgbaImage } from '../../src/scan/grey'
import { modulesOf, page, putText } from '../scan/draw'
import { draw, PLAIN, type Look } from './drawing'

type Random = (limit: number) => number

/** The side of a sheet's modules, in its pixels. */
export const MODULE = 8

/** What is on a sheet of paper. */
export interface Print {
  readonly texts: readonly string[]
  readonly level: string
  readonly look: (random: Random) => Partial<Look>
  /** What else is printed, below the codes. */
  readonly below: (sheet: RgbaImage, random: Random) => void
}

export interface Sheet {
  readonly image: RgbaImage
  /** Of the largest code, without its quiet zone. */
  readonly side: number
}

/** Text all over, and codes in rows in the middle of it. */
export async function printed({ texts, level, look, below }: Print, random: Random): Promise<Sheet> {
  const codes = await Promise.all(texts.map((text) => modulesOf(text, level)))
  const side = Math.max(...codes.map(({ size }) => size)) * MODULE
  const cell = side + 8 * MODULE
  const across = Math.round(Math.sqrt(codes.length * 1.5))
  const image = page(across * cell + 12 * MODULE, Math.ceil(codes.length / across) * cell + 18 * MODULE)
  putText(image, random)
  below(image, random)
  const drawn = { ...PLAIN, ...look(random), module: MODULE }
  for (const [at, code] of codes.entries()) {
    const [column, row] = [at % across, Math.floor(at / across)]
    draw(image, code, 6 * MODULE + column * cell, 9 * MODULE + row * cell, drawn)
  }
  return { image, side }
}
