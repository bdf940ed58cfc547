import { Pencil } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { openEdit } from '../actions/navigation'
import { AccountNames, namedBy } from '../components/account-names'
import { IconButton } from '../components/button'
import { CodeButton } from '../components/code-button'
import { Ring } from '../components/countdown'
import { Mark } from '../components/mark'
import { PhaseTag } from '../components/phase-tag'
import { codes, now } from '../state'
import { sharedEnd } from './shared-end'

/** One account of the list: who, the code, and a way to edit it. A click anywhere on it copies. */
export function CodeRow({ entry }: { entry: EntryView }): VNode {
  const id = `row-${entry.id}`
  return (
    <div role="listitem" class="row" aria-labelledby={namedBy(entry, id)}>
      <Mark name={entry.issuer || entry.label} />
      <AccountNames entry={entry} idPrefix={id} />
      {entry.phase !== 'bound' && <PhaseTag phase={entry.phase} />}
      <OwnRing entry={entry} />
      <CodeButton entry={entry} />
      <IconButton node={Pencil} name={text('edit')} class="icon-button quiet" onClick={() => openEdit(entry.id)} />
    </div>
  )
}

/** A ring for an account whose code does not end with the others'. */
function OwnRing({ entry }: { entry: EntryView }): VNode | null {
  const until = codes.value.get(entry.id)?.validUntil
  if (!until || until === sharedEnd.value?.until) return null
  return <Ring left={until - now.value} of={entry.periodSeconds * 1_000} />
}
