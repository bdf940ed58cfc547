import browser from 'webextension-polyfill'
import type { SecondFactor } from './core/entry'
import type { ErrorCode } from './core/errors'

/** One value stored outside the vault. Nothing secret may be in area `local`. */
export interface Setting<T> {
  readonly key: string
  readonly area: 'local' | 'session'
  /** `lock`: locking the vault removes it. `never`: only a reset does. */
  readonly clearedOn: 'lock' | 'never'
  /** The stored value; the default when it is missing or unreadable, which is always the safe choice (KEY-7). */
  get(): Promise<T>
  set(value: T): Promise<void>
  /** Calls back with each new value until the answer is called. */
  watch(changed: (value: T) => void): () => void
}

interface Declaration<T> {
  area: Setting<T>['area']
  clearedOn: Setting<T>['clearedOn']
  default: T
  /** Null: not a value of this setting. */
  read(stored: unknown): T | null
}

function setting<T>(key: string, declaration: Declaration<T>): Setting<T> {
  const area = browser.storage[declaration.area]
  const read = (stored: unknown): T => declaration.read(stored) ?? declaration.default
  return {
    key,
    area: declaration.area,
    clearedOn: declaration.clearedOn,
    get: async () => read((await area.get(key))[key]),
    set: (value) => area.set({ [key]: value }),
    watch(changed) {
      const listener = (changes: Record<string, { newValue?: unknown }>) => {
        const change = changes[key]
        if (change) changed(read(change.newValue))
      }
      area.onChanged.addListener(listener)
      return () => area.onChanged.removeListener(listener)
    },
  }
}

function choice<T extends string | number>(key: string, choices: readonly T[], fallback: T): Setting<T> {
  return setting<T>(key, {
    area: 'local',
    clearedOn: 'never',
    default: fallback,
    read: (stored) => choices.find((one) => one === stored) ?? null,
  })
}

function record<T>(key: string, clearedOn: 'lock' | 'never'): Setting<Readonly<Record<string, T>>> {
  return setting<Readonly<Record<string, T>>>(key, {
    area: 'session',
    clearedOn,
    default: {},
    // Only the background writes the session area, and it reads back what it wrote.
    read: (stored) => (typeof stored === 'object' && stored !== null ? (stored as Record<string, T>) : null),
  })
}

/** A signed-in user of an MFA server. The token is as good as a password (S5): memory only, gone with the lock. */
export interface MfaSession {
  userId: string
  account: string
  token: string
}

/** A sign-in that waits for its second factor. */
export interface MfaSignIn {
  account: string
  /** Null where the server does not say. */
  userId: string | null
  mfaToken: string
  factors: readonly SecondFactor[]
  mustBind: boolean
  phone: string | null
  phoneCountryCode: string | null
  email: string | null
  expiresAt: number
}

/** A fill that waits for the next time step (BND-10, FIL-11). */
export interface WaitingFill {
  tabId: number
  frameId: number
  origin: string
  mark: string
  /** Which of the fields that were found there. */
  index: number
  entryId: string
  until: number
}

/** A fill that waited and was refused when its moment came. */
export interface WaitingRefusal {
  tabId: number
  reason: ErrorCode
}

export const AUTO_LOCK_MINUTES = [1, 5, 15, 30, 60] as const
export const CLIPBOARD_SECONDS = [30, 60, 120] as const
export const LANGUAGES = ['auto', 'en', 'zh_CN'] as const
export const THEMES = ['auto', 'light', 'dark'] as const

/** Every item stored outside the vault. Adding one here is all it takes: locking clears by this list. */
export const settings = {
  language: choice<(typeof LANGUAGES)[number]>('language', LANGUAGES, 'auto'),
  theme: choice<(typeof THEMES)[number]>('theme', THEMES, 'auto'),
  autoLockMinutes: choice<(typeof AUTO_LOCK_MINUTES)[number]>('autoLockMinutes', AUTO_LOCK_MINUTES, 15),
  clipboardClearSeconds: choice<(typeof CLIPBOARD_SECONDS)[number]>('clipboardClearSeconds', CLIPBOARD_SECONDS, 30),
  adminPage: setting<boolean>('adminPage', {
    area: 'local',
    clearedOn: 'never',
    default: false,
    read: (stored) => (typeof stored === 'boolean' ? stored : null),
  }),
  /** When all accounts were last written to a file; null while they never were. */
  lastExportAt: setting<number | null>('lastExportAt', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),

  /** Wrong passphrases in a row, as `vault/guesses` has them; what is damaged there counts as many (KEY-3). */
  passphraseGuesses: setting<unknown>('passphraseGuesses', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => stored,
  }),

  mfaSessions: record<MfaSession>('mfaSessions', 'lock'),
  mfaSignIns: record<MfaSignIn>('mfaSignIns', 'lock'),
  /** Milliseconds by which each MFA server's clock is ahead of ours, measured from its answers (OTP-2). */
  clockSkews: record<{ skewMs: number; measuredAt: number }>('clockSkews', 'never'),
  waitingFill: setting<WaitingFill | null>('waitingFill', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as WaitingFill | null) : null),
  }),
  /** Why the fill that waited was not done, until somebody is there to read it. */
  fillRefusal: setting<WaitingRefusal | null>('fillRefusal', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as WaitingRefusal | null) : null),
  }),
  /** When the clipboard is to be cleared, in epoch milliseconds; null when nothing of ours is on it. */
  clipboardClearAt: setting<number | null>('clipboardClearAt', {
    area: 'session',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
} as const

/** Removes what must not outlive the lock (KEY-8). */
export async function clearOnLock(): Promise<void> {
  const gone = Object.values(settings).filter((item) => item.clearedOn === 'lock')
  await browser.storage.session.remove(gone.map((item) => item.key))
}
