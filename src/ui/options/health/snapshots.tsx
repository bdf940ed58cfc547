import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { languageTag, text } from '../../../i18n/text'
import type { SnapshotView } from '../../../rpc/health-calls'
import { goBack, takeSnapshot } from '../../actions/health'
import { Confirm } from '../../components/confirm'
import { momentText } from '../../components/moment-text'
import { snapshots } from '../../health-state'

const REASONS = {
  asked: 'snapshot_asked',
  daily: 'snapshot_daily',
  import: 'snapshot_import',
  passphrase: 'snapshot_passphrase',
  restore: 'snapshot_restore',
  update: 'snapshot_update',
} as const

/** Former states of the vault, newest first, and the way back to each. */
export function Snapshots(): VNode {
  const chosen = useSignal<number | null>(null)
  const listed = snapshots.value
  const agree = async (takenAt: number) => {
    if (await goBack(takenAt)) chosen.value = null
  }
  return (
    <div class="panel">
      <div class="panel-head">
        <h3>{text('snapshots_title')}</h3>
        <button type="button" onClick={() => void takeSnapshot()}>
          {text('snapshot_take')}
        </button>
      </div>
      <p class="soft">{text('snapshots_lead')}</p>
      {listed?.length === 0 && <p>{text('snapshots_none')}</p>}
      {listed && listed.length > 0 && (
        <ul class="plain" aria-label={text('snapshots_title')}>
          {listed.map((one) => (
            <Row key={one.takenAt} snapshot={one} onGoBack={() => (chosen.value = one.takenAt)} />
          ))}
        </ul>
      )}
      {chosen.value !== null && (
        <Confirm
          title={text('go_back_title')}
          lead={text('go_back_lead', { date: momentText(chosen.value) })}
          agree={text('go_back')}
          place="health"
          onAgree={() => void agree(chosen.value ?? 0)}
          onClose={() => (chosen.value = null)}
        />
      )}
    </div>
  )
}

function Row({ snapshot, onGoBack }: { snapshot: SnapshotView; onGoBack: () => void }): VNode {
  const { takenAt, reason, accounts, bytes } = snapshot
  return (
    <li class="snapshot-row">
      <div>
        <b id={`snapshot-${takenAt}`}>{momentText(takenAt)}</b>
        <p class="faint">
          {text(REASONS[reason])} ·{' '}
          {accounts === null ? text('snapshot_damaged') : text('snapshot_accounts', { count: accounts })} ·{' '}
          {sizeText(bytes)}
        </p>
      </div>
      {accounts !== null && (
        <button type="button" aria-describedby={`snapshot-${takenAt}`} onClick={onGoBack}>
          {text('go_back')}
        </button>
      )}
    </li>
  )
}

const KB = 1_000

function sizeText(bytes: number): string {
  const [unit, count] = bytes < KB * KB ? (['kilobyte', bytes / KB] as const) : (['megabyte', bytes / KB / KB] as const)
  return new Intl.NumberFormat(languageTag(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(count)
}
