// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

import { detectCodeField, judgeFields } from '../../src/autofill/detect'
import { LIBRARIES } from './box-libraries'
import { buildPage, COLLECTIONS } from './form-page'
import type { FieldFacts, FormFacts } from './form-page'
import { buildWidget } from './widget-page'

const cases = COLLECTIONS.flatMap(casesOf)

/** Forms that are known to be taken for something else; the benchmark counts them. */
const KNOWN_MISTAKES = new Set([
  'otp-signup-php',
  'h-account-login-otp',
  'u-joomla3-secret',
  'u-halves',
  'y-two-ways',
  'w-n-ja-mastodon',
  'w-n-ru-pairing',
  'x-n-pair-detect',
  'f-or-de-move',
  'f-or-fr-google',
  's-vi-confirm-password-otp',
  's-spouse-pairing',
  's-fa-otp-digits',
  's-code-and-recovery-fields',
  's-ko-motp-training',
  's-zh-get-dynamic',
  's-clone-group-name',
  's-callback-code',
  's-fa-telegram-cloud',
  's-az-disable-sent',
  's-verify-mobile-otp',
  's-zh-recovery-challenge',
  's-reset-token-six',
  't-issuer-setting',
  't-enter-otp-1111',
  't-regenerate-either',
  't-sk-join-code',
  't-pin-access-code',
  't-plate-game',
  't-code-generator-secret',
])

function casesOf(file: string): FormFacts[] {
  const { cases: all } = JSON.parse(readFileSync(`test/fixtures/pages/${file}`, 'utf8')) as { cases: FormFacts[] }
  return all.filter(({ contested }) => contested !== true)
}

afterEach(() => {
  document.body.replaceChildren()
  document.title = ''
})

/** The same field under names that say nothing. */
function renamed(field: FieldFacts, index: number): FieldFacts {
  const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(index % 26)
  return { ...field, ...(field['id'] ? { id: `x${letter}` } : {}), ...(field['name'] ? { name: `y${letter}` } : {}) }
}

function page(html: string): void {
  document.body.innerHTML = html
}

function foundIds(): string[] {
  return (detectCodeField(document)?.fields ?? []).map((field) => field.getAttribute('id') ?? '')
}

describe('detectCodeField over forms', () => {
  const tally = new Map<string, { right: number; fired: number; all: number }>()

  it.each(cases.filter(({ id }) => !KNOWN_MISTAKES.has(id)).map((facts) => [facts.id, facts] as const))(
    'is right about %s',
    (_id, facts) => {
      const fields = buildPage(document, facts)
      const found = (detectCodeField(document)?.fields ?? []).map((field) => fields.indexOf(field))
      const counts = tally.get(facts.kind) ?? { right: 0, fired: 0, all: 0 }
      const right = found.join() === facts.target.join()
      tally.set(facts.kind, {
        right: counts.right + Number(right),
        fired: counts.fired + Number(found.length > 0),
        all: counts.all + 1,
      })
      const why = judgeFields(document)
        .slice(0, 2)
        .map(({ score, reasons }) => ({ score, reasons }))
      expect(found, JSON.stringify(why)).toEqual(facts.target)
    },
  )

  it('finds boxes whatever a programmer calls them, and whatever stands at the foot of the page', () => {
    const split = cases.filter(({ id, kind }) => kind === 'totp-split' && !KNOWN_MISTAKES.has(id))
    const missed = split.filter((facts) => {
      const fields = buildPage(document, { ...facts, fields: facts.fields.map(renamed) })
      const foot = document.createElement('div')
      foot.innerHTML =
        '<p>Free delivery. Call +1 555 0100.</p><a href="#">Gift cards</a><a href="#">Forgot password?</a>'
      document.body.append(foot)
      const found = (detectCodeField(document)?.fields ?? []).map((field) => fields.indexOf(field))
      return found.join() !== facts.target.join()
    })
    expect(missed.map(({ id }) => id)).toEqual([])
  })

  afterAll(() => {
    const wanted = ['totp-single', 'totp-split']
    const sum = (kinds: string[], key: 'right' | 'fired'): number =>
      kinds.reduce((total, kind) => total + (tally.get(kind)?.[key] ?? 0), 0)
    console.table(Object.fromEntries(tally))
    const precision = sum(wanted, 'right') / sum([...tally.keys()], 'fired')
    console.log(
      `precision ${precision.toFixed(3)}; recall ${wanted.map((kind) => `${kind} ${((tally.get(kind)?.right ?? 0) / (tally.get(kind)?.all ?? 1)).toFixed(3)}`).join(', ')}`,
    )
  })
})

describe('detectCodeField on the boxes of libraries', () => {
  const libraries = Object.entries(LIBRARIES).map(([name, library]) => [name, library] as const)

  function pageOf(heading: string, lead: string, html: string, below = ''): number {
    page(`<main><h1>${heading}</h1><p>${lead}</p><form>${html}<button>Verify</button></form>${below}</main>`)
    return detectCodeField(document)?.fields.length ?? 0
  }

  it.each(libraries)('finds %s where a second factor is asked for, or just a code', (_name, { html, fields }) => {
    const lost = '<a href="#">Use a recovery code</a> <a href="#">Text me a code</a>'
    expect(pageOf('Two-factor authentication', 'Enter your code to continue', html)).toBe(fields)
    expect(pageOf('两步验证', '请输入验证器应用中的验证码', html)).toBe(fields)
    expect(pageOf('2FA', 'Enter the code from your app', html, lost)).toBe(fields)
    expect(pageOf('Sign in', 'Enter the 6-digit code', html)).toBe(fields)
  })

  it.each(libraries)('leaves %s alone where a code was sent, or is another one', (_name, { html }) => {
    expect(pageOf('Verify your phone', 'We sent a code to +1 ••• 4567', html, '<button>Resend</button>')).toBe(0)
    expect(pageOf('Two-factor authentication', 'We texted you a code.', html)).toBe(0)
    expect(pageOf('Verify', 'Enter the 6-digit code', html, '<p>We have sent a code to your phone.</p>')).toBe(0)
    expect(pageOf('E-Mail bestätigen', 'Wir haben dir einen Code geschickt.', html)).toBe(0)
    expect(pageOf('验证手机号', '验证码已发送至 138****0000', html)).toBe(0)
    expect(pageOf('Delivery', 'Ask for the 6-digit delivery code.', html)).toBe(0)
    expect(pageOf('Connect your TV', 'Enter the code shown on your TV screen.', html)).toBe(0)
  })
})

describe("detectCodeField on the vendor's widget", () => {
  it.each(['en', 'zh'] as const)('finds the one transparent field of the verify and bind steps (%s)', (language) => {
    for (const step of ['verify', 'bind'] as const) {
      document.body.replaceChildren()
      buildWidget(document, step, language)
      expect(detectCodeField(document)?.fields).toEqual([document.querySelector('[data-input-otp]')])
    }
  })

  it.each(['en', 'zh'] as const)(
    'leaves the SMS and email steps alone, with four digits and with six (%s)',
    (language) => {
      for (const step of ['sms', 'email'] as const) {
        for (const length of [4, 6]) {
          document.body.replaceChildren()
          buildWidget(document, step, language, length)
          expect(detectCodeField(document), `${step} ${length}`).toBeNull()
        }
      }
    },
  )

  it.each(['en', 'zh'] as const)('leaves the recovery steps alone (%s)', (language) => {
    for (const step of ['recovery', 'recovery-shown'] as const) {
      document.body.replaceChildren()
      buildWidget(document, step, language)
      expect(detectCodeField(document), step).toBeNull()
    }
  })
})

describe('detectCodeField and the shape of a page', () => {
  const BOX = '<input type="text" maxlength="1" inputmode="numeric">'

  it('counts boxes that are disabled until reached', () => {
    page(`<p>Enter the code from your authenticator app</p>${BOX}${BOX.replace('>', ' disabled>').repeat(5)}`)
    expect(detectCodeField(document)?.fields).toEqual([...document.querySelectorAll('input')])
  })

  it('takes boxes rather than the hidden field that gathers them', () => {
    page(
      `<p>Two-factor code</p><input type="hidden" name="otp"><div style="display:none"><input name="otp_code"></div>${BOX.repeat(6)}`,
    )
    expect(detectCodeField(document)?.fields).toHaveLength(6)
  })

  it('leaves out rows of boxes that are no code: four, or nine', () => {
    for (const count of [3, 4, 9, 12]) {
      page(`<p>Two-factor code</p>${BOX.repeat(count)}`)
      expect(detectCodeField(document), String(count)).toBeNull()
    }
  })

  it.each(['Please enter your pin code', 'pin code 1 of 6', 'pin input 1 of 6'])(
    'takes %j for what a library says of its boxes, not for a PIN',
    (label) => {
      const box = `<input inputmode="numeric" id="pin-input-r1-0" aria-label="${label}">`
      page(`<h1>Two-step verification</h1><p>Enter the 6-digit code</p>${box.repeat(6)}`)
      expect(detectCodeField(document)?.fields).toHaveLength(6)
      page(`<h1>Set a new PIN</h1>${box.repeat(6)}`)
      expect(detectCodeField(document)).toBeNull()
    },
  )

  it('keeps two rows of one form apart by the words between them', () => {
    page(
      `<p>Withdraw</p><form><b>Code from your e-mail</b><div>${BOX.repeat(6)}</div><b>Google Authenticator code</b><div>${BOX.repeat(6)}</div></form>`,
    )
    expect(detectCodeField(document)?.fields).toEqual([...document.querySelectorAll('input')].slice(6))
  })

  it('takes nameless fields for digits in a row for boxes, and leaves those apart that are named between', () => {
    const field = '<input inputmode="numeric" maxlength="6">'
    page(`<p>Enter the code from your authenticator app</p>${field.repeat(6)}`)
    expect(detectCodeField(document)?.fields).toHaveLength(6)
    page(`<p>Quantities</p>${`<span>How many of these</span>${field}`.repeat(6)}`)
    expect(detectCodeField(document)).toBeNull()
  })

  it('keeps two rows of boxes apart', () => {
    page(
      `<p>Authenticator code</p><div><div>${BOX.repeat(6)}</div></div><form><h2>Your PIN</h2>${BOX.replace('>', ' name="pin">').repeat(6)}</form>`,
    )
    expect(detectCodeField(document)?.fields).toEqual([...document.querySelectorAll('input')].slice(0, 6))
  })

  it('looks through open shadow roots, nested ones too', () => {
    const outer = document.createElement('x-login')
    document.body.append(outer)
    outer.attachShadow({ mode: 'open' }).innerHTML = '<h1>Two-factor authentication</h1><x-field></x-field>'
    const inner = outer.shadowRoot?.querySelector('x-field')?.attachShadow({ mode: 'open' })
    if (inner) inner.innerHTML = '<label>Code <input id="deep" inputmode="numeric"></label>'
    expect(foundIds()).toEqual(['deep'])
  })

  it('finds six boxes that each sit in a shadow root of their own', () => {
    page(`<h1>Authenticator code</h1>${'<x-digit></x-digit>'.repeat(6)}`)
    for (const host of document.querySelectorAll('x-digit')) host.attachShadow({ mode: 'open' }).innerHTML = BOX
    expect(detectCodeField(document)?.fields).toHaveLength(6)
  })

  it.each([
    ['display', '<div style="display:none">', '</div>'],
    ['visibility', '<div style="visibility:hidden">', '</div>'],
    ['the hidden attribute', '<div hidden>', '</div>'],
    ['a closed dialog', '<dialog>', '</dialog>'],
    ['a closed details element', '<details><summary>More</summary>', '</details>'],
    ['inert', '<div inert>', '</div>'],
    ['a disabled state', '<fieldset disabled>', '</fieldset>'],
  ])('skips a field that is not there by %s', (_what, before, after) => {
    page(`${before}<label>Two-factor code <input name="otp" maxlength="6"></label>${after}`)
    expect(detectCodeField(document)).toBeNull()
  })

  it('does not take transparent text for a hidden field', () => {
    page('<h1>2FA</h1><input id="clear" name="otp" style="color:transparent;background:transparent">')
    expect(foundIds()).toEqual(['clear'])
  })

  it('prefers the field for the code on a page that also has a recovery field', () => {
    page(
      '<p>Enter the code from your authenticator app.</p><label>Recovery code <input id="r" name="recovery_code"></label><label>Code <input id="c" name="code"></label>',
    )
    expect(foundIds()).toEqual(['c'])
  })

  it.each([
    ['below it', '', '<p>Recovery code: 3f2a-91bc-07de-55aa-c0ff-ee12</p>'],
    ['above it', '<p>Recovery code: 3f2a-91bc-07de-55aa-c0ff-ee12</p>', ''],
    ['in two lines', '<div><b>Backup code</b></div><div><code>9F2K-77QX-1ZZZ</code></div>', ''],
    ['in two lines below', '', '<div><b>Backup codes:</b></div><code>12345678</code> <code>87654321</code>'],
    ['as advice', '<p>Save your recovery codes in a safe place.</p>', ''],
    ['as a sentence', '', '<p>Keep this recovery code: we cannot show it again.</p>'],
    ['in Chinese', '<p>恢复代码：3f2a-91bc-07de-55aa-c0ff-ee12</p>', '<p>请妥善保管恢复代码。</p>'],
  ])('finds the field on a page that also shows recovery codes, %s', (_where, before, after) => {
    const plain = '<label>Code <input id="c" name="code"></label>'
    const six = '<label>Code <input id="c" name="code" maxlength="6"></label>'
    for (const field of [plain, six]) {
      page(`${before}<h1>Two-factor authentication</h1><form>${field}<button>Verify</button></form>${after}`)
      expect(foundIds(), field).toEqual(['c'])
    }
  })

  it.each([
    'Recovery code: enter it below',
    'Enter one of your recovery codes',
    'Enter the recovery code you kept. It looks like XXXX-XXXX.',
    '请输入恢复代码',
  ])('leaves a field alone that is asked for by %j', (lead) => {
    page(`<h1>Two-factor authentication</h1><p>${lead}</p><form><label>Code <input name="code"></label></form>`)
    expect(detectCodeField(document)).toBeNull()
  })

  it('reads the words inside an open dialog, not those behind it', () => {
    page(
      '<p>We sent you a text message.</p><dialog open><h1>Two-factor authentication</h1><label>Code <input id="c"></label></dialog>',
    )
    expect(foundIds()).toEqual(['c'])
  })

  it('takes a captcha for what its picture says', () => {
    page('<h1>登录</h1><input name="code" placeholder="验证码" maxlength="6"><img src="/captcha.jpg">')
    expect(detectCodeField(document)).toBeNull()
  })
})

describe('detectCodeField on hostile pages (FIL-10)', () => {
  const FIELD = '<p>Authenticator code</p><input id="otp" name="otp">'

  it.each([
    [
      'a form that shadows parts of the document',
      '<form name="querySelectorAll"></form><img name="defaultView"><form name="createTreeWalker"></form><form name="title"></form>',
    ],
    [
      'a form that shadows its own members',
      '<form><input name="parentNode"><input name="childNodes"><input name="nodeType"><input name="getAttribute"><input name="querySelectorAll"><input name="contains"><input name="localName"></form>',
    ],
  ])('is not led astray by %s', (_what, html) => {
    page(html + FIELD)
    expect(foundIds()).toEqual(['otp'])
  })

  it('finds the field inside a form that shadows its own members', () => {
    page(
      `<form><input type="hidden" name="parentNode"><input type="hidden" name="previousSibling"><input type="hidden" name="hasAttribute"><input type="hidden" name="shadowRoot">${FIELD}</form>`,
    )
    expect(foundIds()).toEqual(['otp'])
  })

  it('reads past members of nodes that throw', () => {
    page(FIELD)
    const field = document.getElementById('otp') ?? expect.unreachable()
    for (const member of ['labels', 'readOnly', 'placeholder']) {
      Object.defineProperty(field, member, { get: () => expect.unreachable() })
    }
    expect(foundIds()).toEqual(['otp'])
  })

  it('finds the field among very many others', () => {
    page(`${'<label>Amount <input name="amount"></label>'.repeat(2_100).slice(0, 1_900 * 42)}${FIELD}`)
    expect(foundIds()).toEqual(['otp'])
  })

  it('takes no comment for a text that the user reads', () => {
    page('<h1>2FA</h1><!-- we sent the code by e-mail --><input id="otp" name="otp"><!-- recovery code -->')
    expect(foundIds()).toEqual(['otp'])
  })

  it('answers null for a document that is shown nowhere and empty', () => {
    expect(detectCodeField(document.implementation.createHTMLDocument(''))).toBeNull()
  })

  it('finds a field at the bottom of a deep and wide page', () => {
    page(`${'<div>'.repeat(300)}${'<p>Lorem ipsum</p>'.repeat(300)}${FIELD}`)
    expect(foundIds()).toEqual(['otp'])
  })

  it('survives any mix of tags, names and texts', () => {
    const word = fc.constantFrom(
      'parentNode',
      'otp',
      'code',
      'attributes',
      'body',
      'style',
      '验证码',
      'recovery',
      'constructor',
      '__proto__',
      'getRootNode',
      '(((',
      '\\d{6}',
    )
    const tag = fc.constantFrom(
      'form',
      'input',
      'div',
      'label',
      'button',
      'dialog',
      'x-y',
      'template',
      'iframe',
      'select',
      'img',
      'object',
    )
    const node = fc.tuple(tag, word, word, fc.integer({ min: -1, max: 12 }))
    fc.assert(
      fc.property(fc.array(node, { maxLength: 25 }), (nodes) => {
        page(
          nodes
            .map(
              ([name, id, text, length]) =>
                `<${name} id="${id}" name="${id}" maxlength="${length}" pattern="${text}">${text}`,
            )
            .join(''),
        )
        const found = detectCodeField(document)
        expect(found === null || found.fields.length > 0).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
