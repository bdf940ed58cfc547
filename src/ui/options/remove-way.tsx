import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { say } from '../actions/toast'
import { removeWay } from '../actions/ways'
import { Dialog } from '../components/dialog'
import { PassphraseForm } from '../components/passphrase-form'

interface RemoveWayProps {
  id: string
  /** What the button says that asks. */
  name: string
  title: string
  lead: string
  /** What is said once it is gone. */
  removed: string
}

/** Removes a sheet or a passkey: the passphrase says whether whoever is there may. */
export function RemoveWay({ id, name, title, lead, removed }: RemoveWayProps): VNode {
  const asking = useSignal(false)
  const remove = async (passphrase: string) => {
    const gone = await removeWay(passphrase, id)
    if (gone) say({ text: removed })
    return gone
  }
  return (
    <>
      <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
        {name}
      </button>
      {asking.value && (
        <Dialog role="alertdialog" title={title} onClose={() => (asking.value = false)}>
          <PassphraseForm
            place="remove-way"
            hint={lead}
            submit={text('remove')}
            onPassphrase={remove}
            onDone={() => (asking.value = false)}
          />
        </Dialog>
      )}
    </>
  )
}
