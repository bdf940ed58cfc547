import { Link2, Pin } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { Icon } from './icon'
import { PhaseTag } from './phase-tag'

/** What is special about an account: pinned, asked for by an MFA server, or on the way to or from that. */
export function AccountMarks({ entry: { pinned, phase } }: { entry: EntryView }): VNode {
  return (
    <>
      {pinned && (
        <span class="small-mark">
          <Icon node={Pin} size={13} />
          <span class="sr-only">{text('pinned')}</span>
        </span>
      )}
      {phase === 'bound' ? (
        <span class="small-mark" title={text('bound_at_server')}>
          <Icon node={Link2} size={14} />
          <span class="sr-only">{text('bound_at_server')}</span>
        </span>
      ) : (
        <PhaseTag phase={phase} />
      )}
    </>
  )
}
