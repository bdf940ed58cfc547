import { type Bytes, base64ToBytes, bytesToBase64 } from '../../core/bytes'
import { AppError } from '../../core/errors'
import { announce } from '../../rpc/client'
import type { PasskeyMade, PasskeyView, PasskeyWish, WayIn, WaysView } from '../../rpc/way-calls'
import { settings } from '../../settings'
import * as session from '../../vault/session'
import { lock, locksSoFar } from './autolock'
import { notePassphraseUsed } from './guessing'
import { isJustMade, wasJustMade } from './just-made'
import { keyOnceMore } from './key-once-more'
import { beginOpen } from './opened'
import { replaceKeyBy, vault, vaultKey } from './unlocked'

/** So long may a vault be opened without its passphrase before that is asked for again (KEY-10). */
const PASSPHRASE_EVERY_MS = 7 * 24 * 60 * 60 * 1000

const PRF_INPUT_BYTES = 32
const USER_ID_BYTES = 16

/** What opens the vault beside the passphrase. */
export async function ways(now: number): Promise<WaysView> {
  const slots = await vault.slots()
  const sheet = slots.find(({ kind }) => kind === 'sheet')
  return {
    sheet: sheet ? { id: sheet.id, onPaper: (await settings.sheetOnPaper.get()) === sheet.id } : null,
    passkeys: slots.flatMap((slot): PasskeyView[] => {
      if (slot.kind !== 'passkey') return []
      return [{ id: slot.id, credentialId: slot.credentialId, prfInput: slot.prfInput }]
    }),
    passphraseDue: isDue(await settings.passphraseUsedAt.get(), now),
    firstSheetFree: sheet === undefined && (await isJustMade(now)),
  }
}

/** A clock that was set back makes it due, too. */
function isDue(usedAt: number | null, now: number): boolean {
  return usedAt === null || usedAt > now || now - usedAt >= PASSPHRASE_EVERY_MS
}

/** Opens the vault. No try has to wait: neither a sheet's code nor what a passkey answers can be guessed. */
export async function unlockWith(way: WayIn): Promise<void> {
  await beginOpen(() => keyBy(way))
}

/** Asked for the way in once more: an open vault alone must not let whoever finds it set a passphrase. */
export async function setPassphrase(way: WayIn, next: string): Promise<void> {
  await vaultKey()
  await vault.setPassphrase(await keyBy(way), next)
  await notePassphraseUsed(Date.now())
}

/**
 * The old key is forgotten before it is replaced: cut off in between, the vault is locked and opens with one passphrase or the
 * other, and no key is kept that opens nothing (VLT-12). Pages that ask meanwhile wait for the new one.
 */
export async function changeKey(current: string, next: string): Promise<void> {
  const locks = locksSoFar()
  const key = await keyOnceMore(current)
  await replaceKeyBy(async () => {
    await session.forget()
    await beginOpen(
      () => vault.changeKey(current, next).catch((error: unknown) => goBackAndThrow(key, error, locks)),
      locks,
    )
  })
  await announce('ways-changed')
}

/** Whether the failure came before the new key was in force or after, only the vault knows; in doubt it is locked. */
async function goBackAndThrow(key: string, error: unknown, locks: number): Promise<never> {
  const opens = await vault.read(key).then(
    () => true,
    () => false,
  )
  await (opens ? beginOpen(async () => key, locks) : lock())
  throw error
}

/** Answers the code to print. */
export async function addSheet(passphrase: string): Promise<string> {
  return sheetFor(await keyOnceMore(passphrase))
}

/**
 * The first sheet of a vault that was made just now, for who chose its passphrase then and is not asked twice; null where it
 * has to be asked for. Of the passphrase nothing is kept for this: the key of the open vault is enough (MEM-1).
 */
export async function addFirstSheet(now: number): Promise<string | null> {
  await vaultKey()
  if (!(await ways(now)).firstSheetFree || !(await wasJustMade(now))) return null
  // Asked for once more, since it may have been locked meanwhile (KEY-8).
  return sheetFor(await vaultKey())
}

async function sheetFor(key: string): Promise<string> {
  const code = await vault.addSheet(key)
  await announce('ways-changed')
  return code
}

/** What to make a passkey with, for who knows the passphrase. */
export async function beginPasskey(passphrase: string): Promise<PasskeyWish> {
  await keyOnceMore(passphrase)
  const { passkeys } = await ways(Date.now())
  return {
    userId: random(USER_ID_BYTES),
    prfInput: random(PRF_INPUT_BYTES),
    known: passkeys.map(({ credentialId }) => credentialId),
  }
}

export async function addPasskey(passphrase: string, { prfOutput, ...passkey }: PasskeyMade): Promise<void> {
  const key = await keyOnceMore(passphrase)
  await vault.addPasskey(key, { ...passkey, prfOutput: answered(prfOutput) })
  await announce('ways-changed')
}

/** For who knows the passphrase, as when it was added: whoever finds the vault open must not take away how to get in. */
export async function removeWay(passphrase: string, id: string): Promise<void> {
  await vault.removeSlot(await keyOnceMore(passphrase), id)
  await announce('ways-changed')
}

async function keyBy(way: WayIn): Promise<string> {
  if ('sheet' in way) return vault.unlockWithSheet(way.sheet)
  return vault.unlockWithPasskey(way.passkeyId, answered(way.prfOutput))
}

function answered(prfOutput: string): Bytes {
  const bytes = base64ToBytes(prfOutput)
  if (!bytes) throw new AppError('vault/wrong-passkey')
  return bytes
}

function random(length: number): string {
  return bytesToBase64(crypto.getRandomValues(new Uint8Array(length)))
}
