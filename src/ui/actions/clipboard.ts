import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { settings } from '../../settings'
import { codes } from '../state'
import { attempt } from './attempt'
import { say } from './toast'

/** Copies the account's code, or the one after it; the background clears the clipboard after a while (OTP-5). */
export async function copyCode(id: string, which: 'code' | 'nextCode' = 'code'): Promise<void> {
  const code = codes.value.get(id)?.[which]
  if (!code) return
  const seconds = await attempt('list', async () => {
    await navigator.clipboard.writeText(code).catch((cause: unknown) => {
      throw new AppError('clipboard/refused', {}, { cause })
    })
    await background.codeCopied(id)
    return settings.clipboardClearSeconds.get()
  })
  if (seconds !== null) say({ text: text('copied', { seconds }) })
}
