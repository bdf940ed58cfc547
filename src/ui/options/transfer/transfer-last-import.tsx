import { useComputed, useSignal } from '@preact/signals'
import { Check } from 'lucide'
import { Fragment, type VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import {
  comparedEqual,
  endComparison,
  isComparisonEnded,
  loadComparedCodes,
  markEqual,
} from '../../actions/transfer-compare'
import { undoImport } from '../../actions/transfer-import'
import { AccountNames, namedBy } from '../../components/account-names'
import { Code } from '../../components/code'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { momentText } from '../../components/moment-text'
import { codes, inUse, now } from '../../state'

/** As long as the trash keeps what an undo puts there. */
const UNDO_MS = 30 * 24 * 60 * 60 * 1000
const DRAWN_ROWS = 50

/** An import that can still be undone, with what is left of it. */
interface Batch {
  readonly importedAt: number
  readonly entries: readonly EntryView[]
}

/** The imports of the last 30 days, newest first: how many accounts, undo, and a look at the codes beside the old app's. */
export function LastImports(): VNode | null {
  const batches = useComputed(() => batchesSince(inUse.value, now.value - UNDO_MS)).value
  if (batches.length === 0) return null
  return (
    <div class="panel">
      {batches.map((batch) => (
        <Fragment key={batch.importedAt}>
          <BatchLine batch={batch} />
          {!isComparisonEnded(batch.importedAt) && <Compare batch={batch} />}
        </Fragment>
      ))}
      <FailureNote place="undo-import" />
      <FailureNote place="compare" />
    </div>
  )
}

function batchesSince(entries: readonly EntryView[], since: number): readonly Batch[] {
  const batches = new Map<number, EntryView[]>()
  for (const entry of entries) {
    const importedAt = entry.importedAt ?? 0
    if (importedAt <= since) continue
    const batch = batches.get(importedAt)
    if (batch) batch.push(entry)
    else batches.set(importedAt, [entry])
  }
  return [...batches]
    .map(([importedAt, batch]) => ({ importedAt, entries: batch }))
    .toSorted((a, b) => b.importedAt - a.importedAt)
}

function BatchLine({ batch: { importedAt, entries } }: { batch: Batch }): VNode {
  const id = `import-${importedAt}`
  const date = momentText(importedAt)
  return (
    <div class="panel-head">
      <p id={id}>
        <Icon node={Check} size={16} /> {text('import_last', { count: entries.length, date })}
      </p>
      <button type="button" aria-describedby={id} onClick={() => void undoImport(importedAt)}>
        {text('undo')}
      </button>
    </div>
  )
}

/**
 * The same account in two apps shows the same code at the same moment, or one of them has it wrong. Asked until all are ticked
 * off, or the user has enough of it.
 */
function Compare({ batch: { importedAt, entries: all } }: { batch: Batch }): VNode | null {
  const ticking = useSignal(false)
  const entries = all.filter(({ type }) => type !== 'hotp')
  const same = comparedEqual()
  const equal = entries.filter(({ id }) => same.has(id)).length
  // Who has just ticked off the last one may want to take it back.
  if (equal === entries.length && !ticking.value) return null
  const mark = (id: string, is: boolean) => {
    ticking.value = true
    void markEqual(id, is)
  }
  return (
    <details class="compare">
      <summary>{text('compare_title')}</summary>
      <p class="soft">{text('compare_lead')}</p>
      <p class="hint" role="status">
        {text('compare_count', { count: equal, of: entries.length })}
      </p>
      <CompareList entries={entries} onMark={mark} />
      <div class="actions start">
        <button type="button" onClick={() => void endComparison(importedAt)}>
          {text('compare_dismiss')}
        </button>
      </div>
    </details>
  )
}

type Mark = (id: string, equal: boolean) => void

function CompareList({ entries, onMark }: { entries: readonly EntryView[]; onMark: Mark }): VNode {
  const same = comparedEqual()
  const drawn = entries.filter(({ id }) => !same.has(id)).slice(0, DRAWN_ROWS)
  const done = entries.filter(({ id }) => same.has(id)).slice(0, DRAWN_ROWS)
  const shown = [...drawn, ...done]
  useEffect(() => void loadComparedCodes(shown.map(({ id }) => id)), [now.value, shown.length])
  return (
    <ul class="import-rows">
      {shown.map((entry) => (
        <CompareRow key={entry.id} entry={entry} equal={same.has(entry.id)} onMark={onMark} />
      ))}
    </ul>
  )
}

function CompareRow({ entry, equal, onMark }: { entry: EntryView; equal: boolean; onMark: Mark }): VNode {
  const id = `compare-${entry.id}`
  const code = codes.value.get(entry.id)?.code
  return (
    <li>
      <label class="check">
        <input
          type="checkbox"
          aria-labelledby={`${namedBy(entry, id)} ${id}-same`}
          checked={equal}
          onChange={(event) => onMark(entry.id, event.currentTarget.checked)}
        />
        <AccountNames entry={entry} idPrefix={id} />
        <span id={`${id}-same`} class="sr-only">
          {text('compare_same')}
        </span>
        {code ? <Code code={code} /> : <span class="faint">······</span>}
      </label>
    </li>
  )
}
