import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, it } from 'vitest'
import { strengthOf } from '../../src/passphrase/strength'
import { newPassphrase } from '../../src/passphrase/suggestion'
import { heapHolds } from '../support/heap'
import { cpuMsOf } from '../support/effort'

/** The long run looks at all of them, the gate at every tenth. */
const STEP = process.env['SOAK'] ? 1 : 10

describe('strengthOf', () => {
  it('accepts none of the 10,000 most common passwords (KEY-4)', { timeout: 120_000 }, () => {
    const passwords = dictionary['passwords-common'].slice(0, 10_000).filter((_, at) => at % STEP === 0)
    expect(passwords.length).toBe(10_000 / STEP)
    expect(passwords.filter((password) => strengthOf(String(password)).enough)).toEqual([])
  })

  it.each([
    'qwertyuiop[]',
    'qwertyuiopasdfghjkl',
    '1qaz2wsx3edc4rfv',
    'zxcvbnm,./',
    '!@#$%^&*()_+',
    'poiuytrewq',
    'asdfghjkl;asdfghjkl;',
    '7894561230',
  ])('refuses the walk over the keyboard %j (KEY-4)', (walk) => {
    expect(strengthOf(walk).enough).toBe(false)
  })

  it.each([
    ['123456', 'common'],
    ['Passw0rd!Passw0rd!', 'repeats'],
    ['a'.repeat(64), 'repeats'],
    ['abcdefghijkl', 'sequences'],
    ['qwertyuiop[]', 'keyboard'],
    ['latchkey', 'own-name'],
    ['correct horse', 'add-words'],
  ])('refuses %j and says why: %s', (passphrase, advice) => {
    expect(strengthOf(passphrase)).toMatchObject({ enough: false, advice })
  })

  it('refuses every number of six digits, however it is written (KEY-4)', () => {
    for (const pin of ['000000', '482915', '999999', '４８２９１５']) expect(strengthOf(pin).enough).toBe(false)
  })

  it.each(['correct horse battery staple', 'Tr0ub4dor&3-latchkey', 'seven quiet herons at dusk', 'kX9#vLq2!mZr'])(
    'accepts %j',
    (passphrase) => {
      expect(strengthOf(passphrase).enough).toBe(true)
    },
  )

  it.each([
    ['correct horse', 'weak'],
    ['green river stone', 'fair'],
    ['an even better one', 'good'],
    ['abacus abdomen abide ability abrasion', 'strong'],
  ])('finds %j %s', (passphrase, level) => {
    expect(strengthOf(passphrase)).toMatchObject({ level, enough: level !== 'weak' })
  })

  it('gains nothing by look-alike letters', () => {
    expect(strengthOf('ｐａｓｓｗｏｒｄ').magnitude).toBe(strengthOf('password').magnitude)
  })

  it('accepts what we make ourselves', () => {
    for (let made = 0; made < 50; made += 1) expect(strengthOf(newPassphrase()).magnitude).toBeGreaterThan(13)
  })

  it('keeps nothing of what it judged (MEM-1)', { timeout: 120_000 }, async () => {
    const typed = Buffer.from('gntsuddo!tlcds!vid`ud`sr')
    const judgeAndForget = () => void strengthOf(typed.map((byte) => byte ^ 1).toString())
    judgeAndForget()
    expect(await heapHolds(typed.map((byte) => byte ^ 1) as Buffer)).toBe(false)
  })

  it('answers in time, however long the text is', async () => {
    expect(await cpuMsOf(() => strengthOf('qwerty12345'.repeat(1_000)))).toBeLessThan(4_000)
  })
})
