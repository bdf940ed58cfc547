import { expect, it } from 'vitest'
import { brandIconsOf } from '../../../src/ui/brands/load'

it('answers the marks of well-known services by issuer, and nothing for the others', async () => {
  const icons = await brandIconsOf(['GitHub', 'github.com', 'Acme', 'Mastodon', '支付宝'])
  expect([...icons.keys()]).toEqual(['GitHub', 'github.com', 'Mastodon', '支付宝'])
  expect(icons.get('GitHub')).toEqual(icons.get('github.com'))
  for (const { hex, path } of icons.values()) {
    expect(hex).toMatch(/^[0-9A-F]{6}$/)
    expect(path).toMatch(/^[Mm][\d\s.,a-zA-Z-]+$/)
  }
})
