import type { ComponentChildren, VNode } from 'preact'
import { text } from '../../i18n/text'
import { openHealth } from '../actions/navigation'
import { restart } from '../actions/rescue'
import { shownLanguage, status } from '../state'
import { cameBy } from '../ways-state'
import { CreateVault } from './create-vault'
import { Damaged } from './damaged'
import { FailureNote } from '../components/failure-note'
import { Lazy } from '../components/lazy'
import { SaveRaw } from './save-raw'
import { Skeleton } from '../components/skeleton'
import { Unlock } from './unlock'

const loadSetPassphrase = async () => (await import('./set-passphrase')).SetPassphrase

/**
 * Shows its content once the vault is open, and until then what has to be done for that. The content is drawn here: handed in
 * ready, whoever draws the gate would keep it, with all that it showed, behind the lock (MEM-1).
 */
export function Gate({ onRetry, children }: { onRetry: () => void; children: () => ComponentChildren }): VNode {
  if (shownLanguage.value === null || status.value === 'loading') return <Skeleton />
  if (status.value === 'broken') return <Broken onRetry={onRetry} />
  if (status.value === 'damaged') return <Damaged onRetry={onRetry} />
  if (status.value === 'absent') return <CreateVault />
  if (status.value === 'locked') return <Unlock />
  if (cameBy.value) return <Lazy load={loadSetPassphrase} />
  return <>{children()}</>
}

/** Something did not start: says so instead of showing an empty window (REL-1). */
function Broken({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre rescue">
      <h1>{text('broken_title')}</h1>
      <FailureNote place="start" />
      <p class="soft">{text('broken_next')}</p>
      <button type="button" class="primary wide" onClick={onRetry}>
        {text('try_again')}
      </button>
      <SaveRaw />
      <button type="button" class="wide" onClick={openHealth}>
        {text('safe_repair')}
      </button>
      <button type="button" class="wide" onClick={restart}>
        {text('restart_latchkey')}
      </button>
    </main>
  )
}
