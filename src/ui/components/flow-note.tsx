import { Info } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { signInNote, type Answering, type FlowNote } from '../flow-state'
import { now } from '../state'
import { secondsLeft } from './countdown'
import { Icon } from './icon'

/** What the last answer means and what to do next; a wait counts down. `rejected`: what a refused code means here. */
export function FlowNoteLine({ note, rejected }: { note: FlowNote | undefined; rejected: string }): VNode | null {
  if (!note) return null
  return (
    <p class="note" role="status">
      <Icon node={Info} size={16} />
      <span class="note-text">{wordsFor(note, rejected)}</span>
    </p>
  )
}

/** The same for one way of answering a sign-in's second factor. */
export function SignInNoteLine({
  serverId,
  by,
  rejected,
}: {
  serverId: string
  by: Answering
  rejected: string
}): VNode | null {
  const last = signInNote.value.get(serverId)
  return <FlowNoteLine note={last?.by === by ? last.note : undefined} rejected={rejected} />
}

function wordsFor(note: FlowNote, rejected: string): string {
  if (note.kind === 'code-rejected') return rejected
  if (note.kind === 'unknown') return text('outcome_unknown')
  const seconds = secondsLeft(note.until, now.value)
  return seconds > 0 ? text('waiting_next_code', { seconds }) : text('next_code_ready')
}
