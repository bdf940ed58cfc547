import { useComputed } from '@preact/signals'
import { Pencil } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { toggleSelected } from '../../actions/list'
import { openEdit } from '../../actions/navigation'
import { AccountMarks } from '../../components/account-marks'
import { AccountNames, namedBy } from '../../components/account-names'
import { IconButton } from '../../components/button'
import { CodeButton } from '../../components/code-button'
import { Ring } from '../../components/countdown'
import { Mark } from '../../components/mark'
import { isWholeList, selection } from '../../list-state'
import { codes, now } from '../../state'
import { editFromRow } from './row-focus'
import { sharedEnd } from './shared-end'

interface CodeRowProps {
  entry: EntryView
  /** Its number among all rows, counted from 1; and how many those are. */
  place: number
  of: number
  /** The key that does what a click would, if it has one. */
  digit: number | null
}

/**
 * One account of the list: who, a way to edit it, and the code. A click anywhere on it copies, or ticks it. Each of its
 * properties stays the same while the list scrolls, so that only rows which come into sight are drawn.
 */
export function CodeRow({ entry, place, of, digit }: CodeRowProps): VNode {
  const id = `row-${entry.id}`
  const name = namedBy(entry, id)
  const selecting = selection.value !== null
  return (
    <div
      role="listitem"
      class={selection.value?.has(entry.id) ? 'row ticked' : 'row'}
      data-id={entry.id}
      aria-labelledby={name}
      aria-posinset={place}
      aria-setsize={of}
    >
      {selecting ? (
        <Tick id={entry.id} name={name} />
      ) : (
        <span
          class={isWholeList.value ? 'grip' : 'grip still'}
          onPointerDown={(event) => void hold(event.currentTarget, entry.id, event)}
        >
          <Mark name={entry.issuer || entry.label} />
          {digit !== null && (
            <kbd class="digit" aria-hidden="true">
              {digit}
            </kbd>
          )}
        </span>
      )}
      <AccountNames entry={entry} idPrefix={id} />
      <AccountMarks entry={entry} />
      <OwnRing entry={entry} />
      {!selecting && (
        <IconButton
          node={Pencil}
          name={text('edit')}
          class="icon-button quiet"
          onClick={(event) => edit(entry.id, event)}
        />
      )}
      <CodeButton entry={entry} />
    </div>
  )
}

async function hold(grip: Element, id: string, event: PointerEvent): Promise<void> {
  const scroller = grip.closest('main')
  const { takeHold } = await import('./dragging')
  if (scroller) takeHold(scroller, id, event)
}

/** Clicks by keyboard have no detail; a pointer would find a code shown that is to be hidden, had it the focus. */
function edit(id: string, { detail }: MouseEvent): void {
  if (detail === 0) editFromRow(id)
  else openEdit(id)
}

/** The box takes clicks on the whole row while accounts are being selected. */
function Tick({ id, name }: { id: string; name: string }): VNode {
  return (
    <label class="tick">
      <input
        type="checkbox"
        class="tick-box"
        aria-labelledby={name}
        checked={selection.value?.has(id) ?? false}
        onChange={() => toggleSelected(id)}
      />
      <span class="tick-area" />
    </label>
  )
}

/** A ring for an account whose code does not end with the others'. */
function OwnRing({ entry }: { entry: EntryView }): VNode | null {
  const end = useComputed(() => {
    const until = codes.value.get(entry.id)?.validUntil
    return until && until !== sharedEnd.value?.until ? until : null
  })
  return end.value === null ? null : <Ring left={end.value - now.value} of={entry.periodSeconds * 1_000} />
}
