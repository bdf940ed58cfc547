import { describe, expect, it } from 'vitest'
import * as simpleIcons from 'simple-icons'
import { brandOf } from '../../../src/ui/brands/find'
import { BRANDS, OTHER_NAMES } from '../../../src/ui/brands/names'

describe('the service an issuer names', () => {
  it.each([
    ['GitHub', 'github'],
    ['github.com', 'github'],
    ['www.GitLab.com', 'gitlab'],
    ['Alibaba Cloud', 'alibabacloud'],
    ['支付宝', 'alipay'],
    ['Battle.net', 'battledotnet'],
    ['1Password', '1password'],
    ['Epic Games', 'epicgames'],
  ])('%j is %s', (issuer, slug) => {
    expect(brandOf(issuer)).toBe(slug)
  })

  it.each(['Apple Bank', 'My GitHub', 'git', 'githubb', 'constructor', '', '.com', 'paypal.evil.example'])(
    '%j is none: a guess would mislead',
    (issuer) => {
      expect(brandOf(issuer)).toBeNull()
    },
  )
})

describe('the collection', () => {
  const icons = { ...simpleIcons }
  const known = new Set(Object.values(icons).map(({ slug }) => slug))

  it('holds only what simple-icons has, each once', () => {
    const slugs = [...BRANDS, ...Object.keys(OTHER_NAMES)]
    expect(slugs.filter((slug) => !known.has(slug))).toEqual([])
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  it('gives no other name to two services', () => {
    const names = [...BRANDS, ...Object.entries(OTHER_NAMES).flatMap(([slug, others]) => [slug, ...others])]
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
