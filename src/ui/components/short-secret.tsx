import type { VNode } from 'preact'
import { ENTRY_LIMITS } from '../../core/entry'
import { text } from '../../i18n/text'
import type { EntryDraft } from '../../rpc/account-calls'

/** Says that an account's secret is shorter than sites should make them, before it is stored (INP-2). */
export function ShortSecret({ of }: { of: Pick<EntryDraft, 'type' | 'secret'> }): VNode | null {
  return isShort(of) ? <span class="hint">{text('import_secret_short')}</span> : null
}

/** mOTP has a length of its own, and is stretched by its PIN. */
function isShort({ type, secret }: Pick<EntryDraft, 'type' | 'secret'>): boolean {
  const digits = secret.replace(/[\s\-=]/g, '').length
  return type !== 'motp' && Math.floor((digits * 5) / 8) < ENTRY_LIMITS.shortSecretBytes
}
