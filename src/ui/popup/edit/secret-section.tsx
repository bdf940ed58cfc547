import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { copyAddress, showSecret } from '../../actions/transfer-secret'
import { FailureNote } from '../../components/failure-note'
import { PassphraseForm } from '../../components/passphrase-form'
import { QrCode } from '../../components/qr-code'

const SHOWN_MS = 60_000

/** The account's own QR code, for another device; only for who knows the passphrase. */
export function SecretSection({ entryId }: { entryId: string }): VNode {
  const address = useSignal<string | null>(null)
  const asking = useSignal(false)
  const hide = () => (address.value = null)
  // What is on the screen does not stay there for who comes by later (A11).
  useEffect(() => {
    if (address.value === null) return undefined
    const timer = setTimeout(hide, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [address.value])
  const tryPassphrase = async (passphrase: string) => {
    address.value = await showSecret(entryId, passphrase)
    return address.value !== null
  }
  return (
    <section class="block">
      <h2>{text('other_device')}</h2>
      {address.value !== null && <Shown address={address.value} onHide={hide} />}
      {asking.value && (
        <PassphraseForm
          place="secret"
          hint={text('secret_show_lead')}
          onPassphrase={tryPassphrase}
          onDone={() => (asking.value = false)}
        />
      )}
      {address.value === null && !asking.value && (
        <div class="actions start">
          <button type="button" onClick={() => (asking.value = true)}>
            {text('show_qr_code')}
          </button>
        </div>
      )}
    </section>
  )
}

function Shown({ address, onHide }: { address: string; onHide: () => void }): VNode {
  return (
    <>
      <p class="soft">{text('secret_shown_lead')}</p>
      <QrCode value={address} />
      <p class="hint">{text('copy_address_warning')}</p>
      <FailureNote place="secret" />
      <div class="actions start">
        <button type="button" onClick={onHide}>
          {text('hide')}
        </button>
        <button type="button" onClick={() => void copyAddress(address)}>
          {text('copy_address')}
        </button>
      </div>
    </>
  )
}
