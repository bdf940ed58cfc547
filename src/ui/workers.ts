// oxlint-disable import/default -- the bundler answers `?worker&url` with the worker's address
import formatsPath from '../formats/worker?worker&url'
import scanPath from '../scan/worker?worker&url'

/** The part of the browser's Trusted Types that is used here; the compiler does not know them. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** Starts the worker that decodes pictures. */
export function startScanWorker(): Worker {
  return new Worker(trusted(addressOf(scanPath)), { type: 'module', name: 'scan' })
}

/** Starts the worker that reads and writes files. */
export function startFormatsWorker(): Worker {
  return new Worker(trusted(addressOf(formatsPath)), { type: 'module', name: 'formats' })
}

/**
 * Throws for every address but those of our own two workers. Our pages demand Trusted Types, and this is the rule of the
 * one policy that their content security policy allows (EXT-1).
 */
export function ownWorkersOnly(url: string): string {
  if (![scanPath, formatsPath].some((path) => url === addressOf(path))) throw new TypeError('not a worker of ours')
  return url
}

function addressOf(path: string): string {
  return new URL(path, location.origin).href
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** A policy's name may be used once per page, so it is made once. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('latchkey', { createScriptURL: ownWorkersOnly })
  return policy ? policy.createScriptURL(url) : ownWorkersOnly(url)
}
