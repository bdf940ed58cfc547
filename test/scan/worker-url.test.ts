import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const ORIGIN = 'chrome-extension://abcdefghijklmnop'

interface Rules {
  createScriptURL(url: string): string
}

const started = vi.fn()

beforeEach(() => {
  vi.resetModules()
  started.mockReset()
  vi.stubGlobal('location', { origin: ORIGIN })
  vi.stubGlobal('Worker', started)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('startWorker', () => {
  it('makes one policy, whatever the number of workers (EXT-1)', async () => {
    const createPolicy = vi.fn((_name: string, rules: Rules) => ({
      createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }),
    }))
    vi.stubGlobal('trustedTypes', { createPolicy })
    const { startWorker } = await import('../../src/scan/worker-url')
    startWorker()
    startWorker()
    expect(createPolicy.mock.calls.map(([name]) => name)).toEqual(['latchkey'])
    expect(started.mock.calls.map(([url]) => url)).toEqual(
      [1, 2].map(() => ({ trusted: expect.stringMatching(`^${ORIGIN}/.*scan/worker`) })),
    )
  })

  it('works where there are no Trusted Types', async () => {
    const { startWorker } = await import('../../src/scan/worker-url')
    startWorker()
    expect(started).toHaveBeenCalledWith(expect.stringContaining(`${ORIGIN}/`), { type: 'module', name: 'scan' })
  })
})

describe('ownWorkerOnly', () => {
  it('lets our own worker through and nothing else (EXT-1)', async () => {
    const { ownWorkerOnly, startWorker } = await import('../../src/scan/worker-url')
    startWorker()
    const own = String(started.mock.calls[0]?.[0])
    expect(ownWorkerOnly(own)).toBe(own)
    const others = [
      '',
      own.slice(ORIGIN.length),
      `${own}?x`,
      `${own}#x`,
      own.replace(ORIGIN, 'https://example.com'),
      own.toUpperCase(),
      'data:text/javascript,1',
      `blob:${ORIGIN}/1`,
      `${ORIGIN}/other.js`,
    ]
    for (const url of others) expect(() => ownWorkerOnly(url), url).toThrow(TypeError)
  })
})
