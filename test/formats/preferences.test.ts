import { describe, expect, it } from 'vitest'

import { isPreferences, readPreferences } from '../../src/formats/preferences'

const head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"

describe('readPreferences', () => {
  it.each([
    [
      'several texts among other things',
      '<map><int name="i" value="1"/><string name="a">x</string><string name="b">y</string></map>',
      { a: 'x', b: 'y' },
    ],
    ['one text', '<map><string name="a">x</string></map>', { a: 'x' }],
    ['none', '<map><boolean name="a" value="true" /></map>', {}],
    ['nothing', '<map></map>', {}],
    ['an empty text', '<map><string name="a"></string></map>', { a: '' }],
    [
      'entities, each taken once',
      '<map><string name="&quot;">&lt;&amp;lt;&gt;&#228;&#x1F600;&apos;</string></map>',
      { '"': "<&lt;>ä😀'" },
    ],
    ['blanks and lines', '<map><string name="a"> x\n </string></map>', { a: ' x\n ' }],
    ['digits, as text', '<map><string name="a">007</string></map>', { a: '007' }],
  ])('reads a file of %s', async (_, xml, expected) => {
    expect(Object.fromEntries(await readPreferences(head + xml))).toEqual(expected)
  })

  it.each([
    ['tags do not match', '<map><string name="a">x</map>'],
    ['the file is cut', '<map><string name="a">x'],
    ['it declares entities', '<map><!DOCTYPE m [<!ENTITY a "x">]><string name="a">&a;</string></map>'],
  ])('says damaged where %s', async (_, xml) => {
    await expect(readPreferences(head + xml)).rejects.toMatchObject({ code: 'format/damaged' })
  })

  it('leaves prototypes alone', async () => {
    const preferences = await readPreferences('<map><string name="__proto__">x</string></map>')
    expect(preferences.get('__proto__')).toBe('x')
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

it.each([
  [`${head}<map>`, true],
  ['<map />', true],
  ['\n<map>', true],
  ['<mapping>', false],
  ['<html><map>', false],
  ['{"map":1}', false],
  [null, false],
])('isPreferences(%j) is %s', (text, expected) => expect(isPreferences(text)).toBe(expected))
