import { signal } from '@preact/signals'
import { AppError } from '../../core/errors'
import type { Strength } from '../../passphrase/strength'

const judge = signal<((passphrase: string) => Strength) | null>(null)

/** Loads the estimator and its dictionaries; for screens where a passphrase is chosen, before one is typed. */
export async function prepareJudge(): Promise<void> {
  const { strengthOf } = await import('../../passphrase/strength')
  judge.value = strengthOf
}

/** Null until the estimator is there. */
export function judged(passphrase: string): Strength | null {
  return judge.value?.(passphrase) ?? null
}

/** Whoever sends a new passphrase to the background comes by here. Throws `vault/passphrase-too-weak` (KEY-4). */
export async function refuseWeak(passphrase: string): Promise<void> {
  await prepareJudge()
  if (!judged(passphrase)?.enough) throw new AppError('vault/passphrase-too-weak')
}

/** Five words made by chance. */
export async function madePassphrase(): Promise<string> {
  const { newPassphrase } = await import('../../passphrase/suggestion')
  return newPassphrase()
}
