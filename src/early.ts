declare global {
  /** A call that went out before this page's own script was there. */
  var askedEarly: { call: string; answer: Promise<unknown> } | undefined
  /** What was read of `storage.local` before this page's own script was there. */
  var storedEarly: Promise<Record<string, unknown>> | undefined
  /** Whether the page's own script has begun to ask by itself: what is asked early from then on would be another's answer. */
  var earlyOver: boolean | undefined
}

/** The settings that a page reads as it opens; a test sees to it that none is missing. */
export const EARLY_SETTINGS: readonly string[] = [
  'language',
  'theme',
  'contrast',
  'density',
  'brandMarks',
  'hideCodes',
  'nextCodes',
  'autoLockMinutes',
  'longestUnlockedHours',
  'clipboardClearSeconds',
  'adminPage',
  'lastExportAt',
  'comparisons',
  'sheetDeclined',
  'firstSteps',
  'copiesReport',
  'lastProof',
]

/** The answer to a call that is on its way already, once; null where nobody asked for that. */
export function takeAsked(call: string): Promise<unknown> | null {
  globalThis.earlyOver = true
  if (globalThis.askedEarly?.call !== call) return null
  const { answer } = globalThis.askedEarly
  globalThis.askedEarly = undefined
  return answer
}

/** The stored values of these settings that are on their way already, once; null where not all of them were asked for. */
export function takeStored(keys: ReadonlySet<string>): Promise<Record<string, unknown>> | null {
  const stored = globalThis.storedEarly
  globalThis.storedEarly = undefined
  const known = new Set(EARLY_SETTINGS)
  return stored && [...keys].every((key) => known.has(key)) ? stored : null
}
