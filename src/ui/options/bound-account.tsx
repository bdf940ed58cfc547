import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import type { FactorView } from '../../rpc/server-calls'
import { confirmBinding, settleBinding, unbind } from '../actions/binding'
import { AccountNames } from '../components/account-names'
import { GuardedButton } from '../components/button'
import { Confirm } from '../components/confirm'
import { secondsLeft } from '../components/countdown'
import { FlowNoteLine } from '../components/flow-note'
import { Mark } from '../components/mark'
import { PhaseTag } from '../components/phase-tag'
import { bindingNote } from '../flow-state'
import { now, running } from '../state'

/** An account of the vault that belongs to a server: how far it is bound, and the next step. */
export function BoundAccount({ entry, factor }: { entry: EntryView; factor: FactorView | null }): VNode {
  const phase = entry.phase
  return (
    <div class="method">
      <div class="card-who">
        <Mark name={entry.issuer || entry.label} />
        <AccountNames entry={entry} />
        <PhaseTag phase={phase} />
      </div>
      <FlowNoteLine note={bindingNote.value.get(entry.id)} rejected={text('code_rejected_next')} />
      {phase === 'associated' && <p class="hint">{text('confirm_lead')}</p>}
      {phase === 'bound' && factor && <p class="hint">{text(factor.enabled ? 'factor_bound' : 'factor_pending')}</p>}
      <div class="actions start">
        {phase === 'associated' && <ConfirmButton entry={entry} />}
        {(phase === 'confirming' || phase === 'unbinding') && <SettleButton entry={entry} />}
        {(phase === 'bound' || phase === 'unbinding') && <UnbindButton entry={entry} />}
      </div>
    </div>
  )
}

function ConfirmButton({ entry }: { entry: EntryView }): VNode {
  const note = bindingNote.value.get(entry.id)
  const waits = note?.kind === 'waiting' && secondsLeft(note.until, now.value) > 0
  const busy = running.value.has(`factors:${entry.serverId}`)
  return (
    <GuardedButton class="primary" disabled={waits} aria-disabled={busy} onClick={() => void confirmBinding(entry)}>
      {text(busy ? 'confirming' : 'confirm')}
    </GuardedButton>
  )
}

function SettleButton({ entry }: { entry: EntryView }): VNode {
  return (
    <button type="button" class="primary" onClick={() => void settleBinding(entry)}>
      {text('check_again')}
    </button>
  )
}

function UnbindButton({ entry }: { entry: EntryView }): VNode {
  const asking = useSignal(false)
  const agree = () => {
    asking.value = false
    void unbind(entry)
  }
  return (
    <>
      <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
        {text('unbind')}
      </button>
      {asking.value && (
        <Confirm
          title={text('unbind_title')}
          lead={text('unbind_lead')}
          agree={text('unbind')}
          place={`factors:${entry.serverId}`}
          onAgree={agree}
          onClose={() => (asking.value = false)}
        />
      )}
    </>
  )
}
