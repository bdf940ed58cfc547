import browser from 'webextension-polyfill'
import type { Entry } from '../../core/entry'
import { AppError, type ErrorCode } from '../../core/errors'
import { unusedFrom } from '../../core/steps'
import { announce } from '../../rpc/client'
import type { FillResult } from '../../rpc/fill-calls'
import { type ClickedField, settings, type WaitingFill } from '../../settings'
import { restoreCount, showOnToolbar } from './badge'
import { clockOffsets } from '../mfa/clock'
import { changeEntry, liveEntries, liveEntryById } from '../entries'
import { type Clicked, type TaughtOn, changeSince, clickedFrame, fieldFrame, lookForFields, topOrigin } from './fields'
import { type FieldPlace, fillFrame } from './frames'
import { matching } from './page-view'
import { submitsOn, taughtFields } from './site-memory'
import { giveBackStep, spendStep, spentCode } from '../steps'
import { submitFrame, watchFrame } from './submitting'

/** Wakes the background for a fill that waits, should it have been stopped meanwhile. */
export const FILL_ALARM = 'fill'

/** With less than this left, a code is not typed any more: it would arrive too late (FIL-11). */
const LEAST_LEFT_MS = 3_000
/** So long the user may take to choose the account for a field that he clicked. */
const CLICKED_MS = 60_000
/** A browser stops an idle background after 30 s; a call of its interface in between keeps it. */
const KEEP_ALIVE_MS = 20_000

/**
 * Fills the entry's code into the page's code field, or arranges for the next time step when this one's code was used
 * (BND-10) or is about to end. Called on the user's act alone (FIL-1). Throws `fill/…`.
 */
export function fill(tabId: number, entryId: string): Promise<FillResult> {
  return oneFill(async () => fillNow(tabId, entryId, await takeClicked(tabId, Date.now())))
}

/**
 * Looks at once for the field whose context menu was used and remembers it, for the fill that follows: later another one
 * may have the focus, or another document be there. Answers the page's origin. Throws `fill/page-protected`, and
 * `fill/no-field` where it is none that may be filled; nothing is remembered then.
 */
export async function keepClicked(tabId: number, clicked: Clicked): Promise<string> {
  await forgetClicked()
  // A field that is clicked needs nothing that was taught, which may be locked away now.
  const place = await placeIn(tabId, () => [], clicked)
  await settings.clickedField.set({ ...place, until: Date.now() + CLICKED_MS })
  return place.origin
}

/** The user means something else now. */
export async function forgetClicked(): Promise<void> {
  await settings.clickedField.set(null)
}

/**
 * Whether a field was clicked in this tab of late, for which an account is still to be chosen. One that is gone, perhaps
 * with its document, is forgotten.
 */
export async function isClickWaiting(tabId: number, now: number): Promise<boolean> {
  const clicked = await clickedOfLate(tabId, now)
  if (clicked === null) return false
  if ((await changeSince({ ...clicked, clicked: true }, [])) === null) return true
  await forgetClicked()
  return false
}

async function clickedOfLate(tabId: number, now: number): Promise<ClickedField | null> {
  const clicked = await settings.clickedField.get()
  return clicked?.tabId === tabId && now < clicked.until ? clicked : null
}

/** Once. */
async function takeClicked(tabId: number, now: number): Promise<ClickedField | null> {
  const clicked = await clickedOfLate(tabId, now)
  await forgetClicked()
  return clicked
}

/** Popup, command and timer may all wish to fill: one after the other, so that none takes the other's mark. */
function oneFill<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-fill', work)
}

/** A field that was clicked is not looked for anew: it is that one, or none (see `write`). */
async function fillNow(tabId: number, entryId: string, clicked: ClickedField | null): Promise<FillResult> {
  await cancelWaitingFill()
  await restoreCount(tabId)
  const entries = await liveEntries()
  const place = clicked ?? (await placeIn(tabId, (site) => taughtFields(entries, site), null))
  const entry = await liveEntryById(entryId)
  requireSite(entry, place.origin)
  return fillOrWait({ ...place, clicked: clicked !== null, entryId, until: Date.now() })
}

/** Looks for the field to be filled under a mark of its own. Throws `fill/page-protected` and `fill/no-field`. */
async function placeIn(
  tabId: number,
  taughtOn: TaughtOn,
  clicked: Clicked | null,
): Promise<FieldPlace & { origin: string }> {
  const frames = await lookForFields(tabId, crypto.randomUUID(), taughtOn, clicked)
  const origin = topOrigin(frames)
  const frame = clicked ? clickedFrame(frames, clicked) : fieldFrame(frames)
  if (origin === null) throw new AppError('fill/page-protected')
  if (frame === null) throw new AppError('fill/no-field')
  return { tabId, frameId: frame.frameId, mark: frame.mark, index: frame.field.index, origin }
}

/** Throws `fill/site-differs` where the entry does not belong to the origin, or does not any more. */
function requireSite(entry: Entry, origin: string): void {
  if (matching([entry], origin).length === 0) throw new AppError('fill/site-differs', { host: new URL(origin).host })
}

/** The fill that waits for the next time step, if any. */
export async function waitingFill(): Promise<{ entryId: string; until: number } | null> {
  const waiting = await settings.waitingFill.get()
  return waiting && { entryId: waiting.entryId, until: waiting.until }
}

/** The user thought better of it, or asked for another fill. */
export async function cancelWaitingFill(): Promise<void> {
  await settings.waitingFill.set(null)
  await settings.fillRefusal.set(null)
  await browser.alarms.clear(FILL_ALARM)
  await announce('fill-changed')
}

/** Carries out the waiting fill if its moment has come; timer and alarm both call, one of them finds it. */
export async function fillIfDue(now: number): Promise<void> {
  await oneFill(async () => {
    const due = await takeDue(now)
    if (!due) return
    await fillOrWait(due).catch((error: unknown) => keepRefusal(due.tabId, error))
    await announce('fill-changed')
  })
}

/** Nobody may be there to read why: a mark on the toolbar says that it was not done, the next popup says the rest. */
export async function keepRefusal(tabId: number, error: unknown): Promise<void> {
  await settings.fillRefusal.set({ tabId, reason: error instanceof AppError ? error.code : 'unexpected' })
  await showOnToolbar(tabId, '!')
}

/** The browser opens no popup unasked: a mark on the toolbar says that an account is to be chosen there. */
export async function keepChoice(tabId: number): Promise<void> {
  await settings.fillRefusal.set({ tabId, reason: null })
  await showOnToolbar(tabId, '?')
}

/** Why the fill that waited was not done, told once; null where nothing is to be told. */
export async function takeFillRefusal(): Promise<ErrorCode | null> {
  const refusal = await settings.fillRefusal.get()
  if (!refusal) return null
  await settings.fillRefusal.set(null)
  await restoreCount(refusal.tabId)
  return refusal.reason
}

async function takeDue(now: number): Promise<WaitingFill | null> {
  const waiting = await settings.waitingFill.get()
  if (!waiting || now < waiting.until) return null
  await settings.waitingFill.set(null)
  return waiting
}

async function fillOrWait(place: WaitingFill): Promise<FillResult> {
  const entry = await liveEntryById(place.entryId)
  const offsetMs = (await clockOffsets(Date.now()))(entry.binding?.serverId)
  // By the clock that the code shown is made with (OTP-2).
  const now = Date.now() + offsetMs
  const until = unusedFrom(entry, now, LEAST_LEFT_MS)
  if (until > now) return wait({ ...place, until: until - offsetMs })
  await write(place, entry, now)
  return { kind: 'filled' }
}

async function wait(place: WaitingFill): Promise<FillResult> {
  await settings.waitingFill.set(place)
  browser.alarms.create(FILL_ALARM, { when: place.until })
  wakeFor(place)
  return { kind: 'waiting', entryId: place.entryId, until: place.until }
}

/** A timer is exact as long as the background lives, and a call now and then keeps it alive; the alarm stands behind both. */
function wakeFor(place: WaitingFill): void {
  const left = place.until - Date.now()
  if (left <= 0) return void fillIfDue(Date.now())
  setTimeout(() => void browser.runtime.getPlatformInfo().then(() => wakeFor(place)), Math.min(left, KEEP_ALIVE_MS))
}

/**
 * The step is spent in the vault before the code is typed, and given back if the page refused it. Time may have passed
 * since the look, in which the user took the site away.
 */
async function write(place: WaitingFill, entry: Entry, now: number): Promise<void> {
  const entries = await liveEntries()
  const change = await changeSince(place, taughtFields(entries, place.origin))
  if (change !== null) throw new AppError(change)
  const submits = submitsOn(entries, place.origin)
  if (submits) await watchFrame(place.tabId, place.frameId)
  const spent = await changeEntry(entry.id, (current) => {
    requireSite(current, place.origin)
    return { ...spendStep(current, now), usedAt: Date.now() }
  })
  const report = await fillFrame(place, spentCode(spent, now))
  if (report.kind === 'refused') {
    await changeEntry(entry.id, (current) => giveBackStep(current, entry))
    throw new AppError(report.reason)
  }
  if (submits) void submitFrame(place.tabId, place.frameId)
}
