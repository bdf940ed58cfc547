import { important } from './important'

const TEXT_LIKE = /^(?:text|tel|number|password)$/u
const CODE_NAMES =
  /otp|2fa|mfa|one-?time|passcode|authenticator|(?:auth\w*|verif\w*|security|login)[-_ ]?code|验证码|動態碼|动态码|認証コード|인증/iu
const MOST_LENGTH = 10
const GAP_PX = 6

/**
 * Whether a field says of itself that it takes a code. The hint fills nothing, so that is enough; whether and what is
 * filled is judged when the user presses the keys.
 */
export function wantsHint(field: HTMLInputElement): boolean {
  if (!TEXT_LIKE.test(field.type) || field.readOnly || field.disabled) return false
  const length = Number(field.getAttribute('maxlength') ?? 6)
  if (length > MOST_LENGTH) return false
  const names = ['autocomplete', 'id', 'name', 'aria-label', 'placeholder'].map(
    (name) => field.getAttribute(name) ?? '',
  )
  return names.some((name) => CODE_NAMES.test(name))
}

/**
 * Shows a line below a code field while the user is in it. It takes no clicks, holds no account and no code, and stands
 * where the page cannot look into it (FIL-7). Until a field is entered, one listener is all there is; `until` ends it, and it
 * ends itself where nobody is left who could, since a newer version shows its own.
 */
export function showHints(document: Document, words: string, until: AbortController, isOrphaned: () => boolean): void {
  const { signal } = until
  let shown: { readonly host: HTMLElement; readonly left: AbortController } | null = null
  const hide = (): void => {
    shown?.left.abort()
    shown?.host.remove()
    shown = null
  }
  const enter = (target: EventTarget | null | undefined): void => {
    hide()
    if (isOrphaned()) until.abort()
    if (signal.aborted || !(target instanceof HTMLInputElement) || !wantsHint(target)) return
    const left = new AbortController()
    shown = { host: draw(document, target, words), left }
    const options = { capture: true, passive: true, signal: left.signal }
    for (const type of ['scroll', 'resize', 'focusout']) document.defaultView?.addEventListener(type, hide, options)
  }
  document.addEventListener('focusin', (event) => enter(event.composedPath()[0]), { capture: true, signal })
  signal.addEventListener('abort', hide, { once: true })
  // The page may have put the user into its field before we came.
  enter(document.activeElement)
}

function draw(document: Document, field: HTMLInputElement, words: string): HTMLElement {
  const { left, bottom } = field.getBoundingClientRect()
  const host = document.createElement('div')
  host.style.cssText = important(
    `all:initial;position:fixed;left:${left}px;top:${bottom + GAP_PX}px;z-index:2147483647;pointer-events:none`,
  )
  const line = document.createElement('div')
  line.textContent = words
  line.dir = 'auto'
  line.style.cssText =
    'padding:4px 10px;border-radius:6px;background:#1d2733;color:#fff;font:12px/1.5 system-ui,sans-serif;opacity:.94'
  host.attachShadow({ mode: 'closed' }).append(line)
  document.documentElement.append(host)
  return host
}
