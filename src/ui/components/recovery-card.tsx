import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { text } from '../../i18n/text'
import { acknowledgeRecoveryCode } from '../actions/second-factor'
import { recoveryToKeep, type RecoveryToKeep } from '../flow-state'
import { Secret } from './secret'

const LEADS = {
  bound: 'bound_recovery_lead',
  'recovered-kept': 'new_recovery_kept',
  'recovered-lost': 'new_recovery_not_kept',
} as const satisfies Record<RecoveryToKeep['reason'], string>

/** A recovery code that is new: it stays here until the user says that it is written down (BND-6). */
export function RecoveryCard(): VNode | null {
  const id = useId()
  const kept = recoveryToKeep.value
  if (!kept) return null
  return (
    <section class="panel recovery-card" aria-labelledby={id} role="status">
      <h3 id={id}>{text('new_recovery_code')}</h3>
      <p class="soft">{text(LEADS[kept.reason])}</p>
      <Secret>{kept.code}</Secret>
      <div class="actions start">
        <button type="button" class="primary" onClick={acknowledgeRecoveryCode}>
          {text('recovery_acknowledge')}
        </button>
      </div>
    </section>
  )
}
