import { describe, expect, it } from 'vitest'
import { counts, folded, hearing, withoutAsides } from '../../src/autofill/reading'
import type { Facts } from '../../src/autofill/facts'
import { RULES } from '../../src/autofill/rules'
import { fold } from '../../src/autofill/words'

const says = hearing(RULES)

function facts(texts: Partial<Facts['texts']>, boxes = 1): Facts {
  const silent = { own: '', label: '', beside: '', lead: '', links: '', page: '' }
  return { texts: { ...silent, ...texts }, shapes: [], boxes, type: 'text', neighbours: [], pictures: [] }
}

describe('counts', () => {
  it.each([
    'Code or recovery code',
    'Enter the code from your app or a backup code',
    'Enter the code from your app or one of your backup codes',
    'Code uit je app of een herstelcode',
    'Recovery code / 2FA code',
    '验证码或恢复代码',
    'Код из приложения или резервный код',
  ])('takes %j for a wish for either', (text) => {
    expect(counts('recovery', 'label', fold(text), RULES, says)).toBe(false)
  })

  it.each([
    'Recovery code',
    'Recovery code or backup key',
    'Enter one of your recovery codes. Ask for a code, or call us.',
    'Enter one of the recovery codes that you have kept, or go back and use the code of your app',
  ])('takes %j for a wish for a recovery code alone', (text) => {
    expect(counts('recovery', 'label', fold(text), RULES, says)).toBe(true)
  })

  it('hears in a long text of other codes only by their full name', () => {
    const story = 'we keep a gift for all who come to our house by the sea with their friends'
    expect(counts('unrelated', 'beside', story, RULES, says)).toBe(false)
    expect(counts('unrelated', 'beside', `${story} and a class code`, RULES, says)).toBe(true)
    expect(counts('unrelated', 'beside', 'your gift', RULES, says)).toBe(true)
  })
})

describe('folded', () => {
  it('calls a field without a label by what stands nearest, where that is a name', () => {
    expect(folded(facts({ beside: 'Passcode . Help' }), says).texts).toMatchObject({
      label: 'passcode',
      beside: 'help',
    })
    expect(folded(facts({ beside: 'Welcome . Help' }), says).texts).toMatchObject({ label: '' })
    expect(folded(facts({ label: 'Name', beside: 'Passcode' }), says).texts).toMatchObject({ label: 'name' })
  })

  it('reads no PIN out of what a library calls its boxes', () => {
    expect(folded(facts({ label: 'pin code 1 of 6' }, 6), says).texts.label).not.toContain('pin')
    expect(folded(facts({ label: 'pin code' }), says).texts.label).toBe('pin code')
  })
})

describe('withoutAsides', () => {
  it('strikes out another way in, unless nothing else asks for a code', () => {
    const hint = 'use a recovery code instead'
    expect(withoutAsides(facts({ beside: `two-factor . ${hint}` }).texts, RULES, says).beside).not.toContain('recovery')
    expect(withoutAsides(facts({ beside: hint }).texts, RULES, says).beside).toBe(hint)
  })
})
