import { textToBytes } from '../../core/bytes'
import { AppError } from '../../core/errors'
import { formatOtpauthUri } from '../../core/otpauth-uri'
import { background } from '../../rpc/client'
import { explain } from '../../scan/explain'
import { unlessStopped } from '../../scan/in-time'
import { settings, type TransferParts } from '../../settings'
import { transferParts } from '../scan-state'
import { found, screen, status } from '../state'
import { startFormatsWorker } from '../workers'
import { scanning } from './scan-attempt'
import { forgetParts, keepParts } from './transfer-parts'

/** More QR codes than this are not kept of one transfer; other apps put ten accounts into each. */
const MOST_PARTS = 100

/**
 * Shows what the texts would add. Parts of a transfer are kept until all are there. `left`: how many pictures gave nothing.
 * Throws the first reason when none of the texts is an account.
 */
export async function proposeAll(scanned: readonly string[], origin: string, signal: AbortSignal): Promise<void> {
  if (scanned.length === 0) throw new AppError('scan/nothing-found')
  // Accounts that are handed over belong to many sites, and hardly to the page that shows the code.
  if (scanned.some(isTransfer)) await proposeTransfer(scanned, signal)
  else await proposeEach(scanned, origin, 0, signal)
}

/** Shows the accounts of the parts that are there. */
export async function goOnWithParts(): Promise<void> {
  await scanning(async (signal) => {
    const { texts } = transferParts.value ?? { texts: [] }
    const { accounts, left } = await accountsIn(texts, signal)
    await forgetParts()
    await proposeEach(accounts, '', left, signal)
  })
}

function isTransfer(text: string): boolean {
  return explain(text).kind === 'transfer'
}

async function proposeTransfer(scanned: readonly string[], signal: AbortSignal): Promise<void> {
  const before = (await settings.transferParts.get())?.texts ?? []
  const texts = [...new Set([...before, ...scanned])].slice(-MOST_PARTS)
  const { accounts, left, missing } = await accountsIn(texts, signal)
  if (missing === null) {
    await forgetParts()
    return proposeEach(accounts, '', left, signal)
  }
  await keepParts({ texts: texts.filter(isTransfer), ...missing })
  const others = texts.filter((text) => !isTransfer(text))
  if (others.length > 0) await proposeEach(others, '', 0, signal)
}

/** Shows nothing once the user has stopped, or has left for another place. */
async function proposeEach(texts: readonly string[], origin: string, left: number, signal: AbortSignal): Promise<void> {
  const asked = () => Promise.allSettled(texts.map((text) => background.propose(text, origin)))
  const tried = await unlessStopped(signal, asked)
  // What was answered before a lock holds secrets, too (KEY-8).
  if (status.value === 'locked' || tried.some(isLocked)) throw new AppError('vault/locked')
  const proposals = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = tried.find((one) => one.status === 'rejected')
  if (proposals.length === 0) throw refused?.reason
  found.value = { proposals, chosen: false, unreadable: texts.length - proposals.length + left }
  screen.value = { name: 'list' }
}

function isLocked(one: PromiseSettledResult<unknown>): boolean {
  return one.status === 'rejected' && one.reason instanceof AppError && one.reason.code === 'vault/locked'
}

interface Handed {
  /** Each account as an address of its own. */
  readonly accounts: readonly string[]
  /** How many rows did not come through as they stood. */
  readonly left: number
  readonly missing: Omit<TransferParts, 'texts'> | null
}

async function accountsIn(texts: readonly string[], signal: AbortSignal): Promise<Handed> {
  const { inWorker } = await import('../../formats/in-worker')
  const job = { kind: 'read', bytes: textToBytes(texts.join('\n')), options: {} } as const
  const { entries, problems } = await inWorker(job, signal, startFormatsWorker)
  const lacking = problems.find(({ reason }) => reason === 'format/parts-missing')
  return {
    accounts: entries.map(formatOtpauthUri),
    left: problems.length,
    missing: lacking ? partsOf(lacking.row) : null,
  }
}

/** The importer names missing parts as `2/3, 3/3`. */
function partsOf(row: string): Omit<TransferParts, 'texts'> {
  const pairs = [...row.matchAll(/(\d+)\/(\d+)/g)]
  return { missing: pairs.map(([, part]) => Number(part)), total: Number(pairs[0]?.[2] ?? 0) }
}
