import { recoveryToKeep } from '../flow-state'
import { running, status } from '../state'
import { isFirefox } from './surface'

/** So long after a lock a page may still come in sight before it starts over. */
const UNSEEN_MS = 2_000

/**
 * Has a page that showed the vault start over after the lock, whoever told of it first: the background, or a call that failed.
 * What a page showed stays with Chromium's engine until the page is painted anew, and only one that is seen is painted. One that
 * is not starts over, so that no name stays behind (MEM-1).
 */
export function startOverAfterLock(): void {
  let showed = false
  status.subscribe((now) => {
    if (now === 'unlocked') showed = true
    if (now !== 'locked' || !showed) return
    showed = false
    setTimeout(startOverUnseen, UNSEEN_MS)
  })
}

/** Not while the page waits for an answer, which may bring a recovery code that nobody else has (BND-6). */
function startOverUnseen(): void {
  if (!document.hidden || status.value !== 'locked' || isFirefox()) return
  const waits = running.value.size > 0 || recoveryToKeep.value !== null
  if (waits) setTimeout(startOverUnseen, UNSEEN_MS)
  else reload()
}

/** The screen the address asked for is over: asked for again, it could turn on a camera in a tab that nobody sees. */
function reload(): void {
  const address = new URL(location.href)
  address.searchParams.delete('screen')
  history.replaceState(null, '', address)
  location.reload()
}
