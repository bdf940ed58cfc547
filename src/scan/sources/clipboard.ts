import { AppError } from '../../core/errors'

/** What was pasted: a picture to scan, or a text to take as if it had been scanned. */
export type Pasted = { readonly kind: 'image'; readonly image: Blob } | { readonly kind: 'text'; readonly text: string }

/** What a `paste` event brings; the picture where there is one. Throws `scan/clipboard-empty`. */
export function pastedIn({ clipboardData }: ClipboardEvent): Pasted {
  const image = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))
  return pasted(image, clipboardData?.getData('text/plain'))
}

/**
 * Asks for the clipboard's content; the browser may ask the user. Throws `scan/clipboard-refused` where it may not be
 * read, `scan/clipboard-empty` where it holds neither picture nor text.
 */
export async function readClipboard(clipboard: Pick<Clipboard, 'read'> = navigator.clipboard): Promise<Pasted> {
  const items = await granted(() => clipboard.read())
  const image = await firstOf(items, (type) => type.startsWith('image/'))
  const text = await firstOf(items, (type) => type === 'text/plain')
  return pasted(image, await text?.text())
}

function pasted(image: Blob | undefined, text: string | undefined): Pasted {
  if (image) return { kind: 'image', image }
  if (text === undefined || text.trim() === '') throw new AppError('scan/clipboard-empty')
  return { kind: 'text', text: text.trim() }
}

async function firstOf(items: readonly ClipboardItem[], wanted: (type: string) => boolean): Promise<Blob | undefined> {
  for (const item of items) {
    const type = item.types.find(wanted)
    if (type !== undefined) return granted(() => item.getType(type))
  }
  return undefined
}

async function granted<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw new AppError('scan/clipboard-refused', {}, { cause })
  }
}
