import { useComputed } from '@preact/signals'
import { Check } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { languageTag, text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { loadComparedCodes, markEqual } from '../../actions/transfer-compare'
import { undoImport } from '../../actions/transfer-import'
import { AccountNames, namedBy } from '../../components/account-names'
import { Code } from '../../components/code'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { codes, inUse, now } from '../../state'
import { comparedEqual } from '../../transfer-state'

/** As long as the trash keeps what an undo puts there. */
const UNDO_MS = 30 * 24 * 60 * 60 * 1000
const DRAWN_ROWS = 50

/** An import that can still be undone, with what is left of it. */
interface Batch {
  readonly importedAt: number
  readonly entries: readonly EntryView[]
}

/** The imports of the last 30 days, newest first: how many accounts, undo, and for the last one a look at the codes beside the old app's. */
export function LastImports(): VNode | null {
  const batches = useComputed(() => batchesSince(inUse.value, now.value - UNDO_MS)).value
  const [last] = batches
  if (!last) return null
  return (
    <div class="panel">
      {batches.map((batch) => (
        <BatchLine key={batch.importedAt} batch={batch} />
      ))}
      <FailureNote place="undo-import" />
      <Compare entries={last.entries.filter(({ type }) => type !== 'hotp')} />
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
  const date = new Date(importedAt).toLocaleString(languageTag(), { dateStyle: 'medium', timeStyle: 'short' })
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

/** The same account in two apps shows the same code at the same moment, or one of them has it wrong. */
function Compare({ entries }: { entries: readonly EntryView[] }): VNode | null {
  if (entries.length === 0) return null
  const equal = entries.filter(({ id }) => comparedEqual.value.has(id)).length
  return (
    <details class="compare">
      <summary>{text('compare_title')}</summary>
      <p class="soft">{text('compare_lead')}</p>
      <p class="hint" role="status">
        {text('compare_count', { count: equal, of: entries.length })}
      </p>
      <FailureNote place="compare" />
      <CompareList entries={entries} />
    </details>
  )
}

function CompareList({ entries }: { entries: readonly EntryView[] }): VNode {
  const drawn = entries.filter(({ id }) => !comparedEqual.value.has(id)).slice(0, DRAWN_ROWS)
  const done = entries.filter(({ id }) => comparedEqual.value.has(id)).slice(0, DRAWN_ROWS)
  const shown = [...drawn, ...done]
  useEffect(() => void loadComparedCodes(shown.map(({ id }) => id)), [now.value, shown.length])
  return (
    <ul class="import-rows">
      {shown.map((entry) => (
        <CompareRow key={entry.id} entry={entry} />
      ))}
    </ul>
  )
}

function CompareRow({ entry }: { entry: EntryView }): VNode {
  const id = `compare-${entry.id}`
  const code = codes.value.get(entry.id)?.code
  return (
    <li>
      <label class="check">
        <input
          type="checkbox"
          aria-labelledby={`${namedBy(entry, id)} ${id}-same`}
          checked={comparedEqual.value.has(entry.id)}
          onChange={(event) => markEqual(entry.id, event.currentTarget.checked)}
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
