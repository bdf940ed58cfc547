import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetPause, heedingPauses, requireNoPause } from '../../../src/background/mfa/pauses'

const NOW = 1_700_000_000_000

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await browser.storage.session.clear()
})
afterEach(() => vi.useRealTimers())

const sent: number[] = []
/** A server that refuses the first request with these headers. */
function refusing(headers: Record<string, string>): ReturnType<typeof heedingPauses> {
  sent.length = 0
  return heedingPauses('one', async () => {
    sent.push(Date.now())
    return sent.length === 1 ? new Response('', { status: 429, headers }) : new Response('{}')
  })
}

describe('after HTTP 429', () => {
  it.each([
    ['the seconds it names', { 'retry-after': '7' }, 7],
    ['10 s where it names none', {}, 10],
    ['10 s where it is unreadable', { 'retry-after': 'soon' }, 10],
    [
      'the moment it names, by its own clock',
      { 'retry-after': 'Sun, 01 Jan 2023 00:01:00 GMT', date: 'Sun, 01 Jan 2023 00:00:00 GMT' },
      60,
    ],
    ['an hour at most', { 'retry-after': '999999' }, 3_600],
  ])('nothing is sent to that server for %s (BND-11)', async (_what, headers, seconds) => {
    const send = refusing(headers as Record<string, string>)
    expect((await send('https://x.example', {})).status).toBe(429)
    for (const at of [0, 1, seconds * 1_000 - 1]) {
      vi.setSystemTime(NOW + at)
      const left = Math.ceil((seconds * 1_000 - at) / 1_000)
      await expect(send('https://x.example', {})).rejects.toMatchObject({
        code: 'mfa/rate-limited',
        params: { seconds: left },
      })
    }
    vi.setSystemTime(NOW + seconds * 1_000)
    expect((await send('https://x.example', {})).status).toBe(200)
    expect(sent).toEqual([NOW, NOW + seconds * 1_000])
  })

  it('other servers are not waited for', async () => {
    await refusing({ 'retry-after': '60' })('https://x.example', {})
    await expect(requireNoPause('one')).rejects.toThrow('mfa/rate-limited')
    await expect(requireNoPause('another')).resolves.toBeUndefined()
  })

  it('a clock that is set back does not make the pause longer than an hour', async () => {
    await refusing({ 'retry-after': '60' })('https://x.example', {})
    vi.setSystemTime(NOW - 86_400_000)
    await expect(requireNoPause('one')).resolves.toBeUndefined()
  })

  it('the pause goes with the server', async () => {
    await refusing({ 'retry-after': '60' })('https://x.example', {})
    await forgetPause('one')
    await expect(requireNoPause('one')).resolves.toBeUndefined()
  })
})
