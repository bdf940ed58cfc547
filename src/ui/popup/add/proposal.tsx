import { useSignal } from '@preact/signals'
import { Info } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { Proposal } from '../../../rpc/account-calls'
import { addFound, chooseFound, skipFound } from '../../actions/adding'
import { dropFound } from '../../actions/navigation'
import { GuardedButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { Field, NameField } from '../../components/field'
import { Icon } from '../../components/icon'
import { KindLine } from '../../components/kind-line'
import { ShortSecret } from '../../components/short-secret'
import { shownText } from '../../../i18n/shown-text'
import { found, running } from '../../state'

/** What a scan found. Nothing of it is stored before the user agrees (INP-7). */
export function FoundDialog(): VNode | null {
  const { proposals, chosen, unreadable } = found.value ?? { proposals: [], chosen: false, unreadable: 0 }
  const [first] = proposals
  if (!first) return null
  if (proposals.length > 1 && !chosen) return <ChooseDialog proposals={proposals} unreadable={unreadable} />
  return <ProposalDialog key={proposals.length} proposal={first} more={proposals.length > 1} />
}

function ProposalDialog({ proposal: { draft, already }, more }: { proposal: Proposal; more: boolean }): VNode {
  const issuer = useSignal(draft.issuer)
  const label = useSignal(draft.label)
  const site = useSignal(draft.site)
  const busy = running.value.has('proposal')
  const add = () => {
    if (!busy) void addFound({ ...draft, issuer: issuer.value, label: label.value, site: site.value.trim() })
  }
  return (
    <Dialog title={text('add_account')} onClose={dropFound}>
      <div class="form">
        {already && <AlreadyNote already={already} />}
        <NameField label={text('issuer')} value={issuer} />
        <NameField label={text('account')} value={label} />
        <Field label={text('site')} value={site} hint={text('site_hint')} />
        <p class="hint">
          <KindLine of={draft} /> <ShortSecret of={draft} />
        </p>
        <Unreadable count={found.value?.unreadable ?? 0} />
        <FailureNote place="proposal" />
        <div class="actions">
          <button type="button" onClick={more ? skipFound : dropFound}>
            {text(more ? 'add_skip' : 'cancel')}
          </button>
          <GuardedButton class="primary" disabled={already === 'same'} aria-disabled={busy} onClick={add}>
            {text('add')}
          </GuardedButton>
        </div>
      </div>
    </Dialog>
  )
}

function AlreadyNote({ already }: { already: 'same' | 'other-secret' }): VNode {
  return (
    <p class="note">
      <Icon node={Info} size={16} />
      <span class="note-text">{text(already === 'same' ? 'proposal_same' : 'proposal_other')}</span>
    </p>
  )
}

/** What else the picture held is named, not dropped. */
function Unreadable({ count }: { count: number }): VNode | null {
  return count > 0 ? <p class="hint">{text('proposal_unreadable', { count })}</p> : null
}

/** Several codes in one picture: the user picks. */
function ChooseDialog({ proposals, unreadable }: { proposals: readonly Proposal[]; unreadable: number }): VNode {
  const picked = useSignal<ReadonlySet<Proposal>>(new Set(proposals.filter((one) => one.already !== 'same')))
  const toggle = (one: Proposal) => {
    const next = new Set(picked.value)
    if (!next.delete(one)) next.add(one)
    picked.value = next
  }
  const go = () => chooseFound(proposals.filter((one) => picked.value.has(one)))
  return (
    <Dialog title={text('proposal_choose_title')} onClose={dropFound}>
      <p>{text('proposal_choose_lead')}</p>
      <div class="checks">
        {proposals.map((one, index) => (
          <label key={index} class="check">
            <input type="checkbox" checked={picked.value.has(one)} onChange={() => toggle(one)} />
            <span>
              {shownText(`${one.draft.issuer} ${one.draft.label}`.trim()) || text('unnamed')}
              {one.already === 'same' && <span class="hint">{text('proposal_same')}</span>}
            </span>
          </label>
        ))}
      </div>
      <Unreadable count={unreadable} />
      <div class="actions">
        <button type="button" onClick={dropFound}>
          {text('cancel')}
        </button>
        <button type="button" class="primary" disabled={picked.value.size === 0} onClick={go}>
          {text('proposal_continue')}
        </button>
      </div>
    </Dialog>
  )
}
