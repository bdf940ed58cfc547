import { describe, expect, it } from 'vitest'
import { PHRASES } from '../../src/autofill/phrases'
import { WORDS } from '../../src/autofill/vocabulary'
import { fold } from '../../src/autofill/words'
import type { Concept } from '../../src/core/code-field'

function says(concept: Concept, text: string): boolean {
  return new RegExp(WORDS[concept], 'u').test(fold(text))
}

describe('the vocabulary', () => {
  const patterns = Object.entries({ ...WORDS, ...PHRASES })

  it.each(patterns)('are written as texts are folded (%s)', (_name, pattern) => {
    const strays = [...pattern].filter((letter) => /[^\0-\x7f]/u.test(letter) && fold(letter) !== letter)
    expect(strays).toEqual([])
  })

  it.each<readonly [Concept, string]>([
    ['delivered', '電話番号を認証'],
    ['delivered', '綁定手機'],
    ['delivered', 'Wysłaliśmy kod'],
    ['delivered', 'Wpisz kod z wiadomości e-mail'],
    ['delivered', 'Telefonunuza gelen kodu girin'],
    ['secondFactor', 'Weryfikacja dwuskładnikowa'],
    ['otherPurpose', '加入房間'],
    ['otherPurpose', '遊戲'],
    ['otherPurpose', '訂單'],
    ['otherPurpose', '註冊'],
    ['unrelated', '運單號'],
    ['unrelated', '銘柄コード'],
    ['unrelated', '學號'],
    ['unrelated', '稅號'],
    ['unrelated', '預約番号'],
    ['recovery', 'รหัสสำรอง'],
    ['recovery', 'Enter one of the single-use codes that you saved'],
    ['authenticator', 'OTP 앱에 표시된 6자리'],
    ['bareCode', 'Ange koden'],
    ['bareCode', 'Įveskite kodą'],
    ['bareCode', 'Sisesta kood'],
    ['bareCode', 'Introduceți codul'],
    ['bareCode', 'Írja be a kódot'],
    ['bareCode', 'Kodunuzu girin'],
    ['authenticator', 'Inserisci il codice presente nell’app'],
    ['authenticator', "Entrez le code de l'application"],
  ])('say %s of %j', (concept, text) => {
    expect(says(concept, text)).toBe(true)
  })

  it.each<readonly [Concept, string]>([
    ['authenticator', 'Google verification code'],
    ['authenticator', 'Enter the code generated and sent to your registered mobile number'],
    ['authenticator', 'Download code from the App Store'],
    ['delivered', '본인 인증'],
    ['otherPurpose', 'Onboarding'],
    ['otherPurpose', 'Not registered yet?'],
    ['otherPurpose', 'Use your registered device'],
    ['otherPurpose', 'Join the team'],
    ['otherPurpose', 'Sign in with certificate or OTP'],
    ['otherPurpose', 'Deliveroo for Work'],
    ['unrelated', 'Steam Guard code'],
    ['unrelated', "Inserisci il codice presente nell'app"],
    ['unrelated', 'Capital'],
    ['unrelated', 'Therapist'],
    ['unrelated', 'Preferred method'],
    ['unrelated', 'Productivity suite code'],
    ['unrelated', 'In particolare'],
  ])('do not say %s of %j', (concept, text) => {
    expect(says(concept, text)).toBe(false)
  })
})
