const BASE = 36
const FIRST_BIAS = 72
const FIRST_CODE_POINT = 128

/** A host with its `xn--` labels as their letters (RFC 3492); a label that is not well-formed stays as it is. */
export function toUnicodeHost(host: string): string {
  return host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decode(label.slice(4)) ?? label) : label))
    .join('.')
}

function decode(label: string): string | null {
  const basicEnd = label.lastIndexOf('-')
  const points = Array.from(label.slice(0, Math.max(basicEnd, 0)), (one) => one.codePointAt(0) ?? 0)
  let position = 0
  let codePoint = FIRST_CODE_POINT
  let bias = FIRST_BIAS
  for (let at = basicEnd + 1; at < label.length;) {
    const before = position
    let weight = 1
    for (let k = BASE; ; k += BASE, at += 1) {
      const digit = digitOf(label[at])
      if (digit === null) return null
      position += digit * weight
      const threshold = Math.min(Math.max(k - bias, 1), 26)
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    at += 1
    const length = points.length + 1
    bias = adapt(position - before, length, before === 0)
    codePoint += Math.floor(position / length)
    if (codePoint > 0x10ffff) return null
    position %= length
    points.splice(position, 0, codePoint)
    position += 1
  }
  return points.length === 0 ? null : String.fromCodePoint(...points)
}

function digitOf(letter: string | undefined): number | null {
  if (letter === undefined || !/^[a-z\d]$/iu.test(letter)) return null
  const code = letter.toLowerCase().charCodeAt(0)
  return code < 58 ? code - 22 : code - 97
}

/** RFC 3492, section 6.1. */
function adapt(difference: number, length: number, first: boolean): number {
  let delta = first ? Math.floor(difference / 700) : Math.floor(difference / 2)
  delta += Math.floor(delta / length)
  let k = 0
  for (; delta > 455; k += BASE) delta = Math.floor(delta / 35)
  return k + Math.floor((36 * delta) / (delta + 38))
}
