import browser from 'webextension-polyfill'
import { base64ToBytes, bytesToBase64 } from '../core/bytes'
import { ENTRY_DEFAULTS, type NewEntry } from '../core/entry'
import { codeAt } from '../core/otp'
import type { DemoView } from '../rpc/demo-calls'
import { type DemoAccount, type DemoKind, settings } from '../settings'
import { vaultKey } from './vault/unlocked'

const SECRET_BYTES = 20

/** How the accounts differ, so that the user sees that sites do. */
const PARAMETERS: Readonly<Record<DemoKind, Pick<NewEntry, 'type' | 'digits'>>> = {
  mail: { type: 'totp', digits: 6 },
  bank: { type: 'totp', digits: 8 },
  games: { type: 'steam', digits: 5 },
}

/** The demo account with its code of this moment; null while there is none. */
export async function demo(now: number): Promise<DemoView | null> {
  const account = await settings.demo.get()
  return account ? viewOf(account, now) : null
}

/** Makes a demo account. It lies beside the unlocked key, and goes with it; the vault never sees it. */
export async function startDemo(kind: DemoKind, now: number): Promise<DemoView> {
  await vaultKey()
  const account = { kind, secret: bytesToBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))) }
  await settings.demo.set(account)
  return viewOf(account, now)
}

/** Whether the demo site takes the code: as servers do, also the one just before, for who is slow. */
export async function signInToDemo(code: string, now: number): Promise<boolean> {
  const account = await settings.demo.get()
  if (!account) return false
  const entry = entryOf(account)
  return [now, now - entry.periodSeconds * 1_000].some((moment) => codeAt(entry, moment).code === code.trim())
}

/** Forgets it, and that there was one. */
export async function endDemo(): Promise<void> {
  await browser.storage.session.remove([settings.demo.key, settings.tourStep.key])
}

function viewOf(account: DemoAccount, now: number): DemoView {
  return { kind: account.kind, ...codeAt(entryOf(account), now) }
}

function entryOf({ kind, secret }: DemoAccount): NewEntry {
  const { type, digits } = PARAMETERS[kind]
  const { algorithm, periodSeconds } = ENTRY_DEFAULTS[type]
  return {
    type,
    digits,
    algorithm,
    periodSeconds,
    issuer: kind,
    label: '',
    secret: base64ToBytes(secret) ?? new Uint8Array(),
  }
}
