import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { settings } from '../../settings'
import { attempt } from './attempt'
import { say } from './toast'

/** The account as an `otpauth://` address, or null with the reason on the screen. */
export async function showSecret(entryId: string, passphrase: string): Promise<string | null> {
  return attempt('secret', () => background.showSecret(entryId, passphrase))
}

/** Copies an address that is on the screen; the background clears the clipboard after a while (OTP-5). */
export async function copyAddress(address: string): Promise<void> {
  const seconds = await attempt('secret', async () => {
    await navigator.clipboard.writeText(address).catch((cause: unknown) => {
      throw new AppError('clipboard/refused', {}, { cause })
    })
    await background.clearClipboardLater()
    return settings.clipboardClearSeconds.get()
  })
  if (seconds !== null) say({ text: text('copied', { seconds }) })
}
