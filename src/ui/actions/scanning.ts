import browser from 'webextension-polyfill'
import { textToBytes } from '../../core/bytes'
import { AppError } from '../../core/errors'
import { formatOtpauthUri } from '../../core/otpauth-uri'
import { background } from '../../rpc/client'
import { explain } from '../../scan/explain'
import { found, page, screen, tabId } from '../state'
import { startFormatsWorker, startScanWorker } from '../workers'
import { attempt } from './attempt'
import { openInTab, show } from './navigation'
import { isPopup, lookAtTab } from './page'

let stopping = new AbortController()

/** Reads the QR codes the page in front shows; the site is where it was scanned. */
export async function scanTab(): Promise<void> {
  await scanning(async (signal) => {
    await lookAtTab()
    const [{ captureTab }, { decodeInWorker }] = await Promise.all([
      import('../../scan/sources/tab'),
      import('../../scan/decode'),
    ])
    const texts = await decodeInWorker(await captureTab(tabId.value), signal, startScanWorker)
    await proposeAll(texts, page.value?.origin ?? '')
  }, scanTab)
}

/** Reads the QR codes of a picture that was chosen, dropped or pasted. */
export async function scanFiles(files: Iterable<File>): Promise<void> {
  await scanning(async (signal) => {
    const [{ imageAmong }, { decodeInWorker }] = await Promise.all([
      import('../../scan/sources/file'),
      import('../../scan/decode'),
    ])
    await proposeAll(await decodeInWorker(imageAmong(files), signal, startScanWorker), '')
  })
}

/** Shows the camera in `video` until a code was seen or scanning is stopped. */
export async function scanWithCamera(video: HTMLVideoElement): Promise<void> {
  await scanning(async (signal) => {
    const [{ scanCamera }, { createDecoder }] = await Promise.all([
      import('../../scan/sources/camera'),
      import('../../scan/decode'),
    ])
    await proposeAll(await scanCamera(video, signal, createDecoder(startScanWorker)), '')
  })
}

/** Takes what a paste brought, a picture or an address; null asks the clipboard itself. */
export async function scanPasted(event: ClipboardEvent | null): Promise<void> {
  await scanning(async (signal) => {
    const { pastedIn, readClipboard } = await import('../../scan/sources/clipboard')
    const pasted = event ? pastedIn(event) : await readClipboard()
    if (pasted.kind === 'text') return proposeAll([pasted.text], '')
    const { decodeInWorker } = await import('../../scan/decode')
    await proposeAll(await decodeInWorker(pasted.image, signal, startScanWorker), '')
  })
}

/** Takes an address that was typed or pasted as text. */
export async function readAddress(address: string): Promise<void> {
  await scanning(() => proposeAll([address.trim()], ''))
}

/** Ends a scan that is at work. */
export function stopScanning(): void {
  stopping.abort(new DOMException('stopped', 'AbortError'))
}

/** Firefox closes the popup for its file dialog, so there the chooser has a tab of its own. */
export async function openImages(): Promise<void> {
  if (isFirefox() && (await isPopup())) return openInTab('image')
  show({ name: 'image' })
}

/** The browser's question for the camera would close the popup, so it is asked in a tab. */
export async function openCamera(): Promise<void> {
  if (await isPopup()) return openInTab('camera')
  show({ name: 'camera' })
}

function isFirefox(): boolean {
  return browser.runtime.getURL('').startsWith('moz-extension:')
}

async function scanning(read: (signal: AbortSignal) => Promise<void>, again?: () => Promise<void>): Promise<void> {
  stopping = new AbortController()
  const { signal } = stopping
  const untilStopped = async () => {
    try {
      await read(signal)
    } catch (error) {
      // Stopped by the user: nothing failed.
      if (!signal.aborted) throw error
    }
  }
  await attempt('scan', untilStopped, again)
}

/** Shows what the texts would add. Throws the first reason when none of them is an account. */
async function proposeAll(scanned: readonly string[], origin: string): Promise<void> {
  if (scanned.length === 0) throw new AppError('scan/nothing-found')
  const transfer = scanned.some((text) => explain(text).kind === 'transfer')
  const { texts, left } = transfer ? await accountsIn(scanned) : { texts: scanned, left: 0 }
  // Accounts that are handed over belong to many sites, and hardly to the page that shows the code.
  const site = transfer ? '' : origin
  const tried = await Promise.allSettled(texts.map((text) => background.propose(text, site)))
  const proposals = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = tried.find((one) => one.status === 'rejected')
  if (proposals.length === 0) throw refused?.reason
  found.value = { proposals, chosen: false, unreadable: texts.length - proposals.length + left }
  screen.value = { name: 'list' }
}

/**
 * A transfer code of another app holds many accounts: each becomes an address of its own. `left`: how many rows did not
 * come through as they stood, a part that is missing among them.
 */
async function accountsIn(texts: readonly string[]): Promise<{ texts: readonly string[]; left: number }> {
  const { inWorker } = await import('../../formats/in-worker')
  const job = { kind: 'read', bytes: textToBytes(texts.join('\n')), options: {} } as const
  const { entries, problems } = await inWorker(job, stopping.signal, startFormatsWorker)
  return { texts: entries.map(formatOtpauthUri), left: problems.length }
}
