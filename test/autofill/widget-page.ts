/** The steps of the vendor's login widget that have, or seem to have, a code field. */
export type WidgetStep = 'verify' | 'bind' | 'sms' | 'email' | 'recovery' | 'recovery-shown'

/** What the steps say; from the widget's own texts. */
interface WidgetTexts {
  heading: string
  sentence: Record<WidgetStep, string>
  resend: string
  recoveryLink: string
  otherMethods: string
  confirm: string
}

export const WIDGET_TEXTS: Readonly<Record<'en' | 'zh', WidgetTexts>> = {
  en: {
    heading: 'Multi-factor authentication',
    sentence: {
      verify: 'Enter 6-digit security code',
      bind: 'Please open Google Authenticator or Microsoft Authenticator on your phone（No validator please click to download） Scan the code to add MFA, check it on your mobile phone and enter the 6-digit security code.',
      sms: 'Please enter SMS verification code',
      email: 'Please enter email verification code',
      recovery: 'If you do not have a recovery code, please contact the administrator',
      'recovery-shown': 'If your MFA is lost, you will need a recovery code',
    },
    resend: 'Click to resend the verification code',
    recoveryLink: 'Lost the security code?Use recovery code',
    otherMethods: 'OTP Verification',
    confirm: 'Confirm',
  },
  zh: {
    heading: '多因素认证',
    sentence: {
      verify: '请输入绑定的 6 位数字安全码',
      bind: '请在手机打开 Google Authenticator 或 Microsoft Authenticator（没有验证器请 点击下载） 扫码添加 OTP，在手机查看并输入 6 位数字安全码。',
      sms: '验证码已发送至 138****0000',
      email: '验证码已发送至 d***@example.com',
      recovery: '如果你没有恢复代码，请联系管理员处理',
      'recovery-shown': '如果你的 MFA 丢失时，你将需要一个恢复代码',
    },
    resend: '60 秒后重新发送',
    recoveryLink: '安全码丢失？使用恢复代码',
    otherMethods: 'OTP 口令验证',
    confirm: '确 定',
  },
}

/** Builds a step of the widget as its DOM is known: one transparent input over six divs, no names, no labels. */
export function buildWidget(document: Document, step: WidgetStep, language: 'en' | 'zh', codeLength = 6): void {
  const texts = WIDGET_TEXTS[language]
  document.title = 'Guard'
  const guard = element(document.body, 'div', '', { id: 'authing-guard-container-v4' })
  const view = element(guard, 'div', '', { class: step === 'bind' ? 'g2-bind-totp' : 'g2-view-mfa' })
  element(view, 'h3', step === 'recovery' ? (language === 'en' ? 'Use recovery code' : '使用恢复代码') : texts.heading)
  element(view, 'p', texts.sentence[step], { class: 'authing-g2-mfa-tips' })
  if (step === 'bind')
    element(view, 'img', '', { alt: 'qrcode', class: 'g2-base-imagepro', src: 'data:image/png;base64,' })
  const form = element(view, 'form', '', { class: 'authing-ant-form' })
  if (step === 'recovery') {
    const placeholder = language === 'en' ? 'Enter recovery code' : '请输入恢复代码'
    element(form, 'input', '', { id: 'recoveryCode', autocomplete: 'off', placeholder, type: 'text' })
  } else if (step === 'recovery-shown') {
    element(form, 'span', '3f2a-91bc-07de-55aa-c0ff-ee12', { class: 'authing-ant-typography' })
    element(form, 'input', '', { id: 'remember', type: 'checkbox' })
  } else {
    addCodeInput(form, step === 'bind' ? 'saftyCode' : 'mfaCode', codeLength)
  }
  element(form, 'button', texts.confirm, { type: 'submit', class: 'authing-g2-submit-button' })
  if (step === 'verify') {
    const line = element(form, 'div', '', { class: 'authing-g2-mfa-totp-recoveryCode' })
    element(line, 'button', texts.recoveryLink, { type: 'button' })
  }
  if (step === 'sms' || step === 'email') {
    element(form, 'button', texts.resend, { type: 'button', class: 'link' })
    const methods = element(view, 'div', '')
    element(methods, 'button', texts.otherMethods, { type: 'button' })
  }
}

function addCodeInput(form: HTMLElement, id: string, length: number): void {
  const wrapper = element(form, 'div', '', { id, class: 'authing-g2-code-input g2-mfa-totp-verify-input' })
  const container = element(wrapper, 'div', '', {
    'data-input-otp-container': 'true',
    style: 'position: relative; display: flex; gap: 10px; pointer-events: none',
  })
  for (let index = 0; index < length; index += 1) {
    element(container, 'div', '', {
      class: 'authing-g2-code-input-item',
      style: 'width: 46px; height: 46px; border: 1px solid #ccc; background: #fff',
    })
  }
  const layer = element(container, 'div', '', { style: 'position: absolute; inset: 0; pointer-events: none' })
  element(layer, 'input', '', {
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    pattern: String.raw`^\d+$`,
    maxlength: String(length),
    'data-input-otp': 'true',
    style:
      'position: absolute; inset: 0; width: calc(100% + 40px); clip-path: inset(0 40px 0 0); height: 100%; ' +
      'pointer-events: all; color: transparent; caret-color: transparent; background: transparent; ' +
      'border: 0 solid transparent; opacity: 1; letter-spacing: -0.5em; font-size: 46px; padding: 0',
  })
}

function element(
  parent: HTMLElement,
  tag: string,
  text: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  const made = parent.ownerDocument.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.textContent = text
  parent.append(made)
  return made
}
