// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { writeExport } from '../../src/formats/index'
import { readAddress, scanPicked, scanWholePage } from '../../src/ui/actions/scanning'
import { stopScanning } from '../../src/ui/actions/scan-attempt'
import { startAgain } from '../../src/ui/actions/start'
import { lock } from '../../src/ui/actions/vault'
import { App } from '../../src/ui/popup/app'
import { pagePart, transferParts } from '../../src/ui/scan-state'
import { failures, found, running, status, tabId } from '../../src/ui/state'
import { settings } from '../../src/settings'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { FakeWorker } from './fake-worker'
import { button, fillVault, press, screen, setStage, show, waitFor } from './stage'

const URI = 'otpauth://totp/Acme:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Acme'

const { decode, captured } = vi.hoisted(() => ({
  decode: vi.fn(async (_image: Blob, _signal?: AbortSignal): Promise<readonly string[]> => []),
  captured: vi.fn(async (_tabId: number | null) => new Blob(['shown'])),
}))
// Neither workers nor tabs are to be had here; decoding, capturing and the browsers are proven in tests of their own.
vi.mock('../../src/ui/workers', () => ({
  startFormatsWorker: () => new FakeWorker(),
  startScanWorker: () => new FakeWorker(),
}))
vi.mock('../../src/scan/decode', () => ({ decodeInWorker: decode, createDecoder: () => ({ decode, close() {} }) }))
vi.mock('../../src/scan/sources/tab', () => ({ captureTab: captured, webTab: async () => ({ id: 7, windowId: 1 }) }))

let state: FakeState

beforeEach(async () => {
  decode.mockReset().mockResolvedValue([])
  captured.mockClear()
  await browser.storage.session.clear()
  transferParts.value = null
  found.value = null
  state = await setStage()
  fillVault(state)
  await show(<App onRetry={() => void startAgain()} />)
})

async function transferOf(count: number): Promise<string[]> {
  const entries = Array.from({ length: count }, (_, index) => parseOtpauthUri(URI.replace('bob', `bob${index}`)))
  const { bytes } = await writeExport('google', entries)
  return new TextDecoder().decode(bytes).trim().split('\n')
}

describe('a transfer in several QR codes', () => {
  it('keeps the parts, in any order and across popups, and names those that are missing', async () => {
    const parts = await transferOf(25)
    expect(parts).toHaveLength(3)
    await readAddress(parts[2] ?? '')
    await readAddress(parts[2] ?? '')
    expect(await screen.findByText(/^1 of 3 QR codes of this transfer are read\. Missing: 1, 2\./)).toBeTruthy()
    expect(found.value).toBeNull()
    transferParts.value = null
    await readAddress(parts[0] ?? '')
    expect(await screen.findByText(/^2 of 3 QR codes .* Missing: 2\./)).toBeTruthy()
    await readAddress(parts[1] ?? '')
    expect(await screen.findByRole('dialog', { name: 'Several accounts found' })).toBeTruthy()
    expect(found.value?.proposals).toHaveLength(25)
    expect(await settings.transferParts.get()).toBeNull()
  })

  it('goes on without the rest where the user wants that, or drops what is there', async () => {
    const parts = await transferOf(15)
    await readAddress(parts[1] ?? '')
    press('Go on without them')
    await waitFor(() => expect(found.value?.proposals).toHaveLength(5))
    expect(transferParts.value).toBeNull()
    found.value = null
    await readAddress(parts[1] ?? '')
    await screen.findByText(/Missing: 1\./)
    press('Discard')
    await waitFor(() => expect(screen.queryByText(/Missing: 1\./)).toBeNull())
    expect(await settings.transferParts.get()).toBeNull()
  })

  it('is forgotten with the lock (KEY-8)', async () => {
    const parts = await transferOf(15)
    await readAddress(parts[1] ?? '')
    expect(transferParts.value).not.toBeNull()
    await lock()
    expect(transferParts.value).toBeNull()
  })

  it('leaves nothing behind when the lock came while it was read (KEY-8)', async () => {
    const parts = await transferOf(15)
    state.unlocked = false
    await readAddress(parts[1] ?? '')
    expect(transferParts.value).toBeNull()
    expect(await settings.transferParts.get()).toBeNull()
    expect(status.value).toBe('locked')
  })

  it('shows nothing of what was answered before a lock that came between (KEY-8)', async () => {
    await readAddress([URI, URI.replace('bob', 'ann')].join('\n'))
    expect(found.value?.proposals).toHaveLength(2)
    found.value = null
    const send = browser.runtime.sendMessage
    let asked = 0
    browser.runtime.sendMessage = async (message: unknown) => {
      if (++asked === 2) return { ok: false, code: 'vault/locked', params: {} }
      return send(message)
    }
    await readAddress([URI, URI.replace('bob', 'ann')].join('\n'))
    expect(found.value).toBeNull()
    expect(status.value).toBe('locked')
  })
})

/** A page of some length with some pictures in it. */
function page({ pictures = [] as string[], drawings = [] as unknown, height = 600 }) {
  const scrolledTo: unknown[] = []
  const executeScript = async ({ func, args }: { func: { name: string }; args: unknown[] }) => {
    if (func.name === 'picturesOnPage') return [{ result: { pictures, closed: 0 } }]
    if (func.name === 'drawingsOnPage') return [{ result: { pictures: drawings, closed: 0 } }]
    scrolledTo.push(args[0])
    return [{ result: { left: 0, top: 33, width: 800, height, viewWidth: 800, viewHeight: 600 } }]
  }
  Object.assign(browser, { scripting: { executeScript } })
  tabId.value = 7
  return scrolledTo
}

describe('scanWholePage', () => {
  it('reads its drawings, too', async () => {
    const scrolledTo = page({ drawings: ['data:image/png;base64,AAAA'] })
    decode.mockResolvedValueOnce([URI])
    await scanWholePage()
    expect(found.value?.proposals).toHaveLength(1)
    expect(scrolledTo).toEqual([])
  })

  it('is not led astray by a page that answers nonsense (INP-6)', async () => {
    page({ drawings: 7 })
    decode.mockResolvedValueOnce([URI])
    await scanWholePage()
    expect(found.value?.proposals).toHaveLength(1)
    expect(captured).toHaveBeenCalled()
  })

  it("reads the pictures' own pixels, and does not scroll where that is enough", async () => {
    const scrolledTo = page({ pictures: ['data:image/png;base64,AAAA', 'nonsense'] })
    decode.mockResolvedValueOnce([URI])
    await scanWholePage()
    expect(found.value?.proposals).toHaveLength(1)
    expect(scrolledTo).toEqual([])
    expect(captured).not.toHaveBeenCalled()
  })

  it('looks at view after view until one shows a code, and goes back to where the page was', async () => {
    const scrolledTo = page({ height: 1_500 })
    decode.mockResolvedValueOnce([]).mockResolvedValueOnce([URI])
    await scanWholePage()
    expect(scrolledTo).toEqual([null, { left: 0, top: 0 }, { left: 0, top: 360 }, { left: 0, top: 33 }])
    expect(found.value?.proposals).toHaveLength(1)
    expect(pagePart.value).toBeNull()
  })

  it('can be stopped, and goes back then too', async () => {
    const scrolledTo = page({ height: 6_000 })
    const scanning = scanWholePage()
    expect(await screen.findByText('Looking at view 1 of 16…')).toBeTruthy()
    stopScanning()
    await scanning
    expect(scrolledTo.at(-1)).toEqual({ left: 0, top: 33 })
    expect(running.value.has('scan')).toBe(false)
    expect(failures.value.has('scan')).toBe(false)
  })

  it('does not wait for a page that hangs', async () => {
    page({})
    Object.assign(browser, { scripting: { executeScript: () => new Promise(() => undefined) } })
    vi.useFakeTimers()
    const scanning = scanWholePage()
    await vi.advanceTimersByTimeAsync(9_000)
    expect(running.value.has('scan')).toBe(false)
    vi.useRealTimers()
    await scanning
    expect(await screen.findByText(/took too long/)).toBeTruthy()
    expect(button('Scan the whole page')).toBeTruthy()
  })

  it('can be stopped while a page hangs, and leaves the way free for the next scan', async () => {
    page({})
    const hanging = vi.fn(() => new Promise(() => undefined))
    Object.assign(browser, { scripting: { executeScript: hanging } })
    const scanning = scanWholePage()
    await vi.waitFor(() => expect(hanging).toHaveBeenCalled())
    stopScanning()
    await scanning
    expect(running.value.has('scan')).toBe(false)
    expect(failures.value.has('scan')).toBe(false)
    await readAddress(URI)
    expect(found.value?.proposals).toHaveLength(1)
  })

  it('keeps what it found when the page is gone before it is scrolled back', async () => {
    page({})
    const { executeScript } = (browser as never as { scripting: { executeScript: (one: unknown) => Promise<unknown> } })
      .scripting
    let scrolls = 0
    const gone = async (one: { func: { name: string } }) => {
      if (one.func.name === 'scrollPage' && ++scrolls === 3) throw new Error('No tab with id')
      return executeScript(one)
    }
    Object.assign(browser, { scripting: { executeScript: gone } })
    decode.mockResolvedValueOnce([URI])
    await scanWholePage()
    expect(scrolls).toBe(3)
    expect(found.value?.proposals).toHaveLength(1)
  })

  it('says so of a protected page, and offers what is left', async () => {
    page({})
    Object.assign(browser, { scripting: { executeScript: () => Promise.reject(new Error('Cannot access')) } })
    await scanWholePage()
    expect(await screen.findByText(/does not let extensions look/)).toBeTruthy()
    expect(button('Choose an image')).toBeTruthy()
    expect(button('Paste')).toBeTruthy()
  })
})

describe('scanPicked', () => {
  const PICKED = { tabId: 7, frameId: 2, address: 'https://example.com/code.png' }

  it('reads the picture once', async () => {
    page({ pictures: ['data:image/png;base64,AAAA'] })
    await settings.pickedPicture.set(PICKED)
    decode.mockResolvedValueOnce([URI])
    await scanPicked()
    expect(found.value?.proposals).toHaveLength(1)
    expect(await settings.pickedPicture.get()).toBeNull()
    decode.mockClear()
    await scanPicked()
    expect(decode).not.toHaveBeenCalled()
  })

  it('looks at the tab where the page keeps the pixels to itself', async () => {
    page({ pictures: [] })
    await settings.pickedPicture.set(PICKED)
    decode.mockResolvedValueOnce([URI])
    await scanPicked()
    expect(captured).toHaveBeenCalledWith(7)
    expect(found.value?.proposals).toHaveLength(1)
  })
})
