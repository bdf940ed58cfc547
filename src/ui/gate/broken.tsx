import { Unplug } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { openHealth } from '../actions/navigation'
import { restart } from '../actions/rescue'
import { FailureNote } from '../components/failure-note'
import { Icon } from '../components/icon'
import { SaveRaw } from './save-raw'

/** Something did not start: says so instead of showing an empty window (REL-1). */
export function Broken({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre rescue">
      <span class="emblem alarm">
        <Icon node={Unplug} size={26} />
      </span>
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
