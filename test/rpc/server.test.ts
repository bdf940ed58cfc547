import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors'
import { type Sender, serve } from '../../src/rpc/server'

const PAGE = 'chrome-extension://own/src/ui/popup/index.html'
const audience = { extensionId: 'own', pageUrls: [PAGE] }
const page: Sender = { id: 'own', url: PAGE }

function listener(handlers: object = { double: (n: number) => n * 2 }) {
  return serve(handlers, audience)
}

describe('serve', () => {
  it('answers a call of our own page', async () => {
    await expect(listener()({ call: 'double', args: [21] }, page)).resolves.toEqual({ ok: true, value: 42 })
  })

  it('knows our page whatever its query and fragment', async () => {
    const sender = { id: 'own', url: `${PAGE}?lang=zh_CN#x` }
    await expect(listener()({ call: 'double', args: [1] }, sender)).resolves.toMatchObject({ ok: true })
  })

  it('tells a call that answers nothing from one that answers null, which is how a page knows failure', async () => {
    const handlers = { nothing: () => undefined, none: () => null }
    await expect(listener(handlers)({ call: 'nothing', args: [] }, page)).resolves.not.toMatchObject({ value: null })
    await expect(listener(handlers)({ call: 'none', args: [] }, page)).resolves.toEqual({ ok: true, value: null })
  })

  it('leaves nothing of a call behind in the engine, answered or not (MEM-1)', async () => {
    const typed = 'otpauth://totp/a'
    const handlers = {
      read: (text: string) => /otp.uth/.test(text),
      refuse: (text: string) => {
        if (/otp.uth/.test(text)) throw new AppError('vault/locked')
      },
    }
    for (const call of ['read', 'refuse']) {
      await listener(handlers)({ call, args: [typed] }, page)
      expect(RegExp.input).toBe('')
    }
  })

  const strangers: readonly [string, Sender][] = [
    ['a web page with our script in it', { id: 'own', url: 'https://example.com/' }],
    ['a web page whose address only begins like ours', { id: 'own', url: `${PAGE}.evil` }],
    [
      'another page of ours that has nothing to ask',
      { id: 'own', url: 'chrome-extension://own/src/background/offscreen.html' },
    ],
    ['our address below another host', { id: 'own', url: `https://example.com/${PAGE}` }],
    ['another extension', { id: 'other', url: PAGE }],
    [
      'another extension under its own address',
      { id: 'other', url: 'chrome-extension://other/src/ui/popup/index.html' },
    ],
    ['nobody', {}],
    ['a sender without an address', { id: 'own' }],
  ]
  it.each(strangers)('refuses %s (EXT-4)', async (_who, sender) => {
    await expect(listener()({ call: 'double', args: [1] }, sender)).resolves.toEqual({
      ok: false,
      code: 'rpc/refused',
      params: {},
    })
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'then', ''])(
    'has no call %j (trap 12)',
    async (call) => {
      await expect(listener()({ call, args: [] }, page)).resolves.toEqual({
        ok: false,
        code: 'rpc/refused',
        params: {},
      })
    },
  )

  it('leaves alone what is no call', () => {
    for (const message of [
      null,
      undefined,
      1,
      'double',
      [],
      {},
      { call: 1, args: [] },
      { call: 'double' },
      { call: 'double', args: {} },
      { event: 'locked' },
    ]) {
      expect(listener()(message, page)).toBeUndefined()
    }
  })

  it('sends an error of ours as its code and parameters, and of any other only the kind (MEM-2)', async () => {
    const handlers = {
      ours: () => {
        throw new AppError('network/offline', { host: 'mfa.example' })
      },
      other: () => {
        throw new TypeError('the passphrase is hunter2')
      },
    }
    await expect(listener(handlers)({ call: 'ours', args: [] }, page)).resolves.toEqual({
      ok: false,
      code: 'network/offline',
      params: { host: 'mfa.example' },
    })
    const answer = await listener(handlers)({ call: 'other', args: [] }, page)
    expect(answer).toEqual({ ok: false, code: 'unexpected', params: { kind: 'TypeError' } })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
  })

  it('survives 10,000 messages of strangers and runs nothing (EXT-4)', async () => {
    let runs = 0
    const counted = listener({ double: () => ++runs })
    const message = fc.oneof(
      fc.anything(),
      fc.record({ call: fc.oneof(fc.constant('double'), fc.string()), args: fc.array(fc.anything()) }),
    )
    const sender = fc.record({
      id: fc.constantFrom('own', 'other', undefined),
      url: fc.oneof(fc.webUrl(), fc.constant(undefined)),
    })
    await fc.assert(
      fc.asyncProperty(message, sender, async (anything, anybody) => {
        const answer = await counted(anything, anybody)
        expect(answer === undefined || !answer.ok).toBe(true)
      }),
      { numRuns: 10_000 },
    )
    expect(runs).toBe(0)
  })
})
