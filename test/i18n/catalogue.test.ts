import { afterEach, describe, expect, it, vi } from 'vitest'
import english from '../../src/i18n/_locales/en/messages.json'
import chinese from '../../src/i18n/_locales/zh_CN/messages.json'
import { expectLanguage, loadLanguage, loadRest } from '../../src/i18n/catalogue'
import { type Language, currentLanguage, setCatalogue, text } from '../../src/i18n/text'

vi.mock('../../src/i18n/_locales/de/messages.json?rest', () => {
  throw new Error('not there')
})

afterEach(() => setCatalogue('en', english))

describe('loadLanguage', () => {
  it('loads a catalogue on demand', async () => {
    await loadLanguage('zh_CN')
    expect([text('lock'), text('error_unexpected')]).toEqual(['锁定', chinese.error_unexpected.message])
    expect(await loadRest()).toBe(false)
  })

  it('speaks English where a catalogue does not come, or not all of it (REL-1)', async () => {
    await loadLanguage('eo' as Language)
    expect([currentLanguage(), text('lock')]).toEqual(['en', 'Lock'])
    await loadLanguage('de')
    expect([currentLanguage(), text('lock')]).toEqual(['en', 'Lock'])
  })

  it('loads at first only what the popup’s first screens say', async () => {
    await loadLanguage('zh_CN', 'first')
    expect([text('lock'), text('error_unexpected')]).toEqual(['锁定', ''])
  })
})

describe('loadRest', () => {
  it('brings what is missing, once', async () => {
    await loadLanguage('zh_CN', 'first')
    expect(await loadRest()).toBe(true)
    expect([text('lock'), text('error_unexpected')]).toEqual(['锁定', chinese.error_unexpected.message])
    expect(await loadRest()).toBe(false)
  })

  it('brings the English texts where the others do not come (REL-1)', async () => {
    await loadLanguage('de', 'first')
    expect(await loadRest()).toBe(true)
    expect([currentLanguage(), text('lock')]).toEqual(['de', 'Sperren'])
    expect(text('error_unexpected')).toBe(english.error_unexpected.message)
  })

  it('leaves alone a language that was chosen meanwhile', async () => {
    await loadLanguage('fr', 'first')
    const rest = loadRest()
    setCatalogue('zh_CN', { lock: chinese.lock })
    expect([await rest, text('error_unexpected')]).toEqual([false, ''])
  })
})

describe('expectLanguage', () => {
  it('puts nothing in force and fails for nobody', async () => {
    await expectLanguage('de')
    await expectLanguage('eo' as Language, 'first')
    expect(currentLanguage()).toBe('en')
  })
})
