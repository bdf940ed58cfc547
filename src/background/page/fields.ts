import { isCodeField, rank, withRead, worthReading } from '../../autofill/choose'
import type { Judged } from '../../autofill/choose'
import type { FillRefusal } from '../../autofill/frame'
import { RULES } from '../../autofill/rules'
import type { TaughtField } from '../../core/code-field'
import type { WaitingFill } from '../../settings'
import { type FieldPlace, type SeenFrame, lookIntoFrames, readInFrame } from './frames'

/** A frame of a tab, with all candidates in it judged, the likeliest first. */
export interface JudgedFrame extends SeenFrame {
  readonly judged: readonly Judged[]
  /** The one that is taken for the code field. */
  readonly field: Judged | null
}

/** What the user taught us about the fields of an origin. */
export type TaughtOn = (origin: string) => readonly TaughtField[]

/**
 * In which frame the user used the context menu of a field. Opening it gives the field the focus, by which it is known: neither
 * browser names the element for the permissions we ask for (THREAT-MODEL, R10).
 */
export interface Clicked {
  readonly frameId: number
}

/** Looks into a tab for the code field. Throws `fill/page-protected`. */
export async function lookForFields(
  tabId: number,
  mark: string,
  taughtOn: TaughtOn,
  clicked: Clicked | null = null,
): Promise<readonly JudgedFrame[]> {
  const frames = await lookIntoFrames(tabId, mark)
  return Promise.all(frames.map((frame) => judgeFrame(tabId, frame, taughtOn, clicked)))
}

async function judgeFrame(
  tabId: number,
  frame: SeenFrame,
  taughtOn: TaughtOn,
  clicked: Clicked | null,
): Promise<JudgedFrame> {
  const { frameId, mark, report } = frame
  const taught = taughtOn(report.origin)
  const meant = clicked?.frameId === frameId ? report.candidates.findIndex(({ focused }) => focused) : null
  const indexes = worthReading(report, RULES, taught, meant)
  const closer = indexes.length === 0 ? null : await readInFrame({ tabId, frameId, mark }, indexes)
  const judged = rank(withRead(report, closer?.candidates ?? new Map()), report, RULES, taught, meant)
  const taken = judged.filter((one) => isCodeField(one, RULES))
  return { ...frame, judged, field: taken.find(({ index }) => index === meant) ?? taken[0] ?? null }
}

/** Why what was chosen at the look is to be left alone now, since time may have passed; null where nothing speaks against it. */
export async function changeSince(
  place: FieldPlace & Pick<WaitingFill, 'clicked'>,
  taught: readonly TaughtField[],
): Promise<FillRefusal | null> {
  const now = await readInFrame(place, [place.index])
  const candidate = now.candidates.get(place.index)
  if (candidate === undefined) return 'fill/page-changed'
  const [judged] = rank([{ index: place.index, candidate }], now, RULES, taught, place.clicked ? place.index : null)
  return judged !== undefined && isCodeField(judged, RULES) ? null : 'fill/field-changed'
}

/** The top frame's origin; null when our script was not let in. */
export function topOrigin(frames: readonly SeenFrame[]): string | null {
  return frames.find(({ frameId }) => frameId === 0)?.report.origin ?? null
}

/** The frame whose code field is meant: the focused one, else the outermost, among those that may be filled (FIL-4). */
export function fieldFrame<F extends JudgedFrame>(frames: readonly F[]): (F & { field: Judged }) | null {
  const candidates = frames.flatMap((frame) =>
    frame.report.sameOriginChain && frame.field !== null ? [{ ...frame, field: frame.field }] : [],
  )
  return candidates.find(({ field }) => field.candidate.focused) ?? candidates[0] ?? null
}

/** The field that the user clicked, if it is one that may be filled with a code (FIL-4). */
export function clickedFrame<F extends JudgedFrame>(
  frames: readonly F[],
  { frameId }: Clicked,
): (F & { field: Judged }) | null {
  const frame = frames.find((one) => one.frameId === frameId)
  const field = frame?.field
  // As the first look saw it: since then the page may have moved the focus.
  const isMeant = field && frame?.report.candidates[field.index]?.focused
  return frame?.report.sameOriginChain && isMeant ? { ...frame, field } : null
}
