import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { bringBackLost, letGoOfLost } from '../../actions/health'
import { Confirm } from '../../components/confirm'
import { LostNamesList } from '../../gate/lost-names'
import { lost } from '../../health-state'

/** Accounts that open in neither copy: who they are, and what can still be done. */
export function Lost(): VNode | null {
  const asking = useSignal(false)
  const count = lost.value.length
  const known = lost.value.filter(({ snapshotAt }) => snapshotAt !== null).length
  if (count === 0) return null
  return (
    <div class="panel">
      <h3>{text('lost_title', { count })}</h3>
      <p class="soft">{text('lost_lead')}</p>
      <LostNamesList names={lost.value.map(({ names }) => names)} />
      <div class="actions start">
        {known > 0 && (
          <button type="button" class="primary" onClick={() => void bringBackLost()}>
            {text('lost_bring_back', { count: known })}
          </button>
        )}
        <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
          {text('lost_let_go')}
        </button>
      </div>
      {asking.value && (
        <Confirm
          title={text('lost_let_go')}
          lead={text('lost_let_go_lead')}
          agree={text('lost_let_go')}
          place="health"
          onAgree={() => void letGoOfLost()}
          onClose={() => (asking.value = false)}
        />
      )}
    </div>
  )
}
