import type { EntryDraft, Proposal } from '../../rpc/account-calls'
import { background } from '../../rpc/client'
import { found } from '../state'
import { loadAccounts, sayAdded } from './accounts'
import { attempt, forgetFailure } from './attempt'

/** Stores the first account found, as the user agreed to it; then the next one is shown. */
export async function addFound(draft: EntryDraft): Promise<void> {
  const added = await attempt('proposal', async () => {
    const entry = await background.addEntry(draft)
    await loadAccounts()
    return entry
  })
  if (!added) return
  sayAdded(added)
  skipFound()
}

/** Goes on to the next account found without storing this one. */
export function skipFound(): void {
  forgetFailure('proposal')
  const rest = found.value?.proposals.slice(1) ?? []
  found.value = rest.length > 0 ? { proposals: rest, unreadable: 0, chosen: true } : null
}

/** Of several accounts in one picture, goes on with those the user chose. */
export function chooseFound(proposals: readonly Proposal[]): void {
  found.value = proposals.length > 0 ? { proposals, unreadable: 0, chosen: true } : null
}
