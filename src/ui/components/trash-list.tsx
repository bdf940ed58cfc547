import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { deleteForEver, restoreAccount } from '../actions/accounts'
import { trashed } from '../state'
import { AccountNames, namedBy } from './account-names'
import { Confirm } from './confirm'
import { FailureNote } from './failure-note'
import { Mark } from './mark'
import { dayText } from './moment-text'
import { PhaseTag } from './phase-tag'

/** Accounts in the trash: restore one, or delete it for ever. */
export function TrashList(): VNode {
  const doomed = useSignal<string | null>(null)
  const close = () => (doomed.value = null)
  const agree = async (id: string) => {
    await deleteForEver(id)
    close()
  }
  if (trashed.value.length === 0) return <p class="soft">{text('trash_empty')}</p>
  const id = doomed.value
  return (
    <>
      <p class="soft">{text('trash_lead')}</p>
      {id === null && <FailureNote place="trash" />}
      <ul class="list plain" aria-label={text('trash')}>
        {trashed.value.map((entry) => (
          <TrashRow key={entry.id} entry={entry} onDelete={() => (doomed.value = entry.id)} />
        ))}
      </ul>
      {id !== null && (
        <Confirm
          title={text('delete_for_ever_title')}
          lead={text('delete_for_ever_lead')}
          agree={text('delete_for_ever')}
          place="trash"
          about={trashed.value.find((entry) => entry.id === id)}
          onAgree={() => void agree(id)}
          onClose={close}
        />
      )}
    </>
  )
}

function TrashRow({ entry, onDelete }: { entry: EntryView; onDelete: () => void }): VNode {
  const id = `trash-${entry.id}`
  return (
    <li class="trash-row" aria-labelledby={namedBy(entry, id)}>
      <div class="card-who">
        <Mark name={entry.issuer || entry.label} />
        <AccountNames entry={entry} idPrefix={id} />
        <PhaseTag phase={entry.phase} />
      </div>
      <div class="actions">
        {entry.trashedAt !== null && (
          <span class="faint">{text('trashed_on', { date: dayText(entry.trashedAt) })}</span>
        )}
        <button type="button" class="danger-quiet" onClick={onDelete}>
          {text('delete_for_ever')}
        </button>
        <button type="button" onClick={() => void restoreAccount(entry.id)}>
          {text('restore')}
        </button>
      </div>
    </li>
  )
}
