import * as simpleIcons from 'simple-icons'
import { expect, it } from 'vitest'
import { inkOn, luminance } from '../../../src/ui/brands/ink'

const icons = { ...simpleIcons }

it.each([
  ['FFFFFF', 'black'],
  ['000000', 'white'],
  ['FF0000', 'white'],
  ['FFD000', 'black'],
  ['0000FF', 'white'],
])('on #%s is %s', (hex, ink) => {
  expect(inkOn(hex)).toBe(ink)
})

it('stands out from every service’s colour by 3 to 1 (WCAG 1.4.11)', () => {
  const contrast = (hex: string) => {
    const light = luminance(hex)
    return inkOn(hex) === 'white' ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05
  }
  expect(Object.values(icons).filter(({ hex }) => contrast(hex) < 3)).toEqual([])
})
