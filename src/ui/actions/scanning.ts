import { AppError } from '../../core/errors'
import type { Decoder } from '../../scan/decode'
import { unlessStopped } from '../../scan/in-time'
import { transferParts } from '../scan-state'
import { page, tabId } from '../state'
import { startScanWorker } from '../workers'
import { openInTab, show } from './navigation'
import { isFirefox } from './surface'
import { isPopup, lookAtTab } from './page'
import { proposeAll } from './proposing'
import { scanning } from './scan-attempt'

/** Reads the QR codes the page in front shows; the site is where it was scanned. */
export async function scanTab(): Promise<void> {
  await scanning(async (signal) => {
    await unlessStopped(signal, lookAtTab)
    const [{ captureTab }, { decodeInWorker }] = await Promise.all([
      import('../../scan/sources/tab'),
      import('../../scan/decode'),
    ])
    const picture = await unlessStopped(signal, () => captureTab(tabId.value))
    const texts = await decodeInWorker(picture, signal, startScanWorker)
    await proposeAll(texts, page.value?.origin ?? '', signal)
  }, scanTab)
}

/** Reads the QR codes of pictures that were chosen, dropped or pasted; all of them as if they were one. */
export async function scanFiles(files: Iterable<File>): Promise<void> {
  await scanning(async (signal) => {
    const [{ imagesAmong }, { createDecoder }] = await Promise.all([
      import('../../scan/sources/file'),
      import('../../scan/decode'),
    ])
    const images = imagesAmong(files)
    const decoder = createDecoder(startScanWorker)
    try {
      await proposeAll(await textsOfAll(images, decoder, signal), '', signal)
    } finally {
      decoder.close()
    }
  })
}

/** Of several pictures those that cannot be read cost no other. Throws the first reason when none gave a text. */
async function textsOfAll(images: readonly Blob[], decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  const texts = new Set<string>()
  const reasons: unknown[] = []
  for (const image of images) {
    try {
      for (const text of await decoder.decode(image, signal)) texts.add(text)
    } catch (error) {
      signal.throwIfAborted()
      reasons.push(error)
    }
  }
  if (texts.size === 0 && reasons.length > 0) throw reasons[0]
  return [...texts]
}

/** Shows the camera in `video` until a code was seen, and all parts where it is one of a transfer, or scanning is stopped. */
export async function scanWithCamera(video: HTMLVideoElement): Promise<void> {
  await scanning(async (signal) => {
    const [{ scanCamera }, { createDecoder }] = await Promise.all([
      import('../../scan/sources/camera'),
      import('../../scan/decode'),
    ])
    do {
      const known = transferParts.value?.texts ?? []
      const texts = await scanCamera(video, signal, createDecoder(startScanWorker), known)
      await proposeAll(texts, '', signal)
    } while (transferParts.value !== null)
  })
}

/** Takes what a paste brought, pictures or an address; null asks the clipboard itself. */
export async function scanPasted(event: ClipboardEvent | null): Promise<void> {
  await scanning(async (signal) => {
    const { pastedIn, readClipboard } = await import('../../scan/sources/clipboard')
    const pasted = event ? pastedIn(event) : await unlessStopped(signal, readClipboard)
    if (pasted.kind === 'text') return proposeAll([pasted.text], '', signal)
    const { decodeInWorker } = await import('../../scan/decode')
    await proposeAll(await decodeInWorker(pasted.image, signal, startScanWorker), '', signal)
  })
}

/** Takes addresses that were typed or pasted as text, one a line. */
export async function readAddress(address: string): Promise<void> {
  const lines = address.split(/\r?\n/).map((line) => line.trim())
  await scanning((signal) => proposeAll(lines.filter(Boolean), '', signal))
}

/**
 * Reads the picture whose context menu was used, in the tab that it opened; does nothing where none waits. Where the page
 * keeps its pixels to itself, what the tab shows is looked at instead.
 */
export async function scanPicked(): Promise<void> {
  const { takePicked } = await import('./picked-picture')
  const picked = await takePicked()
  if (!picked) return
  await scanning(async (signal) => {
    const { decodeInWorker } = await import('../../scan/decode')
    const texts = await decodeInWorker(await unlessStopped(signal, picked.picture), signal, startScanWorker)
    await proposeAll(texts, picked.origin, signal)
  })
}

/** Looks at the whole page in front: its pictures' own pixels first, then view by view. */
export async function scanWholePage(): Promise<void> {
  await scanning(async (signal) => {
    await unlessStopped(signal, lookAtTab)
    if (tabId.value === null) throw new AppError('scan/page-protected')
    const { textsOnPage } = await import('./whole-page')
    await proposeAll(await textsOnPage(tabId.value, signal), page.value?.origin ?? '', signal)
  }, scanWholePage)
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
