import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { askedForPasskey, loadWays, unlockWithPasskey } from '../actions/ways'
import { ways } from '../ways-state'
import { PasskeyButton } from './passkey-button'

/** Below the passphrase: a passkey in its place, unless it is time to type the passphrase once more (KEY-10). */
export function PasskeyOffer(): VNode | null {
  useEffect(() => void begin(), [])
  const known = ways.value
  if (!known || known.passkeys.length === 0) return null
  if (known.passphraseDue) return <p class="note">{text('passphrase_due')}</p>
  return <PasskeyButton label={text('unlock_with_passkey')} />
}

/** A tab that the popup opened for the passkey asks for it at once. */
async function begin(): Promise<void> {
  await loadWays()
  const asked = askedForPasskey()
  if (asked && ways.value?.passkeys.length) await unlockWithPasskey({ forgotten: asked === 'forgotten' })
}
