import type { Region } from '../../../scan/regions'

/** A box on a picture, in shares of its sides. */
export type Box = Region

/** Where the box stands before anything was chosen. */
export const FIRST_BOX: Box = { left: 0.35, top: 0.3, width: 0.3, height: 0.4 }

const STEP = 0.02
/** A smaller box was a click, and no wish. */
const LEAST = 0.01

interface Point {
  readonly x: number
  readonly y: number
}

/** The box with corners at two points, as far as it lies on the picture; null where it is too small to be meant. */
export function between(one: Point, other: Point): Box | null {
  const [left, right] = [inside(Math.min(one.x, other.x)), inside(Math.max(one.x, other.x))]
  const [top, bottom] = [inside(Math.min(one.y, other.y)), inside(Math.max(one.y, other.y))]
  const box = { left, top, width: right - left, height: bottom - top }
  return Math.min(box.width, box.height) < LEAST ? null : box
}

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
}

/** The box after a key: moved, or with `sized` larger or smaller; null for other keys. */
export function afterKey({ left, top, width, height }: Box, key: string, sized: boolean): Box | null {
  const by = DIRECTIONS[key]
  if (by === undefined) return null
  if (sized) {
    return { left, top, width: limited(width + by.x, STEP, 1 - left), height: limited(height + by.y, STEP, 1 - top) }
  }
  return { left: limited(left + by.x, 0, 1 - width), top: limited(top + by.y, 0, 1 - height), width, height }
}

function inside(share: number): number {
  return limited(share, 0, 1)
}

function limited(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
