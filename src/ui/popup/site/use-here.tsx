import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import { useAccountHere } from '../../actions/accounts'
import { GuardedButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { Choice } from '../../components/field'
import { inUse, running } from '../../state'
import { SiteName } from './site-name'

/** Gives the site in front to an account. Nothing is chosen beforehand: names prove nothing about a site (FIL-2). */
export function UseHereDialog({ onClose }: { onClose: () => void }): VNode {
  const chosen = useSignal('')
  const checked = useSignal(false)
  const missing = checked.value && chosen.value === ''
  const agree = async () => {
    checked.value = true
    if (chosen.value !== '' && (await useAccountHere(chosen.value))) onClose()
  }
  const names = inUse.value.map(
    ({ id, issuer, label }) => [id, shownText(`${issuer} ${label}`.trim()) || text('unnamed')] as const,
  )
  return (
    <Dialog title={text('use_account_here')} onClose={onClose}>
      <div class="form">
        <p class="site-line">
          <SiteName />
        </p>
        <p>{text('use_here_lead')}</p>
        <Choice
          label={text('account')}
          value={chosen}
          choices={[['', text('use_here_choose')], ...names]}
          problem={missing ? text('use_here_missing') : null}
        />
        <FailureNote place="use-here" />
        <div class="actions">
          <button type="button" onClick={onClose}>
            {text('cancel')}
          </button>
          <GuardedButton class="primary" aria-disabled={running.value.has('use-here')} onClick={() => void agree()}>
            {text('use_here')}
          </GuardedButton>
        </div>
      </div>
    </Dialog>
  )
}
