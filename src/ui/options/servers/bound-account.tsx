import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { type TextKey, text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import type { FactorView } from '../../../rpc/server-calls'
import { confirmBinding, keepPlain, settleBinding, trashUnbound, unbind } from '../../actions/binding'
import { AccountNames } from '../../components/account-names'
import { GuardedButton } from '../../components/button'
import { Confirm } from '../../components/confirm'
import { secondsLeft } from '../../components/countdown'
import { FlowNoteLine } from '../../components/flow-note'
import { Mark } from '../../components/mark'
import { PhaseTag } from '../../components/phase-tag'
import { bindingNote } from '../../flow-state'
import { now, running } from '../../state'

interface BoundAccountProps {
  entry: EntryView
  /** The server's word on it; null where it has none. */
  factor: FactorView | null
  /** Here, not bound there: the user decides what becomes of it (BND-5). */
  notThere: boolean
  /** Nobody is signed in who could go on with it. */
  signedOut?: boolean
}

/** An account of the vault that belongs to a server: how far it is bound, and the next step. */
export function BoundAccount({ entry, factor, notThere, signedOut = false }: BoundAccountProps): VNode {
  const hint = hintFor(entry, factor, notThere)
  return (
    <div class="method">
      <div class="card-who">
        <Mark name={entry.issuer || entry.label} />
        <AccountNames entry={entry} />
        {notThere ? <span class="tag tag-confirming">{text('not_there')}</span> : <PhaseTag phase={entry.phase} />}
      </div>
      <FlowNoteLine note={bindingNote.value.get(entry.id)} rejected={text('code_rejected_next')} />
      {hint && <p class="hint">{text(hint)}</p>}
      {!signedOut && (
        <div class="actions start">{notThere ? <LetGoButtons entry={entry} /> : <NextStep entry={entry} />}</div>
      )}
    </div>
  )
}

function hintFor({ phase }: EntryView, factor: FactorView | null, notThere: boolean): TextKey | null {
  if (notThere) return 'not_there_next'
  if (phase === 'associated') return 'confirm_lead'
  if (phase === 'bound' && factor) return factor.enabled ? 'factor_bound' : 'factor_pending'
  return null
}

function NextStep({ entry }: { entry: EntryView }): VNode {
  const { phase } = entry
  return (
    <>
      {phase === 'associated' && <ConfirmButton entry={entry} />}
      {(phase === 'confirming' || phase === 'unbinding') && <SettleButton entry={entry} />}
      {(phase === 'bound' || phase === 'unbinding') && <UnbindButton entry={entry} />}
    </>
  )
}

/** Nothing is lost by either: the secret stays in the vault, or lies in the trash. */
function LetGoButtons({ entry }: { entry: EntryView }): VNode {
  const busy = running.value.has(`factors:${entry.serverId}`)
  return (
    <>
      {entry.phase === 'associated' && <ConfirmButton entry={entry} />}
      <button type="button" aria-disabled={busy} onClick={() => void keepPlain(entry)}>
        {text('keep_plain')}
      </button>
      <button type="button" class="danger-quiet" aria-disabled={busy} onClick={() => void trashUnbound(entry)}>
        {text('move_to_trash')}
      </button>
    </>
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
