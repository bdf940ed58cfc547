import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CLIPBOARD_ALARM, clearClipboardIfDue, clearClipboardLater } from '../../src/background/clipboard'

const NOW = 1_700_000_000_000
const writeText = vi.fn(async (_text: string) => undefined)

beforeEach(async () => {
  await browser.storage.session.clear()
  await browser.storage.local.clear()
  writeText.mockClear()
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a copied code', () => {
  it('is cleared after 30 s, once (OTP-5)', async () => {
    await clearClipboardLater(NOW)
    await vi.advanceTimersByTimeAsync(29_999)
    expect(writeText).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(writeText.mock.calls).toEqual([['']])
    await vi.advanceTimersByTimeAsync(600_000)
    expect(writeText).toHaveBeenCalledTimes(1)
  })

  it("is cleared after the user's choice, and after 30 s where that is unreadable", async () => {
    await browser.storage.local.set({ clipboardClearSeconds: 60 })
    await clearClipboardLater(NOW)
    expect(await browser.alarms.get(CLIPBOARD_ALARM)).toMatchObject({ scheduledTime: NOW + 60_000 })
    await browser.storage.local.set({ clipboardClearSeconds: 10 ** 9 })
    await clearClipboardLater(NOW)
    expect(await browser.alarms.get(CLIPBOARD_ALARM)).toMatchObject({ scheduledTime: NOW + 30_000 })
  })

  it('starts its time anew when another one is copied (OTP-5)', async () => {
    await clearClipboardLater(NOW)
    await vi.advanceTimersByTimeAsync(20_000)
    await clearClipboardLater(NOW + 20_000)
    await vi.advanceTimersByTimeAsync(29_999)
    expect(writeText).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(writeText).toHaveBeenCalledTimes(1)
  })

  it('is cleared by the alarm when the background was stopped meanwhile (trap 20)', async () => {
    await clearClipboardLater(NOW)
    vi.clearAllTimers()
    await clearClipboardIfDue(NOW + 29_000)
    expect(writeText).not.toHaveBeenCalled()
    await clearClipboardIfDue(NOW + 55_000)
    expect(writeText).toHaveBeenCalledTimes(1)
  })

  it('is tried again when the clipboard refused', async () => {
    await clearClipboardLater(NOW)
    vi.clearAllTimers()
    writeText.mockRejectedValueOnce(new DOMException('busy', 'NotAllowedError'))
    await clearClipboardIfDue(NOW + 30_000)
    expect(await browser.alarms.get(CLIPBOARD_ALARM)).toMatchObject({ scheduledTime: NOW + 60_000 })
    await clearClipboardIfDue(NOW + 60_000)
    expect(writeText).toHaveBeenCalledTimes(2)
  })
})
