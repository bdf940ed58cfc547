import { AppError } from '../../core/errors'
import { type ClockCorrection, type MeasuredClock, type SteadyClock, settings } from '../../settings'

/** A `Date` header counts whole seconds, cut off. */
const HEADER_MS = 1_000
/** A measurement and a correction are good for a day (OTP-2). */
const GOOD_FOR_MS = 86_400_000
/** Our clock may wander against the steady one by so much before that is a jump. */
const WANDER_MS = 1_000
/** Our clock is noted so often while a correction is in force. */
const SEEN_EVERY_MS = 5_000
/** Quartz is off by less, in parts of a thousand: a day makes four seconds of it. */
const QUARTZ = 5e-5
/** Codes are not made by a clock that is known less exactly (OTP-2). */
const EXACT_MS = 1_500
/** What the user agreed to and what is measured by then may differ by so much. */
const AGREED_WITHIN_MS = 3_000

/** Takes the server's clock from its own answers (OTP-2). */
export function measureClock(serverId: string): (serverMs: number, sentMs: number, receivedMs: number) => void {
  return (serverMs, sentMs, receivedMs) => {
    const measured = {
      // The server wrote the header at some moment between, and up to a second after what it says.
      lowMs: serverMs - receivedMs,
      highMs: serverMs + HEADER_MS - sentMs,
      measuredAt: receivedMs,
      ...steadyClock(receivedMs),
    }
    remembering = remembering.then(() => remember(serverId, measured)).catch(() => undefined)
  }
}

/** Measurements are written one after the other, and before they are asked for. */
let remembering: Promise<void> = Promise.resolve()

/**
 * How far our clock has moved away from the browser's steady one. That one runs on over changes of the system's clock. It may
 * stand still while the computer sleeps, which looks like a jump, and begin anew with the background, which hides one: then
 * the server's next answer tells.
 */
export function clockDrift(now: number): number {
  return now - (performance.timeOrigin + performance.now())
}

/** What a jump of our clock is noticed by: the steady clock, and which one it was. */
function steadyClock(now: number): SteadyClock {
  return { driftMs: clockDrift(now), steadySince: performance.timeOrigin }
}

/**
 * Whether our clock has not visibly jumped since. A background that was started since has a steady clock of its own, which
 * either begins by our clock, without a drift, or goes on where the former one was.
 */
function isSteady({ driftMs, steadySince }: SteadyClock, now: number): boolean {
  const drift = clockDrift(now)
  const expected = steadySince === performance.timeOrigin ? [driftMs] : [driftMs, 0]
  return expected.some((one) => Math.abs(drift - one) <= WANDER_MS)
}

function isGood(since: number, steady: SteadyClock, now: number): boolean {
  const age = now - since
  return age >= 0 && age < GOOD_FOR_MS && isSteady(steady, now)
}

/** Our clock is looked at in turn, so that two windows do not undo each other's findings. */
let looking: Promise<void> = Promise.resolve()

/**
 * Lets go of corrections that hold no more, for good: what one background has noticed, the next one could not. A clock that is
 * behind the moment at which it was last seen was set while nobody looked.
 */
function lookAtClock(now: number): Promise<void> {
  looking = looking.then(() => look(now)).catch(() => undefined)
  return looking
}

async function look(now: number): Promise<void> {
  const corrections = await settings.clockCorrections.get()
  if (Object.keys(corrections).length === 0) return
  const seenAt = await settings.clockSeenAt.get()
  const wentBack = seenAt !== null && now < seenAt - WANDER_MS
  const kept = Object.entries(corrections).filter(([, one]) => !wentBack && isGood(one.since, one, now))
  if (kept.length < Object.keys(corrections).length) await settings.clockCorrections.set(Object.fromEntries(kept))
  if (seenAt === null || Math.abs(now - seenAt) >= SEEN_EVERY_MS) await settings.clockSeenAt.set(now)
}

async function remember(serverId: string, measured: MeasuredClock): Promise<void> {
  const known = await settings.measuredClocks.get()
  const before = known[serverId]
  const narrower =
    before && isOwn(before) && isGood(before.measuredAt, before, measured.measuredAt) && narrowed(before, measured)
  await settings.measuredClocks.set({ ...known, [serverId]: narrower || measured })
  if (await isContradicted(serverId, narrower || measured)) await stopCorrecting(serverId)
}

/** Where the background's own clock did not notice the jump of the system's, the server's answers do. */
async function isContradicted(serverId: string, { lowMs, highMs }: MeasuredClock): Promise<boolean> {
  const correction = (await settings.clockCorrections.get())[serverId]
  return correction !== undefined && (correction.offsetMs < lowMs - EXACT_MS || correction.offsetMs > highMs + EXACT_MS)
}

/** What both answers allow; null where they contradict each other, so that one of the clocks was set in between. */
function narrowed(before: MeasuredClock, measured: MeasuredClock): MeasuredClock | null {
  const wandered = (measured.measuredAt - before.measuredAt) * QUARTZ
  const lowMs = Math.max(before.lowMs - wandered, measured.lowMs)
  const highMs = Math.min(before.highMs + wandered, measured.highMs)
  return lowMs <= highMs ? { ...measured, lowMs, highMs } : null
}

/** The server is gone, and what was measured of it with it. */
export async function forgetClock(serverId: string): Promise<void> {
  await settings.measuredClocks.set(without(await settings.measuredClocks.get(), serverId))
  await settings.clockCorrections.set(without(await settings.clockCorrections.get(), serverId))
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...others } = record
  return others
}

/** By how much the server's clock is ahead of ours, in milliseconds; null where it has not been measured lately. */
export async function clockSkew(serverId: string, now: number): Promise<number | null> {
  const measured = await measuredClock(serverId, now)
  return measured && middleOf(measured)
}

/** Whether what is known of the server's clock was measured by this background, which would have noticed a jump of ours since. */
export async function isMeasuredHere(serverId: string, now: number): Promise<boolean> {
  const measured = await measuredClock(serverId, now)
  return measured !== null && isOwn(measured)
}

async function measuredClock(serverId: string, now: number): Promise<MeasuredClock | null> {
  await remembering
  const measured = (await settings.measuredClocks.get())[serverId]
  return measured && isGood(measured.measuredAt, measured, now) ? measured : null
}

/** Measured by this background: one that was started since cannot know whether our clock was set in between. */
function isOwn({ steadySince }: SteadyClock): boolean {
  return steadySince === performance.timeOrigin
}

function middleOf({ lowMs, highMs }: MeasuredClock): number {
  return Math.round((lowMs + highMs) / 2)
}

/**
 * From now on codes of the accounts bound at this server are made by its clock, which the user agreed is `seconds` ahead
 * of ours. Throws `mfa/clock-unsure` where that is not what is measured, or not exactly enough.
 */
export async function correctClock(serverId: string, seconds: number, now: number): Promise<void> {
  const measured = await measuredClock(serverId, now)
  const agreed = measured && Math.abs(middleOf(measured) - seconds * 1_000) <= AGREED_WITHIN_MS
  if (!agreed || measured.highMs - measured.lowMs > 2 * EXACT_MS) throw new AppError('mfa/clock-unsure')
  const correction = { offsetMs: middleOf(measured), since: now, ...steadyClock(now) }
  await settings.clockSeenAt.set(now)
  await settings.clockCorrections.set({ ...(await settings.clockCorrections.get()), [serverId]: correction })
}

/** Codes are made by our own clock again. */
export async function stopCorrecting(serverId: string): Promise<void> {
  await settings.clockCorrections.set(without(await settings.clockCorrections.get(), serverId))
}

/** What to add to our clock for codes of a server's accounts, in milliseconds; null where nothing is corrected. */
export async function clockCorrection(serverId: string, now: number): Promise<number | null> {
  await lookAtClock(now)
  return offsetIn(await settings.clockCorrections.get(), serverId, now)
}

/** The same for many accounts: what to add to our clock for the codes of a server's accounts, 0 for the others. */
export async function clockOffsets(now: number): Promise<(serverId: string | undefined) => number> {
  await lookAtClock(now)
  const corrections = await settings.clockCorrections.get()
  return (serverId) => (serverId === undefined ? 0 : (offsetIn(corrections, serverId, now) ?? 0))
}

function offsetIn(
  corrections: Readonly<Record<string, ClockCorrection>>,
  serverId: string,
  now: number,
): number | null {
  const correction = corrections[serverId]
  return correction && isGood(correction.since, correction, now) ? correction.offsetMs : null
}
