import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { background } from '../../rpc/client'
import { screen } from '../state'
import { loadAccounts, trashAccount } from './accounts'
import { attempt } from './attempt'
import { say } from './toast'

/** Whether the MFA server asks for the account's codes, or may do so. */
export function isHeldByServer({ phase }: EntryView): boolean {
  return phase === 'bound' || phase === 'confirming' || phase === 'unbinding'
}

/** Moves an account to the trash; one that a server asks for is unbound there first (BND-7). */
export async function deleteAccount(entry: EntryView): Promise<boolean> {
  return isHeldByServer(entry) ? unbindAndTrash(entry.id) : trashAccount(entry.id)
}

async function unbindAndTrash(id: string): Promise<boolean> {
  const kind = await attempt('delete', async () => {
    const result = await unbind(id)
    if (result.kind === 'unknown') throw new AppError('mfa/outcome-unknown')
    await loadAccounts()
    return result.kind
  })
  if (kind === null) return false
  screen.value = { name: 'list' }
  say({ text: text(kind === 'unbound' ? 'unbound_done' : 'unbound_not_asked') })
  return true
}

/** Where nobody is signed in who could unbind it, the account stays, and that is the reason. */
async function unbind(id: string): ReturnType<typeof background.unbind> {
  try {
    return await background.unbind(id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'mfa/not-signed-in') throw new AppError('entry/still-bound')
    throw error
  }
}

/** Where the server's record is lost nobody can be asked: the account goes on without it, secret and all. */
export async function keepWithoutServer(id: string): Promise<void> {
  const kept = await attempt('delete', async () => {
    await background.letGo(id, 'plain')
    await loadAccounts()
  })
  if (kept === null) return
  screen.value = { name: 'list' }
  say({ text: text('kept_plain') })
}
