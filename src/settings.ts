import browser from 'webextension-polyfill'
import type { SecondFactor } from './core/entry'
import type { ErrorCode } from './core/errors'
import { takeStored } from './early'

/** One value stored outside the vault. Nothing secret may be in area `local`. */
export interface Setting<T> {
  readonly key: string
  readonly area: 'local' | 'session'
  /** `lock`: locking the vault removes it. `never`: only a reset does. */
  readonly clearedOn: 'lock' | 'never'
  /** The stored value; the default when it is missing or unreadable, or the store does not answer: always the safe choice (KEY-7). */
  get(): Promise<T>
  set(value: T): Promise<void>
  /** Calls back with each new value until the answer is called. */
  watch(changed: (value: T) => void): () => void
}

interface Declaration<T> {
  area: Setting<T>['area']
  clearedOn: Setting<T>['clearedOn']
  default: T
  /** What stands for a store that does not answer, where that is not the default. */
  unanswered?: T
  /** Null: not a value of this setting. */
  read(stored: unknown): T | null
}

/** What is asked for in one turn is read at once: a page that opens asks for a dozen. */
function readerOf(area: Setting<unknown>['area']): (key: string) => Promise<unknown> {
  let next: { keys: Set<string>; values: Promise<Record<string, unknown>> } | null = null
  const gather = () => {
    const keys = new Set<string>()
    const values = Promise.resolve().then(() => {
      next = null
      return (area === 'local' ? takeStored(keys) : null) ?? browser.storage[area].get([...keys])
    })
    return { keys, values }
  }
  return async (key) => {
    next ??= gather()
    next.keys.add(key)
    return (await next.values)[key]
  }
}

const readers = { local: readerOf('local'), session: readerOf('session') }

function setting<T>(key: string, declaration: Declaration<T>): Setting<T> {
  const area = browser.storage[declaration.area]
  const read = (stored: unknown): T => declaration.read(stored) ?? declaration.default
  return {
    key,
    area: declaration.area,
    clearedOn: declaration.clearedOn,
    async get() {
      try {
        return read(await readers[declaration.area](key))
      } catch {
        // The vault opens without this store (VLT-3), and so must what goes by a setting.
        return declaration.unanswered ?? declaration.default
      }
    },
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

function flag(key: string, fallback: boolean): Setting<boolean> {
  return setting<boolean>(key, {
    area: 'local',
    clearedOn: 'never',
    default: fallback,
    read: (stored) => (typeof stored === 'boolean' ? stored : null),
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

/** Something found out about one generation of the vault, sealed under its key. */
export interface Noted {
  generation: number
  sealed: string
}

/** A fill that waits for the next time step (BND-10, FIL-11). */
export interface WaitingFill {
  tabId: number
  frameId: number
  origin: string
  mark: string
  /** Which of the fields that were found there. */
  index: number
  /** Whether the user clicked that very field; else it was found. */
  clicked: boolean
  entryId: string
  until: number
}

/** The field whose context menu was used, as the look at that moment found it, until the account for it is chosen. */
export interface ClickedField {
  tabId: number
  frameId: number
  origin: string
  /** Under which the script in that very document remembers the field. */
  mark: string
  index: number
  /** Later the user means something else. */
  until: number
}

/** What the mark on the toolbar stands for. */
export interface WaitingRefusal {
  tabId: number
  /** Why a fill was refused when nobody was looking; null where an account is still to be chosen. */
  reason: ErrorCode | null
}

/** QR codes of another app's transfer that were scanned while others are missing; with all the secrets in them (S1). */
export interface TransferParts {
  texts: readonly string[]
  total: number
  /** Numbers from 1. */
  missing: readonly number[]
}

/** A picture whose context menu was used. Its address may be the picture itself. */
export interface PickedPicture {
  tabId: number
  frameId: number
  address: string
}

/** How far imports are compared with the old app: accounts by their ids, imports by their moments. */
export interface Comparisons {
  equal: readonly string[]
  ended: readonly number[]
}

/** The two places where the vault lies, and how one may be found. */
export const COPY_NAMES = ['database', 'mirror'] as const
export const COPY_STATES = ['intact', 'missing', 'older', 'damaged', 'unreadable'] as const

/** What was found wrong with the copies of the vault and what was done; names no account. */
export interface CopiesNotice {
  at: number
  found: Readonly<Record<(typeof COPY_NAMES)[number], (typeof COPY_STATES)[number]>>
  healed: readonly (typeof COPY_NAMES)[number][]
  /** Whether the user has read it. */
  read: boolean
}

/** That a snapshot was opened in memory, or could not be. */
export interface Proof {
  at: number
  takenAt: number
  opened: boolean
}

/** What kinds of demo account the tour offers. */
export const DEMO_KINDS = ['mail', 'bank', 'games'] as const
export type DemoKind = (typeof DEMO_KINDS)[number]

/** The demo account of the tour: made up, and good for nothing else. The secret is Base64. */
export interface DemoAccount {
  kind: DemoKind
  secret: string
}

/** The first steps of which only the user can say that they are done. */
export const TICKED_STEPS = ['pin', 'tour'] as const
export type TickedStep = (typeof TICKED_STEPS)[number]

/** Our clock against the browser's steady one at some moment, so that a jump of ours is noticed. */
export interface SteadyClock {
  driftMs: number
  /** When that steady clock began: each background has its own. */
  steadySince: number
}

/** What an MFA server's answers say of its clock: it is ahead of ours by at least `lowMs` and at most `highMs` (OTP-2). */
export interface MeasuredClock extends SteadyClock {
  lowMs: number
  highMs: number
  measuredAt: number
}

/** The user wants codes for an MFA server made by its clock, which is ahead of ours by `offsetMs` (OTP-2). */
export interface ClockCorrection extends SteadyClock {
  offsetMs: number
  since: number
}

export const AUTO_LOCK_MINUTES = [1, 5, 15, 30, 60] as const
export const LONGEST_UNLOCKED_HOURS = [1, 4, 8, 12, 24] as const
export const CLIPBOARD_SECONDS = [30, 60, 120] as const
export const LANGUAGES = [
  'auto',
  'en',
  'ar',
  'de',
  'es',
  'fr',
  'he',
  'ja',
  'ko',
  'pt_BR',
  'ru',
  'zh_CN',
  'zh_TW',
] as const
export const THEMES = ['auto', 'light', 'dark'] as const
export const CONTRASTS = ['auto', 'more'] as const
export const DENSITIES = ['comfortable', 'compact'] as const
export const NEXT_CODES = ['ending', 'always', 'asked'] as const

/** Every item stored outside the vault. Adding one here is all it takes: locking clears by this list. */
export const settings = {
  language: choice<(typeof LANGUAGES)[number]>('language', LANGUAGES, 'auto'),
  theme: choice<(typeof THEMES)[number]>('theme', THEMES, 'auto'),
  /** `auto`: as the system asks. */
  contrast: choice<(typeof CONTRASTS)[number]>('contrast', CONTRASTS, 'auto'),
  density: choice<(typeof DENSITIES)[number]>('density', DENSITIES, 'comfortable'),
  /** Whether marks may be those of well-known services; all of them are in the package. */
  brandMarks: flag('brandMarks', true),
  /** Whether a code is hidden until the pointer or the focus is on its account. */
  hideCodes: flag('hideCodes', false),
  /** When the code after the current one is shown: in the last seconds, always, or on demand alone. */
  nextCodes: choice<(typeof NEXT_CODES)[number]>('nextCodes', NEXT_CODES, 'ending'),
  autoLockMinutes: choice<(typeof AUTO_LOCK_MINUTES)[number]>('autoLockMinutes', AUTO_LOCK_MINUTES, 15),
  longestUnlockedHours: choice<(typeof LONGEST_UNLOCKED_HOURS)[number]>(
    'longestUnlockedHours',
    LONGEST_UNLOCKED_HOURS,
    12,
  ),
  clipboardClearSeconds: choice<(typeof CLIPBOARD_SECONDS)[number]>('clipboardClearSeconds', CLIPBOARD_SECONDS, 30),
  adminPage: flag('adminPage', false),
  /** When all accounts were last written to a file; null while they never were. */
  lastExportAt: setting<number | null>('lastExportAt', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** Which imported accounts the user found to show the old app's codes, and where he stopped comparing. */
  comparisons: setting<Comparisons>('comparisons', {
    area: 'local',
    clearedOn: 'never',
    default: { equal: [], ended: [] },
    read: (stored) => (isComparisons(stored) ? stored : null),
  }),

  /** When the user was last reminded to make a backup (VLT-15). */
  backupRemindedAt: setting<number | null>('backupRemindedAt', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** What was last found wrong with a copy of the vault, for the user to read once (VLT-3). */
  copiesReport: setting<CopiesNotice | null>('copiesReport', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (isCopiesNotice(stored) ? stored : null),
  }),
  /** The last proof that a snapshot opens. */
  lastProof: setting<Proof | null>('lastProof', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (isProof(stored) ? stored : null),
  }),
  /** The version of the extension that last opened the vault; another one keeps a snapshot before it writes. */
  lastVersion: setting<string | null>('lastVersion', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'string' ? stored : null),
  }),
  /** When what would go for ever was first seen to be over: the clock that says so may be wrong. */
  seenOver: setting<Readonly<Record<string, unknown>>>('seenOver', {
    area: 'local',
    clearedOn: 'never',
    default: {},
    read: (stored) => (typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : null),
  }),
  /** How long an update of the extension may wait for a flow to end, in epoch milliseconds (REL-3). */
  updateWaitsUntil: setting<number | null>('updateWaitsUntil', {
    area: 'session',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),

  /** Wrong passphrases in a row, as `vault/guesses` has them; what is damaged there counts as many (KEY-3). */
  passphraseGuesses: setting<unknown>('passphraseGuesses', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    unanswered: 'unanswered',
    read: (stored) => stored,
  }),
  /** The same for each vault that was put aside, by when; a fresh start leaves it alone (KEY-3). */
  asideGuesses: setting<unknown>('asideGuesses', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    unanswered: 'unanswered',
    read: (stored) => stored,
  }),

  /** When the passphrase was last used; with passkeys it might be forgotten (KEY-10). */
  passphraseUsedAt: setting<number | null>('passphraseUsedAt', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** The slot of the recovery sheet that the user has shown to be on paper. */
  sheetOnPaper: setting<string | null>('sheetOnPaper', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'string' ? stored : null),
  }),
  /** Whether the user wants to hear no more of recovery sheets. */
  sheetDeclined: setting<boolean>('sheetDeclined', {
    area: 'local',
    clearedOn: 'never',
    default: false,
    read: (stored) => (typeof stored === 'boolean' ? stored : null),
  }),

  /** Which of the first steps are done that nothing else tells of; null where none are shown, as before a vault was made. */
  firstSteps: setting<readonly TickedStep[] | null>('firstSteps', {
    area: 'local',
    clearedOn: 'never',
    default: null,
    read: (stored) => (Array.isArray(stored) ? TICKED_STEPS.filter((step) => stored.includes(step)) : null),
  }),

  /** Origins on which a hint stands beside code fields; their hosts stand in the browser's own list of grants, too. */
  hintedSites: setting<readonly string[]>('hintedSites', {
    area: 'local',
    clearedOn: 'never',
    default: [],
    read: (stored) => (Array.isArray(stored) && stored.every((one) => typeof one === 'string') ? stored : null),
  }),

  mfaSessions: record<MfaSession>('mfaSessions', 'lock'),
  mfaSignIns: record<MfaSignIn>('mfaSignIns', 'lock'),
  /** What is known of each MFA server's clock, and what the user made of it. */
  measuredClocks: record<MeasuredClock>('measuredClocks', 'never'),
  clockCorrections: record<ClockCorrection>('clockCorrections', 'never'),
  /** What our clock said when it was last looked at for a correction. */
  clockSeenAt: setting<number | null>('clockSeenAt', {
    area: 'session',
    clearedOn: 'never',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** When an MFA server was last asked, of our own accord, about flows that were left open. */
  openFlowsAskedAt: record<number>('openFlowsAskedAt', 'lock'),
  /** Until when an MFA server asked for silence (BND-11). */
  serverPauses: record<number>('serverPauses', 'never'),
  /** The vault locks then, however much it is used; null until it is opened (KEY-7). */
  lockLatestAt: setting<number | null>('lockLatestAt', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** When the vault was made that has been open since; null once that no longer counts. */
  vaultMadeAt: setting<number | null>('vaultMadeAt', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'number' ? stored : null),
  }),
  /** The accounts the user chose for the next export, by id; null: all. */
  exportOnly: setting<readonly string[] | null>('exportOnly', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : null),
  }),
  demo: setting<DemoAccount | null>('demo', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as DemoAccount | null) : null),
  }),
  /** How far the tour has come. */
  tourStep: setting<1 | 2>('tourStep', {
    area: 'session',
    clearedOn: 'lock',
    default: 1,
    read: (stored) => (stored === 1 || stored === 2 ? stored : null),
  }),
  transferParts: setting<TransferParts | null>('transferParts', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as TransferParts | null) : null),
  }),
  pickedPicture: setting<PickedPicture | null>('pickedPicture', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as PickedPicture | null) : null),
  }),
  clickedField: setting<ClickedField | null>('clickedField', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as ClickedField | null) : null),
  }),
  /** What a large vault shows first, as one generation of it had it; sealed, and only to save time. */
  firstShown: setting<Noted | null>('firstShown', {
    area: 'session',
    clearedOn: 'lock',
    default: null,
    read: (stored) => (typeof stored === 'object' ? (stored as Noted | null) : null),
  }),
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

function isCopiesNotice(stored: unknown): stored is CopiesNotice {
  const { at, found, healed } = (stored ?? {}) as Partial<Record<keyof CopiesNotice, unknown>>
  if (typeof at !== 'number' || !Array.isArray(healed) || typeof found !== 'object' || found === null) return false
  const states = found as Record<string, unknown>
  return COPY_NAMES.every((name) => COPY_STATES.some((state) => state === states[name]))
}

function isComparisons(stored: unknown): stored is Comparisons {
  const { equal, ended } = (stored ?? {}) as Partial<Record<keyof Comparisons, unknown>>
  const isListOf = (value: unknown, type: string): boolean =>
    Array.isArray(value) && value.every((one) => typeof one === type)
  return isListOf(equal, 'string') && isListOf(ended, 'number')
}

function isProof(stored: unknown): stored is Proof {
  const { at, takenAt, opened } = (stored ?? {}) as Partial<Record<keyof Proof, unknown>>
  return typeof at === 'number' && typeof takenAt === 'number' && typeof opened === 'boolean'
}

/** Removes what must not outlive the lock (KEY-8). */
export async function clearOnLock(): Promise<void> {
  const gone = Object.values(settings).filter((item) => item.clearedOn === 'lock')
  await browser.storage.session.remove(gone.map((item) => item.key))
}
