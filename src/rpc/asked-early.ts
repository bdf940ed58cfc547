declare global {
  /** A call that went out before this page's own script was there. */
  var askedEarly: { call: string; answer: Promise<unknown> } | undefined
}

/** The answer to a call that is on its way already, once; null where nobody asked for that. */
export function takeAsked(call: string): Promise<unknown> | null {
  if (globalThis.askedEarly?.call !== call) return null
  const { answer } = globalThis.askedEarly
  globalThis.askedEarly = undefined
  return answer
}
