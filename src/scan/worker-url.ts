// oxlint-disable-next-line import/default -- the bundler answers `?worker&url` with the worker's address
import workerPath from './worker?worker&url'

/** The part of the browser's Trusted Types that is used here; the compiler does not know them. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/**
 * Starts the decoding worker. Our pages demand Trusted Types, and this is the one policy that their content security
 * policy allows: it lets through this one address and nothing else (EXT-1).
 */
export function startWorker(): Worker {
  return new Worker(trusted(workerAddress()), { type: 'module', name: 'scan' })
}

/** Throws for every address but the worker's own. */
export function ownWorkerOnly(url: string): string {
  if (url !== workerAddress()) throw new TypeError('not a worker of ours')
  return url
}

function workerAddress(): string {
  return new URL(workerPath, location.origin).href
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** A policy's name may be used once per page, so it is made once. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('latchkey', { createScriptURL: ownWorkerOnly })
  return policy ? policy.createScriptURL(url) : ownWorkerOnly(url)
}
