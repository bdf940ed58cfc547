import { type Signal, useSignal } from '@preact/signals'
import { KeyRound } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { askedToCreate, createInTab } from '../actions/creating'
import { isPopup } from '../actions/page'
import { lookForPasskeys } from '../actions/ways'
import { Icon } from '../components/icon'
import { Tick } from '../components/switch'
import { passkeysPossible } from '../ways-state'

interface FirstPasskeyProps {
  wanted: Signal<boolean>
  /** Whether a passphrase is being chosen already. */
  chosen: boolean
}

/** Offers a passkey beside the first passphrase, which stays a way in (KEY-9). Nothing where the browser has none for us. */
export function FirstPasskey({ wanted, chosen }: FirstPasskeyProps): VNode | null {
  const inPopup = useSignal<boolean | null>(null)
  useEffect(() => {
    void lookForPasskeys()
    void isPopup().then((popup) => (inPopup.value = popup))
  }, [])
  if (!passkeysPossible.value || inPopup.value === null) return null
  if (inPopup.value) return chosen ? null : <InTab />
  return (
    <Tick
      label={text('create_passkey')}
      hint={askedToCreate() ? null : text('create_passkey_hint')}
      on={wanted.value}
      onChange={(on) => (wanted.value = on)}
    />
  )
}

/** A popup would not outlive the browser's question. Asked only before anything is typed: the tab begins anew. */
function InTab(): VNode {
  return (
    <button type="button" class="link centred-link" onClick={() => void createInTab()}>
      <Icon node={KeyRound} size={16} />
      {text('create_with_passkey')}
    </button>
  )
}
