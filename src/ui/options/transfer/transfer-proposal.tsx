import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { AppError } from '../../../core/errors'
import { errorText, text } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'
import { importRows, isImportable, isProposed } from '../../actions/transfer-import'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { KindLine } from '../../components/kind-line'
import { ShortSecret } from '../../components/short-secret'
import { running } from '../../state'
import type { ImportRow, ProposalStep } from '../../transfer-state'
import { ProblemList } from './transfer-problems'

/** How many rows are drawn at once; a file may hold ten thousand. */
const DRAWN_ROWS = 200

type Chosen = Signal<ReadonlySet<ImportRow>>

/** What the files hold, row by row, with what importing each would do (INP-10). */
export function ProposalDialog({ proposal, onClose }: { proposal: ProposalStep; onClose: () => void }): VNode {
  const { rows, problems, failed } = proposal
  const chosen: Chosen = useSignal(new Set(rows.filter(isProposed)))
  const busy = running.value.has('import-rows')
  const go = () => {
    if (!busy) void importRows(rows.filter((row) => chosen.value.has(row)))
  }
  return (
    <Dialog title={text('import')} onClose={onClose}>
      <p>{text('import_proposal_lead')}</p>
      <ChooseLine rows={rows} chosen={chosen} />
      <RowList rows={rows} chosen={chosen} />
      <ProblemList title={text('import_problems', { count: problems.length })} problems={problems} />
      {failed.map(({ fileName, error }) => (
        <p key={fileName} class="note failure">
          <span class="note-text">
            <b>{shownText(fileName)}</b> {errorText(error)}
          </span>
        </p>
      ))}
      <FailureNote place="import-rows" />
      <div class="actions dialog-actions">
        <button type="button" onClick={onClose}>
          {text('cancel')}
        </button>
        <button type="button" class="primary" disabled={chosen.value.size === 0} aria-disabled={busy} onClick={go}>
          {text('import')}
        </button>
      </div>
    </Dialog>
  )
}

function ChooseLine({ rows, chosen }: { rows: readonly ImportRow[]; chosen: Chosen }): VNode {
  const choosable = rows.filter(isImportable)
  return (
    <div class="panel-head">
      <p role="status">{text('import_chosen', { chosen: chosen.value.size, found: rows.length })}</p>
      {choosable.length > 1 && (
        <span>
          <button type="button" class="link" onClick={() => (chosen.value = new Set(choosable))}>
            {text('choose_all')}
          </button>
          <button type="button" class="link" onClick={() => (chosen.value = new Set())}>
            {text('choose_none')}
          </button>
        </span>
      )}
    </div>
  )
}

function RowList({ rows, chosen }: { rows: readonly ImportRow[]; chosen: Chosen }): VNode {
  const limit = useSignal(DRAWN_ROWS)
  return (
    <>
      <ul class="import-rows" aria-label={text('import_found')}>
        {rows.slice(0, limit.value).map((row, index) => (
          <Row key={index} row={row} chosen={chosen} />
        ))}
      </ul>
      {rows.length > limit.value && (
        <button type="button" class="link" onClick={() => (limit.value += DRAWN_ROWS)}>
          {text('show_more')}
        </button>
      )}
    </>
  )
}

function Row({ row, chosen }: { row: ImportRow; chosen: Chosen }): VNode {
  const id = useId()
  const { issuer, label, sites } = row.carried
  const toggle = () => {
    const next = new Set(chosen.value)
    if (!next.delete(row)) next.add(row)
    chosen.value = next
  }
  return (
    <li>
      <label class="check">
        <input
          type="checkbox"
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-rest`}
          checked={chosen.value.has(row)}
          disabled={!isImportable(row)}
          onChange={toggle}
        />
        <span class="import-row">
          <b id={`${id}-name`}>{shownText(`${issuer} ${label}`.trim())}</b>
          <span id={`${id}-rest`} class="import-rest">
            <Verdict row={row} />
            <span class="hint">
              <KindLine of={row.carried} />
            </span>
            <ShortSecret of={row.carried} />
            {sites.length > 0 && <span class="hint">{shownText(sites.join(', '))}</span>}
          </span>
        </span>
      </label>
    </li>
  )
}

function Verdict({ row: { verdict, again, repair } }: { row: ImportRow }): VNode {
  if (verdict.kind === 'refused') return <span class="problem">{errorText(new AppError(verdict.reason))}</span>
  if (repair && verdict.kind === 'new') {
    const [words, look] =
      repair.kind === 'better' ? ['verdict_better' as const, 'tag tag-new'] : ['verdict_worse' as const, 'tag']
    return <span class={look}>{text(words, { file: shownText(repair.fileName) })}</span>
  }
  const kind = again && verdict.kind === 'new' ? 'again' : verdict.kind
  const words = {
    new: 'verdict_new',
    again: 'verdict_again',
    same: 'verdict_same',
    repeated: 'verdict_repeated',
    'other-secret': 'verdict_other_secret',
    'in-trash': 'verdict_in_trash',
  } as const
  return <span class={kind === 'new' ? 'tag tag-new' : 'tag'}>{text(words[kind])}</span>
}
