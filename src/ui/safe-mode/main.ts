import browser from 'webextension-polyfill'
import { offerSafeMode } from './safe-mode'

/**
 * Runs beside the page's own script, as a bundle of its own: if anything in that one throws or hangs before a word is on the
 * screen, this offers what is left to do (REL-1).
 */
const GRACE_MS = 1_000
/** Longer than a call may take, whose failure the page itself would show. */
const HANGS_AFTER_MS = 12_000

/** The browser chose the language of these texts, and knows which way it is written. */
function turnPage(): void {
  document.documentElement.dir = browser.i18n.getMessage('@@bidi_dir')
  document.documentElement.lang = browser.i18n.getMessage('@@ui_locale').replace('_', '-')
}

const app = document.getElementById('app')
const isBlank = (): boolean => (app?.textContent ?? '').trim() === ''

function lookAfter(ms: number): void {
  setTimeout(() => {
    if (!app || !isBlank()) return
    turnPage()
    offerSafeMode(app, { text: (key) => browser.i18n.getMessage(key), now: Date.now })
  }, ms)
}

for (const event of ['error', 'unhandledrejection']) addEventListener(event, () => lookAfter(GRACE_MS), true)
lookAfter(HANGS_AFTER_MS)
