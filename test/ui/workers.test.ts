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

describe('starting workers', () => {
  it('makes one policy, whatever the number of workers (EXT-1)', async () => {
    const createPolicy = vi.fn((_name: string, rules: Rules) => ({
      createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }),
    }))
    vi.stubGlobal('trustedTypes', { createPolicy })
    const { startFormatsWorker, startScanWorker } = await import('../../src/ui/workers')
    startScanWorker()
    startFormatsWorker()
    startScanWorker()
    expect(createPolicy.mock.calls.map(([name]) => name)).toEqual(['latchkey'])
    expect(started.mock.calls.map(([url]) => url)).toEqual(
      ['scan', 'formats', 'scan'].map((name) => ({
        trusted: expect.stringMatching(`^${ORIGIN}/.*${name}/worker`),
      })),
    )
  })

  it('works where there are no Trusted Types', async () => {
    const { startFormatsWorker, startScanWorker } = await import('../../src/ui/workers')
    startScanWorker()
    startFormatsWorker()
    for (const name of ['scan', 'formats']) {
      expect(started).toHaveBeenCalledWith(expect.stringContaining(`${ORIGIN}/`), { type: 'module', name })
    }
  })
})

describe('ownWorkersOnly', () => {
  it('lets our own two workers through and nothing else (EXT-1)', async () => {
    const { ownWorkersOnly, startFormatsWorker, startScanWorker } = await import('../../src/ui/workers')
    startScanWorker()
    startFormatsWorker()
    const owns = started.mock.calls.map(([url]) => String(url))
    expect(new Set(owns).size).toBe(2)
    for (const own of owns) {
      expect(ownWorkersOnly(own)).toBe(own)
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
      for (const url of others) expect(() => ownWorkersOnly(url), url).toThrow(TypeError)
    }
  })
})
