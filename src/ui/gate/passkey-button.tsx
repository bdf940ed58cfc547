import { KeyRound } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { unlockWithPasskey } from '../actions/ways'
import { running } from '../state'
import { FailureNote } from '../components/failure-note'
import { Icon } from '../components/icon'

/** Opens the vault by a passkey. Meanwhile the passphrase may still be typed: the device may be elsewhere. */
export function PasskeyButton({ label, forgotten = false }: { label: string; forgotten?: boolean }): VNode {
  const busy = running.value.has('unlock-passkey')
  return (
    <>
      <FailureNote place="unlock-passkey" />
      <button
        type="button"
        class="wide with-icon"
        aria-disabled={busy}
        onClick={() => void unlockWithPasskey({ forgotten })}
      >
        <Icon node={KeyRound} size={17} />
        {busy ? text('waiting_for_passkey') : label}
      </button>
    </>
  )
}
