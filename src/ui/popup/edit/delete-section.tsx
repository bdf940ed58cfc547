import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { failedFor } from '../../actions/attempt'
import { deleteAccount, isHeldByServer, keepWithoutServer } from '../../actions/deleting'
import { openServers } from '../../actions/navigation'
import { Confirm } from '../../components/confirm'

/** Deletes an account after a question; the question says what an MFA server has to do with it. */
export function DeleteSection({ entry }: { entry: EntryView }): VNode {
  const asking = useSignal(false)
  const held = isHeldByServer(entry)
  const agree = async () => {
    if (await deleteAccount(entry)) asking.value = false
  }
  return (
    <section class="block">
      <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
        {text('delete')}
      </button>
      {asking.value && (
        <Confirm
          title={text(held ? 'delete_bound_title' : 'delete_title')}
          lead={text(held ? 'delete_bound_lead' : 'delete_lead')}
          agree={text('delete')}
          place="delete"
          about={entry}
          remedy={held && remedyFor(entry)}
          onAgree={() => void agree()}
          onClose={() => (asking.value = false)}
        />
      )}
    </section>
  )
}

function remedyFor(entry: EntryView): VNode | false {
  if (failedFor('delete', 'mfa/server-missing')) return <KeepWithoutServer id={entry.id} />
  return (failedFor('delete', 'entry/still-bound') || failedFor('delete', 'mfa/other-user')) && <SignInThere />
}

function KeepWithoutServer({ id }: { id: string }): VNode {
  return (
    <>
      <p>{text('keep_plain_unasked')}</p>
      <button type="button" class="link" onClick={() => void keepWithoutServer(id)}>
        {text('keep_plain')}
      </button>
    </>
  )
}

function SignInThere(): VNode {
  return (
    <button type="button" class="link" onClick={openServers}>
      {text('sign_in_there')}
    </button>
  )
}
