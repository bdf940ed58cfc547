import { describe, expect, it } from 'vitest'

import { createEmulator } from './handler'

const ADDRESS = 'http://127.0.0.1:8787/api/v2/.well-known'
const emulator = createEmulator({ now: () => Date.UTC(2026, 0, 1) })

describe('the fetch of an emulator', () => {
  it('takes every option that a careful client gives (NET-3)', async () => {
    const response = await emulator.fetch(ADDRESS, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: AbortSignal.timeout(1000),
    })
    expect(response.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
    expect(await response.json()).toMatchObject({
      code: 200,
      data: { publicKey: expect.stringContaining('PUBLIC KEY') },
    })
  })

  it('takes a Request', async () => {
    expect((await emulator.fetch(new Request(ADDRESS))).status).toBe(200)
  })

  it('does not begin when the signal has already struck', async () => {
    await expect(emulator.fetch(ADDRESS, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
