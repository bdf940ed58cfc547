import { CornerDownLeft, Pencil } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { askRecoveryCode, openEdit } from '../../actions/navigation'
import { cancelFill, fillCode } from '../../actions/page'
import { AccountNames, namedBy } from '../../components/account-names'
import { GuardedButton, IconButton } from '../../components/button'
import { CodeButton } from '../../components/code-button'
import { Ring, secondsLeft } from '../../components/countdown'
import { focusIfFree } from '../../components/field'
import { Icon } from '../../components/icon'
import { Lazy } from '../../components/lazy'
import { Mark } from '../../components/mark'
import { PhaseTag } from '../../components/phase-tag'
import { codes, now, page, running, waitingFill } from '../../state'
import { SiteName } from './site-name'

async function loadWhy(): Promise<() => VNode | null> {
  const { Why } = await import('./why')
  return () => <Why small />
}

/** An account of the site in front: its code large, and the button that fills it. It is the list's first row. */
export function SiteCard({ entry, first }: { entry: EntryView; first: boolean }): VNode {
  const id = `row-${entry.id}`
  const waiting = waitingFill.value?.entryId === entry.id ? waitingFill.value : null
  return (
    <div role="listitem" class="card" aria-labelledby={namedBy(entry, id)}>
      <div class="card-site">
        <span class={page.value?.hasCodeField ? 'dot dot-on' : 'dot'} />
        <SiteName />
        <PhaseTag phase={entry.phase} />
        {first && <Lazy load={loadWhy} />}
      </div>
      <div class="card-who">
        <Mark name={entry.issuer || entry.label} />
        <AccountNames entry={entry} idPrefix={id} />
        <IconButton node={Pencil} name={text('edit')} class="icon-button quiet" onClick={() => openEdit(entry.id)} />
      </div>
      <div class="card-code">
        <CodeButton entry={entry} />
        <CardRing entry={entry} />
        {page.value?.hasCodeField && !waiting && <FillButton entryId={entry.id} focus={first} />}
      </div>
      {waiting && <Waiting until={waiting.until} />}
      {!entry.hasRecoveryCode && <RecoveryOffer entryId={entry.id} />}
    </div>
  )
}

function CardRing({ entry }: { entry: EntryView }): VNode | null {
  const until = codes.value.get(entry.id)?.validUntil
  return until ? <Ring left={until - now.value} of={entry.periodSeconds * 1_000} /> : null
}

function FillButton({ entryId, focus }: { entryId: string; focus: boolean }): VNode {
  const busy = running.value.has('fill')
  return (
    <GuardedButton
      class="primary fill"
      aria-disabled={busy}
      onClick={() => void fillCode(entryId)}
      {...(focus ? { ref: focusIfFree } : {})}
    >
      {text('fill_code')} <Icon node={CornerDownLeft} size={16} />
    </GuardedButton>
  )
}

function Waiting({ until }: { until: number }): VNode {
  return (
    <div class="card-line">
      <p role="status">{text('waiting_fill', { seconds: secondsLeft(until, now.value) })}</p>
      <button type="button" onClick={() => void cancelFill()}>
        {text('cancel')}
      </button>
    </div>
  )
}

function RecoveryOffer({ entryId }: { entryId: string }): VNode {
  return (
    <div class="card-line">
      <p>{text('recovery_offer')}</p>
      <button type="button" onClick={() => askRecoveryCode(entryId)}>
        {text('keep_recovery_code')}
      </button>
    </div>
  )
}
