import type { ComponentChildren, VNode } from 'preact'
import { shownLanguage, status } from '../state'
import { cameBy } from '../ways-state'
import { Lazy } from '../components/lazy'
import { Skeleton } from '../components/skeleton'
import { Unlock } from './unlock'

const loadBroken = async () => (await import('./broken')).Broken
const loadDamaged = async () => (await import('./damaged')).Damaged
const loadCreateVault = async () => (await import('./create-vault')).CreateVault
const loadSetPassphrase = async () => (await import('./set-passphrase')).SetPassphrase

/**
 * Shows its content once the vault is open, and until then what has to be done for that. The content is drawn here: handed in
 * ready, whoever draws the gate would keep it, with all that it showed, behind the lock (MEM-1).
 */
export function Gate({ onRetry, children }: { onRetry: () => void; children: () => ComponentChildren }): VNode {
  if (shownLanguage.value === null || status.value === 'loading') return <Skeleton />
  if (status.value === 'broken') return <Lazy load={loadBroken} onRetry={onRetry} />
  if (status.value === 'damaged') return <Lazy load={loadDamaged} onRetry={onRetry} />
  if (status.value === 'absent') return <Lazy load={loadCreateVault} />
  if (status.value === 'locked') return <Unlock />
  if (cameBy.value) return <Lazy load={loadSetPassphrase} />
  return <>{children()}</>
}
