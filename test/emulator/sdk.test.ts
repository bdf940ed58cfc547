import { AuthenticationClient, EmailScene, ManagementClient } from 'authing-js-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startEmulator, type RunningEmulator } from './listen'
import { totp } from './one-time-code'

/** Every operation that the vendor documents, asked by the vendor's own client, unmodified, over a real socket. */

let server: RunningEmulator
beforeAll(async () => {
  // The SDK's HTTP library would send loopback calls through a proxy.
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])
    delete process.env[name]
  server = await startEmulator()
})
afterAll(() => server.close())
beforeEach(() => post('/__emulator/reset'))

function client(appId = 'demo-app'): AuthenticationClient {
  return new AuthenticationClient({ appId, appHost: server.url })
}

async function signedIn(user: string, appId?: string): Promise<AuthenticationClient> {
  const sdk = client(appId)
  await sdk.loginByUsername(user, `${user}-Passw0rd`)
  return sdk
}

async function mfaToken(user: string, appId = 'demo-app'): Promise<string> {
  const asked = await rejection(client(appId).loginByUsername(user, `${user}-Passw0rd`))
  return (asked.data as { mfaToken: string }).mfaToken
}

function admin(secret = 'demo-pool-secret'): ManagementClient {
  return new ManagementClient({ userPoolId: 'demo-pool', secret, host: server.url })
}

describe('password login', () => {
  it('decrypts what the SDK encrypts with the key from .well-known', async () => {
    expect(await client().loginByUsername('alice', 'alice-Passw0rd')).toMatchObject({ id: 'alice', username: 'alice' })
    expect(await client().loginByEmail('alice@example.com', 'alice-Passw0rd')).toMatchObject({ id: 'alice' })
    expect(await client().loginByPhonePassword('13800000004', 'dave-Passw0rd')).toMatchObject({ id: 'dave' })
  })

  it.each([
    ['carol', 'demo-app', 1635],
    ['bob', 'demo-app-mfa', 1636],
    ['dave', 'demo-app-factors', 1636],
  ])('asks %s on %s for the second factor with %i', async (user, app, code) => {
    const asked = await rejection(client(app).loginByUsername(user, `${user}-Passw0rd`))
    expect(asked).toMatchObject({ code, data: { mfaToken: expect.any(String), applicationMfa: expect.any(Array) } })
  })

  it('refuses a wrong password with 2333', async () => {
    expect(await rejection(client().loginByUsername('alice', 'wrong'))).toMatchObject({ code: 2333 })
  })

  it('lets in with a code sent by SMS or email', async () => {
    await client().sendSmsCode('13800000004')
    expect(await client().loginByPhoneCode('13800000004', await newestCode())).toMatchObject({ id: 'dave' })
    await client().sendEmail('alice@example.com', EmailScene.MfaVerify)
    expect(await client().loginByEmailCode('alice@example.com', await newestCode())).toMatchObject({ id: 'alice' })
  })

  it('keeps a session: user, status, refresh, level, logout', async () => {
    const sdk = await signedIn('alice')
    expect(await sdk.getCurrentUser()).toMatchObject({ id: 'alice' })
    expect(await sdk.checkLoginStatus()).toMatchObject({ code: 200, status: true })
    expect(await sdk.refreshToken()).toMatchObject({ token: expect.any(String) })
    expect(await sdk.getSecurityLevel()).toMatchObject({ mfa: false })
    const { token } = (await sdk.getCurrentUser()) ?? {}
    await sdk.logout()
    const stale = client()
    stale.setToken(token ?? '')
    expect(await rejection(stale.mfa.getMfaAuthenticators())).toMatchObject({ code: 2020 })
  })
})

describe('mfa of the signed-in user', () => {
  it('binds, lists and unbinds a TOTP', async () => {
    const { mfa } = await signedIn('alice')
    expect(await mfa.getMfaAuthenticators()).toEqual([])
    const begun = await mfa.assosicateMfaAuthenticator()
    expect(begun.qrcode_data_url).toMatch(/^data:image\/png;base64,/)
    await mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: 'totp', totp: totp(begun.secret, Date.now()) })
    expect(await mfa.getMfaAuthenticators()).toMatchObject([{ enable: true, secret: begun.secret }])
    expect(await rejection(client().loginByUsername('alice', 'alice-Passw0rd'))).toMatchObject({ code: 1635 })
    await mfa.deleteMfaAuthenticator()
    expect(await mfa.getMfaAuthenticators()).toEqual([])
  })

  it('refuses a wrong code at confirm with HTTP 400', async () => {
    const { mfa } = await signedIn('alice')
    await mfa.assosicateMfaAuthenticator()
    const refused = mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: 'totp', totp: '000000' })
    await expect(refused).rejects.toMatchObject({ response: { status: 400, data: { code: 400 } } })
  })

  it('refuses every call without a session with 2020', async () => {
    const { mfa } = client()
    expect(await rejection(mfa.getMfaAuthenticators())).toMatchObject({ code: 2020 })
    expect(await rejection(mfa.assosicateMfaAuthenticator())).toMatchObject({ code: 2020 })
    expect(await rejection(mfa.deleteMfaAuthenticator())).toMatchObject({ code: 2020 })
  })

  it('binds a face', async () => {
    const { mfa } = await signedIn('alice')
    await mfa.associateFaceByUrl({ baseFace: 'https://example.com/a.jpg', compareFace: 'https://example.com/b.jpg' })
    expect(await admin().mfa.getStatus('alice')).toMatchObject({ FACE: true })
  })
})

describe('mfa while logging in', () => {
  it('verifies a TOTP once', async () => {
    const code = totp((await key('carol')).secret, Date.now())
    expect(await client().mfa.verifyTotpMfa({ totp: code, mfaToken: await mfaToken('carol') })).toMatchObject({
      id: 'carol',
    })
    const again = client().mfa.verifyTotpMfa({ totp: code, mfaToken: await mfaToken('carol') })
    expect(await rejection(again)).toMatchObject({ code: 6001 })
  })

  it('rotates the recovery code, whose successor the SDK loses', async () => {
    const { recoveryCode } = await key('carol')
    const user = await client().mfa.verifyTotpRecoveryCode({ recoveryCode, mfaToken: await mfaToken('carol') })
    expect(user).toMatchObject({ id: 'carol' })
    expect((await key('carol')).recoveryCode).not.toBe(recoveryCode)
    const again = client().mfa.verifyTotpRecoveryCode({ recoveryCode, mfaToken: await mfaToken('carol') })
    expect(await rejection(again)).toMatchObject({ code: 6002 })
  })

  it('begins a binding for the application', async () => {
    const token = await mfaToken('bob', 'demo-app-mfa')
    const { mfa } = client('demo-app-mfa')
    await mfa.assosicateMfaAuthenticator({ authenticatorType: 'totp', source: 'APPLICATION', mfaToken: token })
    expect(await mfa.getMfaAuthenticators({ type: 'totp', mfaToken: token })).toMatchObject([{ enable: false }])
  })

  it('verifies by SMS and by email', async () => {
    const sdk = client('demo-app-factors')
    const token = await mfaToken('dave', 'demo-app-factors')
    await sdk.sendSmsCode('13800000004')
    const bySms = await sdk.mfa.verifyAppSmsMfa({ phone: '13800000004', code: await newestCode(), mfaToken: token })
    expect(bySms).toMatchObject({ id: 'dave' })
    await sdk.sendEmail('dave@example.com', EmailScene.MfaVerify)
    const byEmail = await sdk.mfa.verifyAppEmailMfa({
      email: 'dave@example.com',
      code: await newestCode(),
      mfaToken: token,
    })
    expect(byEmail).toMatchObject({ id: 'dave' })
  })

  it('says whether a phone or an email may be bound', async () => {
    const { mfa } = client()
    const token = await mfaToken('carol')
    expect(await mfa.phoneOrEmailBindable({ phone: '13900000009', mfaToken: token })).toBe(true)
    expect(await mfa.phoneOrEmailBindable({ email: 'dave@example.com', mfaToken: token })).toBe(false)
  })

  it('verifies a face that was bound', async () => {
    const token = await mfaToken('carol')
    const { mfa } = client()
    expect(await rejection(mfa.verifyFaceMfa('photo', token))).toMatchObject({ code: 1700 })
    await mfa.associateFaceByUrl({ baseFace: 'https://a', compareFace: 'https://b', mfaToken: token })
    expect(await mfa.verifyFaceMfa('photo', token)).toMatchObject({ id: 'carol' })
  })
})

describe('management', () => {
  it('tells the status of a user and unbinds', async () => {
    const { mfa } = admin()
    expect(await mfa.getStatus('carol')).toEqual({ OTP: true, FACE: false })
    expect(await mfa.unAssociateMfa('carol', 'OTP' as never)).toBe(true)
    expect(await mfa.getStatus('carol')).toEqual({ OTP: false, FACE: false })
  })

  it('imports a TOTP that is in force at once', async () => {
    const imported = await admin().mfa.importTotp('alice', 'ALICESSECRETKEY2', 'a11c-e000-0000-0000-0000-0001')
    expect(imported).toMatchObject({ userId: 'alice', enable: true, recoveryCode: 'a11c-e000-0000-0000-0000-0001' })
    const user = await client().mfa.verifyTotpMfa({
      totp: totp('ALICESSECRETKEY2', Date.now()),
      mfaToken: await mfaToken('alice'),
    })
    expect(user).toMatchObject({ id: 'alice' })
  })

  it('refuses an unknown user, a wrong pool secret and a user token', async () => {
    expect(await rejection(admin().mfa.getStatus('nobody'))).toMatchObject({ code: 2004 })
    expect(await rejection(admin('wrong').mfa.getStatus('carol'))).toMatchObject({ code: 1001 })
    const { token } = await client().loginByUsername('alice', 'alice-Passw0rd')
    const impostor = new ManagementClient({ userPoolId: 'demo-pool', accessToken: token ?? '', host: server.url })
    expect(await rejection(impostor.mfa.getStatus('carol'))).toMatchObject({ code: 1001 })
  })
})

interface Rejected {
  readonly code?: number
  readonly data?: unknown
}

async function rejection(promise: Promise<unknown>): Promise<Rejected> {
  return promise.then(
    (value) => ({ code: 0, data: value }),
    (reason: Rejected) => reason,
  )
}

async function post(path: string): Promise<void> {
  await fetch(server.url + path, { method: 'POST' })
}

interface State {
  readonly users: readonly { id: string; totp: { secret: string; recoveryCode: string } | null }[]
  readonly outbox: readonly { code: string }[]
}

async function state(): Promise<State> {
  return (await fetch(`${server.url}/__emulator/state`)).json() as Promise<State>
}

async function key(user: string): Promise<{ secret: string; recoveryCode: string }> {
  return (await state()).users.find(({ id }) => id === user)?.totp ?? { secret: '', recoveryCode: '' }
}

async function newestCode(): Promise<string> {
  return (await state()).outbox.at(-1)?.code ?? ''
}
