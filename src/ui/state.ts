import { computed, signal } from '@preact/signals'
import type { CodeView, EntryView, Proposal } from '../rpc/account-calls'
import type { PageView } from '../rpc/fill-calls'
import type { FactorsView, ServerView } from '../rpc/server-calls'
import type { VaultStatus } from '../rpc/vault-calls'
import { type Language, onTextRead } from '../i18n/text'

/** What the popup shows once the vault is open. */
export type Screen =
  | { name: 'list' }
  | { name: 'by-hand' }
  | { name: 'paste' }
  | { name: 'image' }
  | { name: 'camera' }
  | { name: 'part' }
  | { name: 'edit'; entryId: string }
  | { name: 'trash' }
  | { name: 'tour' }

/** A short message at the lower edge; `undo` takes back what it reports. */
export interface Toast {
  text: string
  undo?: () => void
}

/** What a scan found, waiting for the user's word (INP-7). */
export interface Found {
  proposals: readonly Proposal[]
  /** Whether the user has picked among several. */
  chosen: boolean
  /** How many texts of the same picture are no accounts. */
  unreadable: number
}

/** A fill that waits for the next time step. */
export interface WaitingFill {
  entryId: string
  until: number
}

export const status = signal<VaultStatus | 'loading' | 'broken'>('loading')
export const entries = signal<readonly EntryView[]>([])
/** Whether these are all there are: of a large vault those at the top come first. */
export const allHere = signal(true)
/** Every tag in use, as long as not all accounts are here. */
export const firstTags = signal<readonly string[]>([])
export const codes = signal<ReadonlyMap<string, CodeView>>(new Map())
/** How often what the vault held was blanked: what was asked before that is not shown any more (KEY-8). */
export const locks = signal(0)
/** Epoch milliseconds, once a second. */
export const now = signal(0)
/** The catalogue in force; a page draws itself anew when it changes. */
export const shownLanguage = signal<Language | null>(null)
/** How often texts have come that were not there at first. */
export const textsAdded = signal(0)
// What shows a text is drawn anew in another language or once it is there, and keeps what is typed in it and whether it is open.
onTextRead((missing) => void (missing ? [shownLanguage.value, textsAdded.value] : shownLanguage.value))

export const screen = signal<Screen>({ name: 'list' })
export const toast = signal<Toast | null>(null)
export const found = signal<Found | null>(null)
export const keepingRecoveryFor = signal<string | null>(null)

/** The web tab the popup speaks of, and what the background saw there. */
export const tabId = signal<number | null>(null)
export const page = signal<PageView | null>(null)
/** Whether that page is being looked at, which may put other accounts first. */
export const looking = signal(false)
export const waitingFill = signal<WaitingFill | null>(null)

export const servers = signal<readonly ServerView[]>([])
/** By server; absent until asked. */
export const factors = signal<ReadonlyMap<string, FactorsView>>(new Map())

/** Why something failed, and how to try it again where that may help. */
export interface Failure {
  error: unknown
  again: (() => Promise<unknown>) | null
}

/** What failed last, by place, until it is tried again; and which places are at work. */
export const failures = signal<ReadonlyMap<string, Failure>>(new Map())
export const running = signal<ReadonlySet<string>>(new Set())

/** Accounts in use, in the user's order. */
export const inUse = computed(() => entries.value.filter((entry) => entry.trashedAt === null))
export const trashed = computed(() => entries.value.filter((entry) => entry.trashedAt !== null))
