import { describe, expect, it } from 'vitest'

import { scanImage } from '../../src/scan/scan'
import { modulesOf, page, put, putText, seeded, type Style } from './draw'

const URI = 'otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'
const LONG = `otpauth://totp/Example:alice@example.com?secret=${'JBSWY3DP'.repeat(13).slice(0, 103)}&issuer=Example&algorithm=SHA512`

async function pageWith(style: Style, degrees = 0, paper = '#ffffff', text = URI) {
  const image = page(900, 600, paper)
  putText(image, seeded(7), paper === '#ffffff' ? '#333333' : '#c9d1d9')
  put(image, await modulesOf(text), 240, 120, style, degrees)
  return image
}

describe('scanImage', () => {
  it.each<[string, Style, number, string]>([
    ['black on white', {}, 0, '#ffffff'],
    ['2 px per module', { scale: 2 }, 0, '#ffffff'],
    ['light on dark', { ink: '#e6edf3', paper: '#0d1117' }, 0, '#0d1117'],
    ['a light card on a dark page', {}, 0, '#0d1117'],
    ['turned by 17 degrees', {}, 17, '#ffffff'],
    ['turned by 90 degrees', {}, 90, '#ffffff'],
    ['faint on white', { ink: '#f0f0f0' }, 0, '#ffffff'],
    ['faint on dark', { ink: '#0d1117', paper: '#1c2128' }, 0, '#0d1117'],
    ['no quiet zone', { quiet: 0 }, 0, '#ffffff'],
    ['coloured', { ink: '#1a5fb4', paper: '#f6f5f4' }, 0, '#ffffff'],
  ])('reads a code %s', async (_, style, degrees, paper) => {
    expect(await scanImage(await pageWith(style, degrees, paper))).toEqual([URI])
  })

  it('reads a secret of 64 bytes', async () => {
    expect(await scanImage(await pageWith({ scale: 3 }, 0, '#ffffff', LONG))).toEqual([LONG])
  })
})
