import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit, folded, queryWords, searchable } from '../../src/core/search'

const found = (query: string, ...texts: string[]): number => fit(queryWords(query), texts.map(searchable))

describe('what was typed', () => {
  it.each([
    ['git', 'GitHub'],
    ['hub', 'GitHub'],
    ['ghb', 'GitHub'],
    ['gihtub', 'GitHub'],
    ['mastadon', 'Mastodon'],
    ['masodon', 'Mastodon'],
    ['masttodon', 'Mastodon'],
    ['CAFE', 'Café Zürich'],
    ['zuri', 'Café Zürich'],
    ['ＡＷＳ', 'aws'],
    ['acme.ex', 'bob@acme.example'],
    ['银行', '招商银行'],
    ['1pass', '1Password'],
  ])('%j finds %j', (query, text) => {
    expect(found(query, text)).toBeGreaterThan(0)
  })

  it.each([
    ['nobody', 'GitHub'],
    ['hg', 'GitHub'],
    ['gti', 'GitLab'],
    ['gitlab', 'GitHub'],
    ['buhtig', 'GitHub'],
    ['x', 'GitHub'],
  ])('%j does not find %j', (query, text) => {
    expect(found(query, text)).toBe(0)
  })

  it('has to be found word for word, in whichever text', () => {
    expect(found('bob git', 'GitHub', 'bob')).toBeGreaterThan(0)
    expect(found('bob lab', 'GitHub', 'bob')).toBe(0)
  })

  it('ranks a beginning above a word, a word above its inside, that above letters, those above a slip', () => {
    const ranks = ['Hubble', 'Data Hub', 'GitHub'].map((text) => found('hub', text))
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a))
    expect(new Set(ranks).size).toBe(3)
    expect(found('mstd', 'Mastodon')).toBeGreaterThan(found('mastadon', 'Mastodon'))
    expect(found('thub', 'GitHub')).toBeGreaterThan(found('gthb', 'GitHub'))
  })
})

describe('any text', () => {
  it('is found by any part of one of its words', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat(), fc.nat(), (word, from, length) => {
        const start = from % word.length
        const part = word.slice(start, start + 1 + (length % (word.length - start)))
        expect(found(part, `Some ${word}`)).toBeGreaterThan(0)
      }),
    )
  })

  it('is found by its beginning with one letter wrong, missing or too many', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-y]{5,12}$/), fc.nat(), (word, at) => {
        const place = 1 + (at % (word.length - 1))
        const [before, after] = [word.slice(0, place), word.slice(place + 1)]
        for (const typed of [`${before}z${after}`, `${before}${after}`, `${before}z${word.slice(place)}`]) {
          expect(found(typed, word)).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('folds the same twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => folded(folded(text)) === folded(text)))
  })
})
