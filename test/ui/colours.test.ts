import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/ui/styles/tokens.css', 'utf8')
const THEMES = ['light', 'dark'] as const
const CONTRASTS = ['usual', 'more'] as const

type Colours = ReadonlyMap<string, string>

function coloursOf(selector: string): Colours {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}

const usual = coloursOf(':root')
const more = new Map([...usual, ...coloursOf(":root[data-contrast='more']")])

function resolved(colours: Colours, name: string, theme: (typeof THEMES)[number]): string {
  const value = colours.get(name) ?? ''
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  if (other) return resolved(colours, other, theme)
  return /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value)?.[theme === 'light' ? 1 : 2] ?? value
}

/** As WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(THEMES.flatMap((theme) => CONTRASTS.map((contrast) => [theme, contrast] as const)))(
  'the %s theme with its %s contrast',
  (theme, contrast) => {
    const colours = contrast === 'more' ? more : usual
    const between = (one: string, other: string) =>
      ratio(resolved(colours, one, theme), resolved(colours, other, theme))

    it.each(['bg', 'card', 'tint', 'hover'])('draws edges that can be told from --%s', (behind) => {
      expect(between('edge', behind)).toBeGreaterThanOrEqual(3)
    })

    it.each(['hover', 'hover-row', 'hover-tint'])('draws icons that can be told from --%s', (behind) => {
      expect(between('soft', behind)).toBeGreaterThanOrEqual(4.5)
      expect(between('ink', behind)).toBeGreaterThanOrEqual(4.5)
    })
  },
)

describe('more contrast', () => {
  it('is the same by the wish of the system as by the user’s', () => {
    const bySystem = coloursOf('@media (prefers-contrast: more) {\n  :root')
    expect([...bySystem]).toEqual([...coloursOf(":root[data-contrast='more']")])
  })
})
