import type { Shot } from './camera'

type Random = (limit: number) => number

/** Half of the picture in the shadow of something with a straight edge, which crosses the code. */
export function shadow(random: Random): Shot['light'] {
  const [cos, sin] = directionOf(random)
  const [past, dark] = [(random(20) - 10) / 100, 0.2 + random(25) / 100]
  return (x, y) => dark + (1 - dark) * Math.min(1, Math.max(0, ((x - 0.5) * cos + (y - 0.5) * sin - past) * 60 + 0.5))
}

/** A lamp seen in the sheet. */
export function spot(random: Random): Shot['glare'] {
  const [left, top] = [0.35 + random(30) / 100, 0.35 + random(30) / 100]
  const size = 0.05 + random(6) / 100
  return (x, y) => 1.2 * Math.exp(-(((x - left) / size) ** 2) - ((y - top) / size) ** 2)
}

/** The slats of a blind, or branches: stripes of shadow across the whole picture. */
export function blind(random: Random): Shot['light'] {
  const [cos, sin] = directionOf(random)
  const [pitch, dark] = [0.02 + random(4) / 100, 0.25 + random(20) / 100]
  return (x, y) => dark + (1 - dark) * Math.min(1, Math.max(0, Math.sin((x * cos + y * sin) / pitch) * 4 + 0.5))
}

function directionOf(random: Random): readonly [cos: number, sin: number] {
  const angle = random(360)
  return [Math.cos(angle), Math.sin(angle)]
}
