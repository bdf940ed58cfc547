import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Reply, Source } from '../../src/scan/messages'
import { modulesOf, page, put } from './draw'

const posted = vi.fn<(reply: Reply) => void>()
let receive: (event: { data: Source }) => Promise<void>

beforeEach(async () => {
  vi.resetModules()
  posted.mockReset()
  vi.stubGlobal('self', {
    addEventListener: (_type: string, listener: typeof receive) => (receive = listener),
    postMessage: posted,
  })
  await import('../../src/scan/worker')
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function replyTo(source: Source): Promise<Reply | undefined> {
  await receive({ data: source })
  expect(posted).toHaveBeenCalledOnce()
  return posted.mock.calls[0]?.[0]
}

describe('the decoding worker', () => {
  it('answers the texts in the pixels', async () => {
    const image = page(300, 300)
    put(image, await modulesOf('otpauth://totp/a?secret=JBSWY3DP'), 20, 20)
    expect(await replyTo(image)).toEqual({ kind: 'texts', texts: ['otpauth://totp/a?secret=JBSWY3DP'] })
  })

  it('answers no texts where there is no code', async () => {
    expect(await replyTo(page(50, 50))).toEqual({ kind: 'texts', texts: [] })
  })

  it('says so where there is a code that cannot be read', async () => {
    // However busy the machine is, no time passes.
    vi.spyOn(performance, 'now').mockReturnValue(0)
    const image = page(300, 300)
    const code = await modulesOf('otpauth://totp/a?secret=JBSWY3DP')
    // The corners are whole, and everything between them is noise.
    const dark = (x: number, y: number): boolean =>
      (x < 8 || x >= code.size - 8) && (y < 8 || y >= code.size - 8) ? code.dark(x, y) : (x * 7 + y * 13) % 5 < 2
    put(image, { size: code.size, dark }, 20, 20, { scale: 5 })
    expect(await replyTo(image)).toEqual({ kind: 'failed', code: 'scan/too-small' })
  })

  it.each<[string, Source, string]>([
    ['a file that is no picture', new Blob(['hello']), 'scan/image-unreadable'],
    ['too large a picture', { data: new Uint8ClampedArray(4), width: 1e6, height: 1e6 }, 'scan/image-too-large'],
    ['something else altogether', {} as Source, 'scan/image-unreadable'],
  ])('answers the code of what is wrong with %s (INP-6)', async (_what, source, code) => {
    expect(await replyTo(source)).toEqual({ kind: 'failed', code })
  })
})
