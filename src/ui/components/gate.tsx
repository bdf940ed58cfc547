import type { ComponentChildren, VNode } from 'preact'
import { AppError } from '../../core/errors'
import { errorText, text } from '../../i18n/text'
import { shownLanguage, status } from '../state'
import { CreateVault } from './create-vault'
import { FailureNote } from './failure-note'
import { Skeleton } from './skeleton'
import { Unlock } from './unlock'

/** Shows its content once the vault is open, and until then what has to be done for that. */
export function Gate({ onRetry, children }: { onRetry: () => void; children: ComponentChildren }): VNode {
  if (shownLanguage.value === null || status.value === 'loading') return <Skeleton />
  if (status.value === 'broken') return <Broken onRetry={onRetry} />
  if (status.value === 'damaged') return <Damaged onRetry={onRetry} />
  if (status.value === 'absent') return <CreateVault />
  if (status.value === 'locked') return <Unlock />
  return <>{children}</>
}

/** Something did not start: says so instead of showing an empty window (REL-1). */
function Broken({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre">
      <h1>{text('broken_title')}</h1>
      <FailureNote place="start" />
      <p class="soft">{text('broken_next')}</p>
      <button type="button" class="primary wide" onClick={onRetry}>
        {text('try_again')}
      </button>
    </main>
  )
}

/** No copy of the vault can be opened by any passphrase, so none is asked for (VLT-4). */
function Damaged({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre">
      <h1>{text('damaged_title')}</h1>
      <p>{errorText(new AppError('vault/damaged'))}</p>
      <button type="button" class="primary wide" onClick={onRetry}>
        {text('try_again')}
      </button>
    </main>
  )
}
