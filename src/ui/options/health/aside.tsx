import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { importAside, loadAside, saveAside } from '../../actions/rescue'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { Form } from '../../components/form'
import { dayText, momentText } from '../../components/moment-text'
import { SecretField, typedSecret } from '../../gate/secret-field'
import { vaultsAside } from '../../health-state'
import { status } from '../../state'

const KEPT_MS = 90 * 86_400_000

/** Vaults that were put aside, sealed as they were; each can be saved until its 90 days are over. */
export function Aside(): VNode | null {
  const opening = useSignal<number | null>(null)
  useEffect(() => void loadAside(), [status.value])
  if (vaultsAside.value.length === 0) return null
  return (
    <div class="panel">
      <h3>{text('aside_title')}</h3>
      <p class="soft">{text('aside_lead')}</p>
      <FailureNote place="aside" />
      <ul class="plain" aria-label={text('aside_title')}>
        {vaultsAside.value.map((at) => (
          <li key={at} class="snapshot-row">
            <div>
              <b id={`aside-${at}`}>{momentText(at)}</b>
              <p class="faint">{text('aside_until', { date: dayText(at + KEPT_MS) })}</p>
            </div>
            <div class="actions">
              {status.value === 'unlocked' && (
                <button type="button" aria-describedby={`aside-${at}`} onClick={() => (opening.value = at)}>
                  {text('aside_import')}
                </button>
              )}
              <button type="button" aria-describedby={`aside-${at}`} onClick={() => void saveAside(at)}>
                {text('raw_save')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {opening.value !== null && <ImportDialog at={opening.value} onClose={() => (opening.value = null)} />}
    </div>
  )
}

/** Asks for what opened the old vault; its accounts then come in beside those that are here. */
function ImportDialog({ at, onClose }: { at: number; onClose: () => void }): VNode {
  const kind = useSignal('passphrase')
  const typed = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return typed.value !== ''
  }
  const bringIn = async () => {
    if (await importAside(at, typedSecret(kind.value, typed.value))) onClose()
  }
  return (
    <Dialog title={text('aside_import')} onClose={onClose}>
      <Form
        place="import-aside"
        check={check}
        onSubmit={() => void bringIn()}
        submit={text('aside_import')}
        others={
          <button type="button" onClick={onClose}>
            {text('cancel')}
          </button>
        }
      >
        <p class="soft">{text('aside_import_lead')}</p>
        <SecretField kind={kind} typed={typed} missing={checked.value && typed.value === ''} />
      </Form>
    </Dialog>
  )
}
