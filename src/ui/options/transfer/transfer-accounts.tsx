import { type Signal, useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { inUse } from '../../state'

/** How many rows are drawn at once. */
const DRAWN_ROWS = 200

/** Which accounts go out, by id; null where all do. */
export type ChosenAccounts = Signal<ReadonlySet<string> | null>

/** Which accounts go out: all of them, unless the user opens the list and unticks some. */
export function ChooseAccounts({ chosen, problem }: { chosen: ChosenAccounts; problem: string | null }): VNode {
  const limit = useSignal(DRAWN_ROWS)
  const all = inUse.value
  const count = chosen.value?.size ?? all.length
  const words = chosen.value ? text('export_some', { chosen: count, count: all.length }) : text('export_all', { count })
  return (
    <details class="compare">
      <summary>{words}</summary>
      <div class="actions start">
        <button type="button" class="link" onClick={() => (chosen.value = null)}>
          {text('choose_all')}
        </button>
        <button type="button" class="link" onClick={() => (chosen.value = new Set())}>
          {text('choose_none')}
        </button>
      </div>
      <ul class="import-rows" aria-label={text('accounts')}>
        {all.slice(0, limit.value).map((entry) => (
          <Row key={entry.id} entry={entry} chosen={chosen} />
        ))}
      </ul>
      {all.length > limit.value && (
        <button type="button" class="link" onClick={() => (limit.value += DRAWN_ROWS)}>
          {text('show_more')}
        </button>
      )}
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </details>
  )
}

function Row({ entry: { id, issuer, label }, chosen }: { entry: EntryView; chosen: ChosenAccounts }): VNode {
  const ticked = chosen.value?.has(id) ?? true
  return (
    <li>
      <label class="check">
        <input type="checkbox" checked={ticked} onChange={() => toggle(id, chosen)} />
        <span>{shownText(`${issuer} ${label}`.trim())}</span>
      </label>
    </li>
  )
}

/** Back to null as soon as all are ticked again: what is added meanwhile then goes out as well. */
function toggle(id: string, chosen: ChosenAccounts): void {
  const ids = inUse.value.map((entry) => entry.id)
  const next = new Set(chosen.value ?? ids)
  if (!next.delete(id)) next.add(id)
  chosen.value = ids.every((one) => next.has(one)) ? null : next
}
