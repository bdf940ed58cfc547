import { read } from './dom'

/** Of the address of a document only the path: queries and fragments may hold anything. */
export function pathOf(document: Document): string {
  return /^[a-z]+:\/\/[^/]*([^?#]*)/iu.exec(read(document, 'URL'))?.[1] ?? ''
}

/** `location` names where a document came from, `self.origin` whom it may act for; a sandboxed one differs in them. */
export function originOfFrame(): string {
  const web = /^https?:$/u.test(location.protocol)
  return web && self.origin === location.origin ? location.origin : 'null'
}

/** Whether this is the top frame, or stands below none but frames of the same origin (FIL-4, trap 13). */
export function hasSameOriginChain(): boolean {
  const ancestors = [...(location.ancestorOrigins ?? [])]
  if (ancestors.some((origin) => origin !== location.origin)) return false
  try {
    for (let view: Window = window; view !== view.parent; view = view.parent) {
      if (view.parent.location.origin !== location.origin) return false
    }
    return true
  } catch {
    // Reading the address of a frame of another origin throws, which is the answer.
    return false
  }
}
