/** Up to this, white stands out by 3 to 1, as a drawing must (WCAG 1.4.11); services draw themselves in white where they can. */
const DARK_ENOUGH = 0.3

/** The colour, white or else black, that stands out from a background given as six hexadecimal digits. */
export function inkOn(background: string): 'black' | 'white' {
  return luminance(background) > DARK_ENOUGH ? 'black' : 'white'
}

/** WCAG's relative luminance, 0 to 1. */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
