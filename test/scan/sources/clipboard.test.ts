import { describe, expect, it } from 'vitest'

import { pastedIn, readClipboard } from '../../../src/scan/sources/clipboard'

const PNG = new File(['png'], 'image.png', { type: 'image/png' })
const TEXT_FILE = new File(['x'], 'a.txt', { type: 'text/plain' })

function pasting(files: File[], text: string): ClipboardEvent {
  return { clipboardData: { files, getData: (type: string) => (type === 'text/plain' ? text : '') } } as never
}

/** A clipboard of items, each a map of types to contents. */
function holding(...items: Record<string, string>[]): Pick<Clipboard, 'read'> {
  return {
    read: async () =>
      items.map((item) => ({
        types: Object.keys(item),
        getType: async (type: string) => new Blob([item[type] ?? ''], { type }),
      })) as never,
  }
}

describe('pastedIn', () => {
  it('prefers the picture', () => {
    expect(pastedIn(pasting([TEXT_FILE, PNG], 'text'))).toEqual({ kind: 'image', image: PNG })
  })

  it('takes the text without the space around it', () => {
    expect(pastedIn(pasting([], ' otpauth://totp/a \n'))).toEqual({ kind: 'text', text: 'otpauth://totp/a' })
  })

  it.each([
    ['nothing', pasting([], '')],
    ['spaces', pasting([TEXT_FILE], ' \n')],
    ['no clipboard at all', { clipboardData: null } as ClipboardEvent],
  ])('says so when it brings %s', (_what, event) => {
    expect(() => pastedIn(event)).toThrow(expect.objectContaining({ code: 'scan/clipboard-empty' }))
  })
})

describe('readClipboard', () => {
  it('prefers the picture, whichever item it is in', async () => {
    const pasted = await readClipboard(holding({ 'text/plain': 'a', 'text/html': '<b>a' }, { 'image/png': 'png' }))
    expect(pasted.kind === 'image' && (await pasted.image.text())).toBe('png')
  })

  it('takes the text where there is no picture', async () => {
    expect(await readClipboard(holding({ 'text/html': '<b>a', 'text/plain': ' a ' }))).toEqual({
      kind: 'text',
      text: 'a',
    })
  })

  it.each([
    ['nothing', holding()],
    ['only markup', holding({ 'text/html': '<b>a' })],
    ['an empty text', holding({ 'text/plain': '' })],
  ])('says so when it holds %s', async (_what, clipboard) => {
    await expect(readClipboard(clipboard)).rejects.toMatchObject({ code: 'scan/clipboard-empty' })
  })

  it('says so when the browser or the user refuses', async () => {
    const clipboard = { read: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }
    await expect(readClipboard(clipboard)).rejects.toMatchObject({ name: 'AppError', code: 'scan/clipboard-refused' })
  })
})
