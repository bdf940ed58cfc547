import browser from 'webextension-polyfill'
import { AppError, isErrorCode } from '../core/errors'
import { takeAsked } from '../early'
import type { Event, PageCalls } from './calls'
import type { Answer, EventMessage, Stub } from './wire'

const ANSWER_MS = 10_000
const SLOW_ANSWER_MS = 60_000

/** Calls that derive a key or speak to an MFA server; the background ends those by itself before this limit. */
const slowCalls: ReadonlySet<string> = new Set<keyof PageCalls>([
  'createVault',
  'unlock',
  'changePassphrase',
  'unlockWith',
  'setPassphrase',
  'changeKey',
  'addSheet',
  'beginPasskey',
  'addPasskey',
  'removeWay',
  'salvage',
  'exportRemains',
  'rebuildVault',
  'importAside',
  'snapshots',
  'showRecoveryCode',
  'proposeImport',
  'importEntries',
  'undoImport',
  'exportEntries',
  'showSecret',
  'signIn',
  'signOut',
  'factors',
  'adopt',
  'letGo',
  'bind',
  'confirmBinding',
  'settleBinding',
  'unbind',
  'verifyTotp',
  'useRecoveryCode',
  'isBindable',
  'sendDelivered',
  'verifyDelivered',
  'adminStatus',
  'adminUnassociate',
  'adminImport',
])

/** The background, as if it were here. Throws the `AppError` it threw, `rpc/timed-out` when no answer comes (REL-2). */
export const background: Stub<PageCalls> = new Proxy({} as Stub<PageCalls>, {
  // A promise is asked for `then`; the stub is none.
  get: (_target, name) => (typeof name === 'string' && name !== 'then' ? callOf(name) : undefined),
})

function callOf(name: string) {
  return async (...args: readonly unknown[]): Promise<unknown> => {
    const limit = slowCalls.has(name) ? SLOW_ANSWER_MS : ANSWER_MS
    const asking = takeAsked(name) ?? browser.runtime.sendMessage({ call: name, args })
    const answer = (await inTime(asking, limit)) as Answer | undefined
    if (!answer) throw new AppError('rpc/timed-out')
    if (!answer.ok) throw new AppError(isErrorCode(answer.code) ? answer.code : 'unexpected', answer.params)
    return answer.value
  }
}

async function inTime<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('rpc/timed-out')), limitMs)
  })
  try {
    return await Promise.race([promise, limit])
  } catch (error) {
    // The browser rejects when the background went away before it answered.
    throw error instanceof AppError ? error : new AppError('rpc/timed-out', {}, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Calls back for each event of the background, until the answer is called. */
export function onEvent(listener: (event: Event) => void): () => void {
  const own = browser.runtime.getURL('')
  const heard = (message: unknown, sender: { url?: string; tab?: unknown }): undefined => {
    const fromPage = sender.tab !== undefined || (sender.url !== undefined && !sender.url.startsWith(own))
    if (!fromPage && isEventMessage(message)) listener(message.event)
  }
  browser.runtime.onMessage.addListener(heard)
  return () => browser.runtime.onMessage.removeListener(heard)
}

function isEventMessage(message: unknown): message is EventMessage {
  return typeof message === 'object' && message !== null && 'event' in message && typeof message.event === 'string'
}

/** Tells every open page; that nobody listens is no failure. */
export async function announce(event: Event): Promise<void> {
  await browser.runtime.sendMessage({ event }).catch(() => undefined)
}
