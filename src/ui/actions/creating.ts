import { errorText, text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { passkeysPossible } from '../ways-state'
import { attempt } from './attempt'
import { openInTab } from './navigation'
import { refuseWeak } from './passphrase'
import { makePasskey } from './passkey'
import { preferences } from './preferences'
import { say } from './toast'
import { refresh } from './vault'

/** Creates the vault, with a passkey that opens it as well where that is wished; then come the first steps. */
export async function createVault(passphrase: string, withPasskey: boolean): Promise<void> {
  const created = await attempt('create', async () => {
    await refuseWeak(passphrase)
    await background.createVault(passphrase)
    await preferences.firstSteps.choose([])
    if (withPasskey && passkeysPossible.value) await addFirstPasskey(passphrase)
  })
  if (created !== null) await refresh()
}

/** The vault is there already: without a passkey it is as good, and one can be added later. */
async function addFirstPasskey(passphrase: string): Promise<void> {
  try {
    const passkey = await makePasskey(await background.beginPasskey(passphrase))
    await background.addPasskey(passphrase, passkey)
    say({ text: text('passkey_added') })
  } catch (error) {
    say({ text: `${text('passkey_not_added')} ${errorText(error)}` })
  }
}

/** The browser's question would close the popup, so a passkey is made in a tab. */
export async function createInTab(): Promise<void> {
  await openInTab('create')
}

/** Whether the popup opened this tab for a vault with a passkey. */
export function askedToCreate(): boolean {
  return new URLSearchParams(location.search).get('screen') === 'create'
}
