import { POOL } from '../seed'
import { escapeHtml, htmlPage, type Language } from './page'

const BOXES = 6

const TEXTS = {
  'en-US': {
    signIn: 'Sign in',
    account: 'Account',
    password: 'Password',
    bind: 'Set up two-step verification',
    scan: 'Scan this QR code with your authenticator, then enter the 6-digit code it shows.',
    qr: 'QR code for your authenticator',
    verify: 'Two-step verification',
    enter: 'Enter the 6-digit code from your authenticator.',
    code: 'Security code',
    digit: 'Digit',
    confirm: 'Confirm',
    lost: 'Lost your authenticator? Use recovery code',
    recover: 'Use recovery code',
    recoveryCode: 'Recovery code',
    keep: 'Keep this recovery code',
    keepWhy: 'You need it if you lose your authenticator. It works once.',
    goOn: 'Continue',
    signedIn: 'Signed in as',
    signOut: 'Sign out',
    wrongCode: 'This code is not right. Enter the next one.',
    wrongRecoveryCode: 'This recovery code is not right.',
    wrongPassword: 'Account or password is not right.',
    expired: 'The login has expired. Sign in again.',
    failed: 'The server could not be asked. Try again.',
  },
  'zh-CN': {
    signIn: '登录',
    account: '账号',
    password: '密码',
    bind: '绑定两步验证',
    scan: '请使用身份验证器扫描二维码，然后输入显示的 6 位安全码。',
    qr: '身份验证器二维码',
    verify: '两步验证',
    enter: '请输入身份验证器中的 6 位安全码。',
    code: '安全码',
    digit: '第',
    confirm: '确定',
    lost: '身份验证器丢失？使用恢复代码',
    recover: '使用恢复代码',
    recoveryCode: '恢复代码',
    keep: '请妥善保存恢复代码',
    keepWhy: '身份验证器丢失时需要它，仅可使用一次。',
    goOn: '继续',
    signedIn: '已登录：',
    signOut: '退出登录',
    wrongCode: '安全码错误，请输入下一个。',
    wrongRecoveryCode: '恢复代码错误。',
    wrongPassword: '账号或密码错误。',
    expired: '登录已过期，请重新登录。',
    failed: '无法连接服务器，请重试。',
  },
} as const satisfies Record<Language, Record<string, string>>

/** `GET /boxes`: a plain sign-in page whose code goes into six separate inputs. */
export function boxesPage(app: string, lang: Language): string {
  const text = TEXTS[lang]
  const failures = JSON.stringify({
    wrongCode: text.wrongCode,
    wrongRecoveryCode: text.wrongRecoveryCode,
    wrongPassword: text.wrongPassword,
    expired: text.expired,
    failed: text.failed,
  })
  return htmlPage(
    lang,
    `${text.signIn} – ${POOL.name}`,
    `<main id="boxes" data-app="${escapeHtml(app)}" data-lang="${lang}" data-failures="${escapeHtml(failures)}">
<p class="site">${POOL.name}</p>
<p id="failure" role="alert"></p>
${signInStep(lang)}
${codeStep('bind', lang)}
${codeStep('verify', lang)}
${recoveryStep(lang)}
${lastSteps(lang)}
</main>
<script type="module" src="/boxes.js"></script>`,
  )
}

function signInStep(lang: Language): string {
  const text = TEXTS[lang]
  return `<form data-step="sign-in" hidden>
<h1>${text.signIn}</h1>
<label>${text.account}<input name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
<label>${text.password}<input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">${text.signIn}</button>
</form>`
}

function codeStep(step: 'bind' | 'verify', lang: Language): string {
  const text = TEXTS[lang]
  const qr = `<p>${text.scan}</p>\n<img data-qr alt="${text.qr}">`
  const lost = `<button type="button" class="link" data-go="recover">${text.lost}</button>`
  return `<form data-step="${step}" novalidate hidden>
<h1>${text[step]}</h1>
${step === 'bind' ? qr : `<p>${text.enter}</p>`}
<fieldset>
<legend>${text.code}</legend>
<div class="boxes">
${Array.from({ length: BOXES }, (_, index) => box(index, lang)).join('\n')}
</div>
</fieldset>
<button type="submit">${text.confirm}</button>
${step === 'verify' ? lost : ''}
</form>`
}

function box(index: number, lang: Language): string {
  const name = lang === 'zh-CN' ? `第 ${index + 1} 位，共 ${BOXES} 位` : `Digit ${index + 1} of ${BOXES}`
  const autocomplete = index === 0 ? 'one-time-code' : 'off'
  return `<input inputmode="numeric" maxlength="1" pattern="[0-9]" autocomplete="${autocomplete}" aria-label="${name}" required>`
}

function recoveryStep(lang: Language): string {
  const text = TEXTS[lang]
  return `<form data-step="recover" hidden>
<h1>${text.recover}</h1>
<label>${text.recoveryCode}<input name="recoveryCode" autocomplete="off" spellcheck="false" required></label>
<button type="submit">${text.confirm}</button>
</form>`
}

function lastSteps(lang: Language): string {
  const text = TEXTS[lang]
  return `<section data-step="keep" hidden>
<h1>${text.keep}</h1>
<p>${text.keepWhy}</p>
<p><code id="recovery-code"></code></p>
<button type="button" data-go="signed-in">${text.goOn}</button>
</section>
<section data-step="signed-in" hidden>
<h1>${POOL.name}</h1>
<p role="status">${text.signedIn} <strong id="user"></strong></p>
<button type="button" id="sign-out">${text.signOut}</button>
</section>`
}
