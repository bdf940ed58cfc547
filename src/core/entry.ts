import { equalBytes, textToBytes } from './bytes'
import type { TaughtField } from './code-field'
import { AppError } from './errors'

/** What kind of one-time password an account uses. */
export type EntryType = 'totp' | 'hotp' | 'steam' | 'motp' | 'yandex'

/** The hash an account's codes are made with. `MD5` belongs to mOTP alone. */
export type Algorithm = 'SHA1' | 'SHA224' | 'SHA256' | 'SHA384' | 'SHA512' | 'MD5'

/** An account as it is scanned, typed or imported: all that a code depends on, and its names. */
export interface NewEntry {
  type: EntryType
  issuer: string
  /** The account's name, without the issuer. */
  label: string
  secret: Uint8Array
  algorithm: Algorithm
  /** 5 to 10. */
  digits: number
  /** 1 to 3,600. Ignored for HOTP, where it is 30. */
  periodSeconds: number
  /** HOTP only: the counter of the next code. */
  counter?: number
  /** mOTP and Yandex only. */
  pin?: string
}

/**
 * How far the binding of an entry at its MFA server has come. Written before the step it announces
 * (threat model BND-3):
 * `associated` the server made the secret and waits for a code; `confirming` a code is on its way;
 * `bound` the server said so; `unbinding` the request to forget it is on its way; `unbound` the server said it is gone.
 */
export type BindingPhase = 'associated' | 'confirming' | 'bound' | 'unbinding' | 'unbound'

/** Whether a binding in this phase was begun or ended without the server's last word; `bound` and `unbound` are its words. */
export function isUnfinished(phase: BindingPhase | null | undefined): boolean {
  return phase === 'associated' || phase === 'confirming' || phase === 'unbinding'
}

/** Which factor of which user at which MFA server an entry is. */
export interface Binding {
  serverId: string
  /** The name the user signed in with. */
  account: string
  userId: string
  phase: BindingPhase
}

/** What is remembered of one site. It says where somebody signs in, and so is sealed with the account. */
export interface SiteMemory {
  /** The field at which the user pointed. */
  field?: TaughtField
  /** Whether the form is sent once the code is in it. Off until the user says so. */
  submit?: boolean
}

/** One stored account. Its id is random and never changes; nothing else identifies it (BND-8). */
export interface Entry extends NewEntry {
  id: string
  /** Origins (or registrable domains the user widened to) where this entry's code may be offered. */
  sites: readonly string[]
  /** Epoch milliseconds, as every moment here. */
  createdAt: number
  /** When the user last copied or filled a code. */
  usedAt?: number
  /** The last time step whose code was sent to a server or filled into a page (BND-10). */
  lastStepUsed?: number
  /** The server's recovery code for this binding; as secret as the secret. */
  recoveryCode?: string
  binding?: Binding
  /** What a file brought along; kept for the user and for the next export, and nothing depends on it. */
  groups?: readonly string[]
  note?: string
  favourite?: boolean
  /** What the user taught us about its sites, by origin. */
  siteMemory?: Readonly<Record<string, SiteMemory>>
  /** The moment of the import that added it; all entries of one import have the same. */
  importedAt?: number
  /** When it was moved to the trash; absent while it is in use. */
  trashedAt?: number
}

/** An MFA server the user added, and the account last signed in with. */
export interface Server {
  id: string
  /** Origin of the application's own host, without a trailing slash. */
  appHost: string
  appId: string
  userPoolId?: string
  account?: string
}

/** A binding on its way between vaults: the server by what it is, not by its id in one of them. */
export interface PortableBinding extends Omit<Binding, 'serverId'>, Pick<Server, 'appHost' | 'appId' | 'userPoolId'> {}

/** How the second factor of a sign-in may be given; the MFA server's own words. */
export type SecondFactor = 'OTP' | 'SMS' | 'EMAIL'

/** What an entry may hold (INP-2). Beyond it a value is refused by name, never cut. */
export const ENTRY_LIMITS = {
  secretBytes: 256,
  /** Below this a secret is taken, and said to be short. */
  shortSecretBytes: 10,
  textBytes: 1024,
  minDigits: 5,
  maxDigits: 10,
  maxPeriodSeconds: 3600,
} as const

/** Yandex makes its codes from the first 16 bytes of the secret; the rest is a checksum. */
export const YANDEX_SECRET_BYTES = 16

const HMAC_ALGORITHMS: readonly Algorithm[] = ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512']
const STEAM_PARAMETERS = { algorithm: 'SHA1', digits: 5, periodSeconds: 30 } as const
const YANDEX_PARAMETERS = { algorithm: 'SHA256', digits: 8, periodSeconds: 30 } as const

/** What a type's codes are made with where a file or an address does not say. */
export const ENTRY_DEFAULTS = {
  totp: { algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
  hotp: { algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
  steam: STEAM_PARAMETERS,
  motp: { algorithm: 'MD5', digits: 6, periodSeconds: 10 },
  yandex: YANDEX_PARAMETERS,
} as const satisfies Record<EntryType, Pick<NewEntry, 'algorithm' | 'digits' | 'periodSeconds'>>

/**
 * The entry, with nothing else in it, if it can be stored and its codes can be made.
 * Throws `entry/…` for what is wrong first; no value is ever replaced (INP-9).
 */
export function validateEntry(entry: NewEntry): NewEntry {
  checkParameters(entry)
  checkTexts(entry)
  if (entryName(entry) === '') throw new AppError('entry/name-missing')
  if (needsPin(entry.type) && !entry.pin) throw new AppError('entry/pin-missing')
  return {
    type: entry.type,
    issuer: entry.issuer,
    label: entry.label,
    secret: new Uint8Array(entry.secret),
    algorithm: entry.algorithm,
    digits: entry.digits,
    periodSeconds: entry.periodSeconds,
    ...(entry.type === 'hotp' && entry.counter !== undefined ? { counter: entry.counter } : {}),
    ...(needsPin(entry.type) && entry.pin !== undefined ? { pin: entry.pin } : {}),
  }
}

/** Throws `entry/…` where a code cannot be made from secret, type, algorithm, digits, period or counter. */
export function checkParameters(entry: NewEntry): void {
  checkType(entry.type)
  checkSecret(entry)
  if (!algorithmsOf(entry.type).includes(entry.algorithm)) throw new AppError('entry/algorithm-unsupported')
  if (!isDigits(entry.digits) || breaksFixed(entry, 'digits')) throw new AppError('entry/digits-invalid')
  if (!isPeriod(entry.periodSeconds) || breaksFixed(entry, 'periodSeconds')) throw new AppError('entry/period-invalid')
  if (entry.type === 'hotp' && !isCounter(entry.counter)) throw new AppError('entry/counter-invalid')
}

/** Throws `entry/text-too-long` where issuer, label or PIN exceeds the limit. */
export function checkTexts({ issuer, label, pin = '' }: Pick<NewEntry, 'issuer' | 'label' | 'pin'>): void {
  for (const text of [issuer, label, pin]) {
    if (textToBytes(text).length > ENTRY_LIMITS.textBytes) throw new AppError('entry/text-too-long')
  }
}

/** The algorithm that `text` means, in any of the spellings in use (`sha-256`, `HmacSHA1`). Throws `entry/algorithm-unsupported`. */
export function parseAlgorithm(text: string): Algorithm {
  const name = text
    .toUpperCase()
    .replace(/[-_\s]/g, '')
    .replace(/^HMAC/, '')
  const algorithm = [...HMAC_ALGORITHMS, 'MD5' as const].find((known) => known === name)
  if (!algorithm) throw new AppError('entry/algorithm-unsupported')
  return algorithm
}

/** How people call the entry: `issuer label`, or the one of both that is there. */
export function entryName({ issuer, label }: Pick<NewEntry, 'issuer' | 'label'>): string {
  return `${issuer.trim()} ${label.trim()}`.trim()
}

/** Whether both make their codes from the same secret, whatever they are called (BND-8). */
export function sameSecret(a: Pick<NewEntry, 'secret'>, b: Pick<NewEntry, 'secret'>): boolean {
  return equalBytes(a.secret, b.secret)
}

/** Whether codes of this type also depend on a PIN. */
export function needsPin(type: EntryType): boolean {
  return type === 'motp' || type === 'yandex'
}

function checkType(type: EntryType): void {
  // Messages and files may bring any text here, `constructor` too.
  if (!Object.hasOwn(ENTRY_DEFAULTS, type)) throw new AppError('entry/type-unsupported')
}

function checkSecret({ secret, type }: NewEntry): void {
  if (secret.length === 0) throw new AppError('entry/secret-empty')
  if (secret.length > ENTRY_LIMITS.secretBytes) throw new AppError('entry/secret-too-long')
  if (type === 'yandex' && secret.length < YANDEX_SECRET_BYTES) throw new AppError('entry/secret-invalid')
}

function algorithmsOf(type: EntryType): readonly Algorithm[] {
  return type === 'totp' || type === 'hotp' ? HMAC_ALGORITHMS : [ENTRY_DEFAULTS[type].algorithm]
}

function breaksFixed(entry: NewEntry, parameter: 'digits' | 'periodSeconds'): boolean {
  if (entry.type === 'steam') return entry[parameter] !== STEAM_PARAMETERS[parameter]
  if (entry.type === 'yandex') return entry[parameter] !== YANDEX_PARAMETERS[parameter]
  return false
}

function isDigits(digits: number): boolean {
  return Number.isInteger(digits) && digits >= ENTRY_LIMITS.minDigits && digits <= ENTRY_LIMITS.maxDigits
}

function isPeriod(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= ENTRY_LIMITS.maxPeriodSeconds
}

function isCounter(counter: number | undefined): boolean {
  return Number.isSafeInteger(counter) && (counter ?? -1) >= 0
}
