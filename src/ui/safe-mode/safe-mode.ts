import browser from 'webextension-polyfill'
import { mirrorText } from './mirror-text'

/** Longer than this nobody who needs help is made to wait. */
const ANSWER_MS = 4_000

/** The texts of this screen; the browser's own catalogues give them, since ours may be what failed. */
export type SafeText =
  | 'broken_title'
  | 'broken_next'
  | 'try_again'
  | 'raw_title'
  | 'raw_none'
  | 'restart_latchkey'
  | 'safe_repair'
  | 'safe_asking'
  | 'safe_silent'
  | 'safe_absent'
  | 'safe_damaged'
  | 'safe_locked'
  | 'safe_unlocked'

/** What it needs of the outside. */
export interface SafeModeParts {
  text: (key: SafeText) => string
  now: () => number
}

/** Says in place of the page how the vault is, and offers to save it, to repair it and to start again. */
export function offerSafeMode(app: HTMLElement, { text, now }: SafeModeParts): void {
  const status = element('p', text('safe_asking'))
  status.setAttribute('role', 'status')
  const main = element('main')
  main.className = 'centre'
  main.append(
    element('h1', text('broken_title')),
    status,
    element('p', text('broken_next')),
    button(text('try_again'), () => location.reload(), 'wide primary'),
    button(text('raw_title'), async () => {
      if (!(await saveVault(now()))) status.textContent = text('raw_none')
    }),
    button(text('safe_repair'), () =>
      browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-health') }),
    ),
    button(text('restart_latchkey'), () => browser.runtime.reload()),
  )
  app.replaceChildren(main)
  void vaultStatus().then((key) => (status.textContent = text(key)))
}

async function vaultStatus(): Promise<SafeText> {
  const known = {
    absent: 'safe_absent',
    damaged: 'safe_damaged',
    locked: 'safe_locked',
    unlocked: 'safe_unlocked',
  } as const
  const answer = await ask('vaultStatus')
  return Object.entries(known).find(([status]) => status === answer)?.[1] ?? 'safe_silent'
}

/** All that the background can read, else what this page can. Answers whether there was anything. */
async function saveVault(now: number): Promise<boolean> {
  const raw = (await ask('exportRaw')) ?? (await inTime(mirrorText()))
  if (typeof raw !== 'string') return false
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([raw], { type: 'application/octet-stream' }))
  link.download = `latchkey-vault-as-it-is-${new Date(now).toISOString().slice(0, 10)}.json`
  link.click()
  return true
}

/** What the background answers; null where it refuses or does not answer. */
async function ask(call: string): Promise<unknown> {
  const answer = await inTime(browser.runtime.sendMessage({ call, args: [] }))
  const { ok, value } = (answer ?? {}) as { ok?: boolean; value?: unknown }
  return ok ? value : null
}

/** Null for what fails or takes too long. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const limit = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_MS, null))
  return Promise.race([work, limit]).catch(() => null)
}

function element<Name extends 'main' | 'h1' | 'p' | 'button'>(name: Name, words = ''): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.textContent = words
  return made
}

function button(words: string, press: () => unknown, kind = 'wide'): HTMLButtonElement {
  const made = element('button', words)
  made.type = 'button'
  made.className = kind
  made.addEventListener('click', () => void press())
  return made
}
