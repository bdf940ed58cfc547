/** What an injected script left in the isolated world of a document. */
interface Left {
  readonly version?: string
  end?(): void
}

/**
 * Leaves `tool` under `name` in this isolated world, for the background's next injected call. One of the same version stays,
 * with what it remembers; one of another version, from before an update, is ended and makes way. Only an own property is
 * ours: a page's element can bear the same id, and answers to that name.
 */
export function leave(name: string, tool: object & Pick<Left, 'end'>): void {
  // The native name: the polyfill would weigh more than all of this (trap 31). Unit tests load this file without a browser.
  const version = globalThis.chrome?.runtime?.getManifest?.().version ?? ''
  const former = Object.getOwnPropertyDescriptor(globalThis, name)?.value as Left | undefined
  if (former !== undefined && former.version === version) return
  former?.end?.()
  Object.defineProperty(globalThis, name, { value: Object.assign(tool, { version }), configurable: true })
}

/** Whether the extension that put this script here is still there: an update leaves the old one's listeners behind. */
export function isOrphaned(): boolean {
  return globalThis.chrome !== undefined && globalThis.chrome.runtime?.id === undefined
}

/** Calls `end` when the background says `word`, the one way to a page where it may run nothing any more; until `signal`. */
export function endOn(word: string, end: () => void, signal: AbortSignal): void {
  const said = globalThis.chrome?.runtime?.onMessage
  const hear = (message: unknown): void => {
    if (message === word) end()
  }
  said?.addListener(hear)
  signal.addEventListener('abort', () => said?.removeListener(hear), { once: true })
}
