import { signal } from '@preact/signals'
import type { AdminCredentials } from '../../rpc/admin-calls'
import type { TextKey } from '../../i18n/text'

/** What was done on this page, without any secret. */
export interface Done {
  key: Extract<TextKey, `admin_log_${string}`>
  userId: string
  at: number
}

/** The pool's credentials: here and nowhere else, until they are forgotten (ADM-2). */
export const credentials = signal<AdminCredentials | null>(null)
/** Which kinds of second factor the user last asked about has. */
export const userStatus = signal<{ userId: string; kinds: Readonly<Record<string, boolean>> } | null>(null)
export const importedRecoveryCode = signal<string | null>(null)
export const log = signal<readonly Done[]>([])
