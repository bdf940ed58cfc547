import browser from 'webextension-polyfill'
import { EARLY_SETTINGS } from '../../early'
import { chooseLanguage } from '../../i18n/choose'

// Asks before the page's own script is read and run; a script of its own, since modules wait for the whole page.
if (!globalThis.earlyOver) ask()

function ask(): void {
  const { runtime, storage, i18n } = browser
  const call = 'glance'
  globalThis.askedEarly = { call, answer: runtime.sendMessage({ call, args: [] }) }
  globalThis.storedEarly = storage.local.get([...EARLY_SETTINGS])
  // Most have chosen no other language; the file has this name in the package.
  const texts: Promise<unknown> = import(
    /* @vite-ignore */ `/assets/texts-${chooseLanguage([i18n.getUILanguage()])}.js`
  )
  // Whoever takes what comes hears of a failure.
  for (const asked of [globalThis.askedEarly.answer, globalThis.storedEarly, texts]) asked.catch(() => undefined)
  // Until then nobody else would hear of a lock (KEY-8), or of another choice.
  runtime.onMessage.addListener((message: unknown): undefined => {
    if ((message as { event?: unknown } | null)?.event === 'locked') globalThis.askedEarly = undefined
  })
  storage.local.onChanged.addListener(() => (globalThis.storedEarly = undefined))
}
