// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { detectCodeField } from '../../src/autofill/detect'
import { buildPage } from './form-page'
import type { FieldFacts } from './form-page'

afterEach(() => document.body.replaceChildren())

const CODE: FieldFacts = { tag: 'input', name: 'code', label: 'Code' }
const OTP: FieldFacts = { tag: 'input', name: 'otp', label: 'OTP', maxlength: '6', inputmode: 'numeric' }
const BOX: FieldFacts = { tag: 'input', maxlength: '1', inputmode: 'numeric' }
const SIX_BOXES = Array.from({ length: 6 }, () => BOX)
const SIX_CELLS = Array.from({ length: 6 }, (): FieldFacts => ({ tag: 'input', type: 'text' }))
const EMAIL: FieldFacts = { tag: 'input', type: 'email', name: 'email', label: 'Email' }

const SEARCH_ENGINES = ['Google', 'Bing', 'Baidu', 'Yandex'].map((name): FieldFacts => ({
  tag: 'input',
  name: `${name.toLowerCase()}verify`,
  label: `${name} verification code`,
}))

function fires(text: readonly string[], ...fields: readonly FieldFacts[]): boolean {
  buildPage(document, { id: 'one', kind: 'none', text: [...text], fields: [...fields], target: [] })
  return detectCodeField(document) !== null
}

describe('the weights of the rules', () => {
  it.each<readonly [string, readonly string[], readonly FieldFacts[]]>([
    ['an OTP beside orders', ['Bestellungen ansehen'], [OTP]],
    ['an OTP beside exams', ['Mis exámenes'], [OTP]],
    ['an OTP beside an order to pay', ['출금 주문 확인'], [{ ...OTP, label: 'OTP 번호' }]],
    ['an authenticator beside an address', ['Sign in'], [EMAIL, { ...CODE, label: 'Authenticator code' }]],
    ['a step with the app in Korean', ['본인 인증', 'OTP 앱에 표시된 6자리'], [{ tag: 'input', name: 'code' }]],
    ['a code whose name stands beside it', ['Anmelden'], [{ tag: 'input', name: 'q1', nearText: 'Einmalpasswort' }]],
    ['a PIN, by its library', ['Two-factor authentication'], SIX_BOXES.map((box) => ({ ...box, name: 'pin[]' }))],
    [
      'an OTP beside a password',
      ['Login'],
      [
        { tag: 'input', type: 'password', name: 'pw' },
        { tag: 'input', placeholder: 'OTP' },
      ],
    ],
    ['boxes for a code in Urdu', ['لاگ ان', 'کوڈ درج کریں'], SIX_BOXES],
    ['a code at a quarter to ten', ['Two-factor authentication', 'Enter the code. Last seen today at 9:45'], [OTP]],
    ['a code or a recovery code', ['Profil'], [{ ...CODE, label: 'Code 2FA ou code de secours' }]],
    ['one in Turkish', ['Profil'], [{ ...CODE, label: 'MFA veya kurtarma kodu' }]],
    ['a current code', ['Turn off two-factor authentication'], [{ ...CODE, label: 'Enter a current code' }]],
    ['a short field kept from browsers', ['Transfer'], [{ ...OTP, label: 'TOTP', autocomplete: 'new-password' }]],
    [
      'a code beside fields without words',
      ['Login'],
      [
        { tag: 'input', type: 'email' },
        { tag: 'input', type: 'password' },
        { tag: 'input', nearText: '2FA-Code', placeholder: '000000' },
      ],
    ],
    ['a token of six digits', ['Enter the 6-digit code to continue'], [{ ...CODE, label: 'Token' }]],
    ['a hidden passcode', ['Sign in'], [{ ...CODE, type: 'password', label: 'Passcode from Duo Mobile or token' }]],
  ])('take %s', (_what, text, fields) => {
    expect(fires(text, ...fields)).toBe(true)
  })

  it.each<readonly [string, readonly string[], readonly FieldFacts[]]>([
    ['a code that search engines ask for', ['Webmaster tools'], SEARCH_ENGINES],
    ['a code that was sent', ['Enter the code generated and sent to your registered mobile number'], [CODE]],
    ['the activation of a TV', ['Enter the 6-digit code displayed on your TV screen'], SIX_BOXES],
    ['a code on a device', ['Enter the 6-digit code displayed on the device'], SIX_BOXES],
    ['a quiz', ["Enter the PIN shown on the host's screen"], SIX_BOXES],
    ['a lock of one’s own', ['Choose a 6-digit code to lock this profile'], SIX_BOXES],
    ['a backup code of six digits', ['Lost your device?', 'Use a backup code to sign in'], SIX_BOXES],
    ['the boxes of a class', ['Acme', 'Code de la classe'], SIX_BOXES],
    ['the boxes of a door', ['Acme', 'Enter the 6-digit door code to continue, then come in'], SIX_BOXES],
    [
      'a number of the staff',
      ['Clock in', 'Enter your 6-digit employee number', 'Trouble? Ask us.'],
      [{ tag: 'input', maxlength: '6' }],
    ],
    ['numbers of a draw', ['Lotto', 'Choose your 6 numbers'], SIX_BOXES],
    ['boxes of a game in Chinese', ['数独', '填满每一格'], SIX_BOXES],
    ['boxes for a reading in Russian', ['Показания счетчика', 'Введите показания'], SIX_BOXES],
    ['digits off a meter', ['Meter reading', 'Enter the digits on your meter'], SIX_BOXES],
    ['the end of a number', ['Confirm it is you', 'Enter the last 6 digits of your account number'], SIX_BOXES],
    ['cells of a table', ['Stocktake', 'Type the code of each item'], SIX_CELLS],
    ['cells of a table without words', ['12/2026'], SIX_CELLS],
    ['boxes of a game', ['Lottery', 'Pick your luck'], SIX_BOXES],
    ['a code that somebody gives', ['Remote support', 'Enter the code from your technician'], SIX_BOXES],
    ['the length of codes', ['OTP settings'], [{ tag: 'input', name: 'otp_length', label: 'OTP length' }]],
    ['a code with a time to live', ['Enter the code', '남은 시간 03:00'], SIX_BOXES],
    ['a code that can be had again', ['Verify', 'Resend code'], [{ ...OTP, autocomplete: 'one-time-code' }]],
    ['a code for a number half hidden', ['Enter the 6-digit code', '+1 •••• 4567'], SIX_BOXES],
    ['a code for an address half hidden', ['Enter the 6-digit code', 'j***n@example.com'], SIX_BOXES],
    ['a code with nearly ten minutes to live', ['Enter the 6-digit code', '09:59'], SIX_BOXES],
    ['a code beside praise of an app', ['Canjear', 'Ventajas de la app'], [{ ...CODE, label: 'Código' }]],
    ['a code on its way', ['A code is on its way.'], SIX_BOXES],
    ['a code for a new password', ['Enter the code and set your new password.'], SIX_BOXES],
    [
      'a recovery code by its name and its pattern',
      ['Two-factor'],
      [{ tag: 'input', 'data-testid': 'input-recovery', placeholder: 'XXXXX-XXXXX' }],
    ],
    [
      'what is called something else',
      ['Groups'],
      [{ tag: 'input', label: 'Group name', autocomplete: 'one-time-code' }],
    ],
    ['recovery codes', ['Enter one of the single-use codes that you saved'], [CODE]],
    ['a code in a mail', ['Wpisz kod z wiadomości e-mail'], [{ ...CODE, label: 'Kod' }]],
    ['a code on a telephone', ['Telefonunuza gelen 6 haneli kodu girin'], [{ ...CODE, label: 'Kod' }]],
  ])('leave %s alone', (_what, text, fields) => {
    expect(fires(text, ...fields)).toBe(false)
  })
})
