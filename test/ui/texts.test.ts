import { expect, it, vi } from 'vitest'
import { loadLanguage } from '../../src/i18n/catalogue'
import { text } from '../../src/i18n/text'
import { bringTexts } from '../../src/ui/actions/texts'
import { textsAdded } from '../../src/ui/state'

const broken = vi.hoisted(() => () => {
  throw new Error('not there')
})
vi.mock('../../src/i18n/_locales/de/messages.json?rest', broken)
vi.mock('../../src/i18n/_locales/en/messages.json?rest', broken)

it('has what is drawn without its text be drawn anew once it is there, and not again', async () => {
  await loadLanguage('fr', 'first')
  const before = textsAdded.value
  await bringTexts()
  await bringTexts()
  expect([textsAdded.value, text('error_unexpected') !== '']).toEqual([before + 1, true])
})

it('fails where texts come in no language, and leaves those that are there (REL-1)', async () => {
  await loadLanguage('de', 'first')
  const before = textsAdded.value
  await expect(bringTexts()).rejects.toThrow()
  expect([textsAdded.value, text('lock')]).toEqual([before, 'Sperren'])
})
