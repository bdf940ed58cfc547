import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createMfaApi } from '../../src/mfa/api'
import { type RunningEmulator, startEmulator } from '../emulator/listen'
import { type Stage, launch } from './browsers'
import { press, see, seeText, type, valueOf } from './hands'
import { OPTIONS, type OwnPage, PASSPHRASE, POPUP, addAccount, allowOrigin, createVault } from './own-page'

const BROWSERS = ['chromium', 'firefox'] as const

describe.each(BROWSERS)('without a network, in %s', (name) => {
  let stage: Stage
  let proxy: DeadProxy

  beforeAll(async () => {
    proxy = await startDeadProxy()
    stage = await launch(name, { proxy: proxy.address })
  })

  afterAll(async () => {
    await stage?.close()
    await proxy?.close()
  })

  it('does all that is local and asks nobody for anything (NET-4, NET-5)', async () => {
    const own = await createVault(stage)
    await addAccount(own, { issuer: 'Heronbank', label: 'wader' })
    await addAccount(own, {
      issuer: 'Curlewmail',
      type: 'hotp',
      counter: 0,
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    })
    const popup = await stage.openOwn(POPUP)
    await seeText(popup, 'Heronbank')
    await press(popup, 'Next code')
    await type(popup, 'Search', 'heron', 'searchbox')
    await popup.waitForFunction(() => !document.body.innerText.includes('Curlewmail'))
    await press(popup, 'Lock')
    await type(popup, 'Passphrase', PASSPHRASE)
    await press(popup, 'Unlock')
    await seeText(popup, 'Heronbank')
    const admin = await stage.openOwn('src/ui/admin/index.html')
    await seeText(admin, 'administrator page is turned off')
    expect(proxy.asked.filter((host) => !isOfTheBrowser(host))).toEqual([])
    // The silence means something only if a request would have been heard.
    await own.page.evaluate(() => fetch('https://nobody.example/').catch(() => undefined))
    expect(proxy.asked).toContain('nobody.example:443')
  })
})

describe.each(BROWSERS)('what a server or its absence does, in %s', (name) => {
  let stage: Stage
  let emulator: RunningEmulator
  let own: OwnPage
  let options: Page

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 })
    stage = await launch(name)
    own = await createVault(stage)
    await allowOrigin(stage, own, emulator.url)
    options = own.page
  })

  afterEach(async () => {
    await clearFaults()
    await skew(0)
  })

  afterAll(async () => {
    await stage?.close()
    await emulator?.close()
  })

  function control(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${emulator.url}/__emulator/${path}`, init)
  }

  async function clearFaults(): Promise<void> {
    await control('faults', { method: 'DELETE' })
  }

  async function fault(operation: string, what: string, times = 1): Promise<void> {
    const answer = await control('faults', { method: 'POST', body: JSON.stringify({ operation, fault: what, times }) })
    expect(answer.status).toBe(200)
  }

  async function skew(skewSeconds: number): Promise<void> {
    await control('clock', { method: 'POST', body: JSON.stringify({ skewSeconds }) })
  }

  it('keeps what was typed when the user refuses the host, and says what to do (NET-3)', async () => {
    const page = await stage.openOwn(OPTIONS)
    await type(page, 'Server address', 'https://refused.example')
    await type(page, 'Application ID', 'demo-app')
    // Nobody can press the browser's own button here, so its answer is put in place of it.
    await page.evaluate(() => {
      Object.defineProperty(browser.permissions, 'request', { value: async () => false, configurable: true })
    })
    await press(page, 'Add server')
    await seeText(page, 'Latchkey may not reach this server. Allow it when the browser asks, then try again.')
    expect(await valueOf(page, 'Server address')).toBe('https://refused.example')
    expect(await valueOf(page, 'Application ID')).toBe('demo-app')
    await page.close()
    await options.bringToFront()
    expect(await own.ask.servers()).toEqual([])
    await expect(own.ask.addServer({ appHost: 'https://refused.example', appId: 'demo-app' })).rejects.toThrow(
      'mfa/host-not-granted',
    )
  })

  it('keeps account and password while the server is down, and signs in when it is back', async () => {
    await own.ask.addServer({ appHost: emulator.url, appId: 'demo-app' })
    // More than once: on a connection that was in use before, browsers send again by themselves what was reset.
    await fault('loginByPassword', 'drop-before', 9)
    await type(options, 'Account', 'bob')
    await type(options, 'Password', 'bob-Passw0rd')
    await press(options, 'Sign in')
    await seeText(options, 'The server could not be reached. Check the connection and the address, then try again.')
    expect(await valueOf(options, 'Account')).toBe('bob')
    expect(await valueOf(options, 'Password')).toBe('bob-Passw0rd')
    await clearFaults()
    await press(options, 'Sign in')
    await seeText(options, /Signed in as\s+bob/)
  })

  it('refuses to confirm by a clock that is wrong, and does so once it is right (OTP-2)', async () => {
    await press(options, 'Bind')
    await see(options, 'button', 'Confirm')
    await skew(600)
    await own.ask.factors((await own.ask.servers())[0]?.id ?? '')
    await press(options, 'Confirm')
    await seeText(options, /The clock of this computer is \d+ s off the server's, so codes would be refused/)
    await skew(0)
    await own.ask.factors((await own.ask.servers())[0]?.id ?? '')
  })

  it('says that a code was not taken, and takes the next one', { timeout: 120_000 }, async () => {
    // Another device begins anew: the secret that was stored here is not the one that waits at the server.
    const api = createMfaApi({ appHost: emulator.url, appId: 'demo-app', fetch })
    const login = await api.loginByPassword({ account: 'bob', password: 'bob-Passw0rd' })
    if (login.kind !== 'session') throw new Error('bob is bound already')
    await api.associateTotp({ token: login.user.token })
    await press(options, 'Confirm')
    await seeText(options, 'The server did not take this code.', 45_000)
    expect((await own.ask.entries()).map(({ phase }) => phase)).toEqual(['associated'])
  })

  it('says that a sign-in has expired, and begins anew with the account that was typed', async () => {
    await signInAsCarol()
    await fault('verifyRecoveryCode', 'code-2021')
    await type(options, 'Recovery code', '1111-2222-3333-4444-5555-6666')
    await press(options, 'Use recovery code')
    await seeText(options, 'This sign-in has expired. Sign in again.')
    await press(options, 'Start over')
    await see(options, 'button', 'Sign in')
    expect(await valueOf(options, 'Account')).toBe('carol')
  })

  it('says that a recovery code was not taken, and keeps it to be looked at', async () => {
    await signInAsCarol()
    await type(options, 'Recovery code', '9999-2222-3333-4444-5555-6666')
    await press(options, 'Use recovery code')
    await seeText(options, 'The server did not take this recovery code.')
    expect(await valueOf(options, 'Recovery code')).toBe('9999-2222-3333-4444-5555-6666')
  })

  /** The password was right; carol has bound a TOTP and is asked for it. */
  async function signInAsCarol(): Promise<void> {
    const id = (await own.ask.servers())[0]?.id ?? ''
    await own.ask.signOut(id)
    await own.ask.signIn(id, 'carol', 'carol-Passw0rd')
    await seeText(options, 'A second factor is needed')
  }

  it('is not misled by a browser that sends again what was reset (BND-5)', async () => {
    const server = (await own.ask.servers())[0]?.id ?? ''
    await own.ask.signOut(server)
    await own.ask.signIn(server, 'alice', 'alice-Passw0rd')
    const { id } = await own.ask.bind(server)
    // Done, then reset: where the browser repeats the request, the same code comes twice and is refused once.
    await fault('confirmTotp', 'drop-after')
    const { kind } = await own.ask.confirmBinding(id)
    expect(['bound', 'unknown']).toContain(kind)
    expect(await own.ask.settleBinding(id)).toBe('bound')
  })
})

interface DeadProxy {
  readonly address: string
  /** Hosts that were asked for, with their ports. */
  readonly asked: string[]
  close(): Promise<void>
}

/** Takes every request and answers none. */
async function startDeadProxy(): Promise<DeadProxy> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(URL.canParse(request.url ?? '') ? new URL(request.url ?? '').host : (request.url ?? ''))
    response.destroy()
  })
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

/** Browsers speak to their makers whether or not there is an extension. */
function isOfTheBrowser(host: string): boolean {
  return /(?:^|\.)(?:google|googleapis|gstatic|gvt1|mozilla|firefox|mozgcp)\.(?:com|net|org)(?::\d+)?$/.test(host)
}
