import { beforeEach, describe, expect, it, vi } from 'vitest'

import { createMfaApi, type MfaApi } from '../../src/mfa/api'
import type { Fetch } from '../../src/mfa/http'
import { emulatedServer, type EmulatedServer } from './emulated-server'

let server: EmulatedServer
beforeEach(async () => void (server = await emulatedServer()))

/** A client whose server always gives this answer. */
function answering(body: unknown): { api: MfaApi; fetch: ReturnType<typeof vi.fn<Fetch>> } {
  const fetch = vi.fn<Fetch>(async () => new Response(JSON.stringify(body)))
  return { api: createMfaApi({ appHost: 'https://example.com', appId: 'app', fetch }), fetch }
}

describe('createMfaApi', () => {
  const fetch: Fetch = async () => new Response('')

  it.each(['', 'a b', 'ä', 'a\n'])('refuses %j as an application id', (appId) => {
    expect(() => createMfaApi({ appHost: 'https://example.com', appId, fetch })).toThrow('mfa/argument-missing')
  })

  it('refuses an address that is not protected (NET-3)', () => {
    expect(() => createMfaApi({ appHost: 'http://example.com', appId: 'app', fetch })).toThrow('mfa/address-invalid')
  })
})

type Arguments = Record<string, unknown>

/** Every call with arguments that suffice; each of them is left out in turn. */
const CALLS: readonly [keyof MfaApi, Arguments][] = [
  ['listAuthenticators', { token: 't' }],
  ['associateTotp', { token: 't' }],
  ['confirmTotp', { token: 't', totp: '1' }],
  ['unbindTotp', { token: 't' }],
  ['verifyTotp', { mfaToken: 't', totp: '1' }],
  ['verifyRecoveryCode', { mfaToken: 't', recoveryCode: 'r' }],
  ['verifySms', { mfaToken: 't', phone: '1', code: '1' }],
  ['verifyEmail', { mfaToken: 't', email: 'e', code: '1' }],
  ['isBindable', { mfaToken: 't', phone: '1' }],
  ['isBindable', { mfaToken: 't', email: 'e' }],
  ['sendSms', { phone: '1' }],
  ['sendEmail', { email: 'e' }],
  ['loginByPassword', { account: 'a', password: 'p' }],
]

describe.each(CALLS)('%s(%j)', (name, whole) => {
  const call = (api: MfaApi, given: Arguments): Promise<unknown> =>
    (api[name] as (given: Arguments) => Promise<unknown>)(given)

  it('sends nothing where an argument is missing, empty, blank or of another type', async () => {
    const { api, fetch } = answering({ code: 200 })
    for (const argument of Object.keys(whole)) {
      for (const value of [undefined, null, '', '  ', 0, 123456, {}, ['t']]) {
        await expect(call(api, { ...whole, [argument]: value })).rejects.toMatchObject({ code: 'mfa/argument-missing' })
      }
    }
    expect(fetch).not.toHaveBeenCalled()
  })

  it('sends no token that would break out of its header (NET-3)', async () => {
    const { api, fetch } = answering({ code: 200 })
    const tokens = ['token', 'mfaToken'].filter((argument) => argument in whole)
    for (const argument of tokens) {
      for (const value of ['a\r\nx-evil: 1', 'a b', '令牌', 'a\0']) {
        await expect(call(api, { ...whole, [argument]: value })).rejects.toMatchObject({ code: 'mfa/argument-missing' })
      }
    }
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('listAuthenticators', () => {
  it('answers nothing, then the pending binding, then the one in force', async () => {
    const token = await server.userToken('alice')
    const api = server.api()
    expect(await api.listAuthenticators({ token, source: 'SELF' })).toEqual([])
    const { secret, recoveryCode } = await api.associateTotp({ token, source: 'SELF' })
    const listed = { type: 'totp', secret, recoveryCode, id: expect.any(String), createdAt: expect.any(String) }
    expect(await api.listAuthenticators({ token })).toEqual([{ ...listed, enabled: false }])
    await api.confirmTotp({ token, totp: server.code(secret), source: 'SELF' })
    expect(await api.listAuthenticators({ token })).toEqual([{ ...listed, enabled: true }])
  })

  it.each([
    ['an entry that is null', [null]],
    ['a secret that is a number', [{ id: 'i', authenticatorType: 'totp', enable: true, secret: 123456 }]],
    ['an entry that does not say whether it is enabled', [{ id: 'i', authenticatorType: 'totp', secret: 's' }]],
    ['"true" for true', [{ id: 'i', authenticatorType: 'totp', enable: 'true', secret: 's' }]],
    ['no list', { 0: {}, length: 1 }],
  ])('finds %s unreadable', async (_, data) => {
    const { api } = answering({ code: 200, data })
    await expect(api.listAuthenticators({ token: 't' })).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })
})

describe('confirmTotp', () => {
  it('answers no user for a binding of the user’s own', async () => {
    const token = await server.userToken('alice')
    const { secret } = await server.api().associateTotp({ token })
    expect(await server.api().confirmTotp({ token, totp: server.code(secret) })).toEqual({})
    expect(await server.user('alice')).toMatchObject({ state: 'bound', secret })
  })

  it('sends its mfaToken and answers the user whose login it ends (mfa-api §8, 5)', async () => {
    const token = await server.mfaToken('bob', 'demo-app-mfa')
    const api = server.api('demo-app-mfa')
    const { secret } = await api.associateTotp({ token, source: 'APPLICATION' })
    const { user } = await api.confirmTotp({ token, totp: server.code(secret), source: 'APPLICATION' })
    expect(user).toMatchObject({ id: 'bob', token: expect.stringMatching(/^ey/) })
  })

  it('says that the code was wrong, for HTTP 400 and for its body on HTTP 200 (mfa-api §4.3)', async () => {
    const token = await server.userToken('alice')
    await server.api().associateTotp({ token })
    const wrong = { code: 'mfa/code-rejected' }
    await expect(server.api().confirmTotp({ token, totp: '000000' })).rejects.toMatchObject(wrong)
    const { api } = answering({ code: 400, message: 'wrong' })
    await expect(api.confirmTotp({ token: 't', totp: '000000' })).rejects.toMatchObject(wrong)
  })

  it("does not take a gateway's 400 for a verdict on the code", async () => {
    const fetch: Fetch = async () => new Response('<h1>400 Bad Request</h1>', { status: 400 })
    const api = createMfaApi({ appHost: 'https://example.com', appId: 'app', fetch })
    await expect(api.confirmTotp({ token: 't', totp: '000000' })).rejects.toMatchObject({ code: 'mfa/refused' })
  })
})

describe('verifyTotp', () => {
  it('keeps few members of the user and drops the rest (ADM-5)', async () => {
    const CANARY = 'CANARY-password-hash'
    const user = { id: 'u', token: 'jwt', username: 'name', email: null, phone: '', tokenExpiredAt: '2030-01-01' }
    const { api } = answering({ code: 200, data: { ...user, password: CANARY, salt: CANARY, customData: [CANARY] } })
    const answer = await api.verifyTotp({ mfaToken: 't', totp: '1' })
    expect(answer).toEqual({ user: { id: 'u', token: 'jwt', username: 'name', tokenExpiredAt: '2030-01-01' } })
  })

  it('reads the user of a server that says the login is over (apiCode 1600)', async () => {
    const user = { id: 'u', token: 'jwt' }
    for (const data of [{ user }, { ...user, user }]) {
      const { api } = answering({ statusCode: 302, apiCode: 1600, code: 200, data })
      expect(await api.verifyTotp({ mfaToken: 't', totp: '1' })).toEqual({ user })
    }
  })

  it.each([
    {},
    { id: 'u' },
    { token: 't' },
    { id: 1, token: 't' },
    { id: 'u', token: '' },
    { id: 'u', token: 'two words' },
    { id: 'u', token: 't', email: ['e'] },
  ])('finds the user %j unreadable', async (data) => {
    const { api } = answering({ code: 200, data })
    await expect(api.verifyTotp({ mfaToken: 't', totp: '1' })).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })

  it('tells a wrong code from a login that has expired', async () => {
    const mfaToken = await server.mfaToken('carol')
    const call = (): Promise<unknown> => server.api().verifyTotp({ mfaToken, totp: '000000' })
    await expect(call()).rejects.toMatchObject({ code: 'mfa/code-rejected' })
    server.clock.now += 361_000
    await expect(call()).rejects.toMatchObject({ code: 'mfa/login-expired' })
  })
})

describe('verifyRecoveryCode', () => {
  it('answers the new recovery code beside the user (mfa-api §8, 4)', async () => {
    const old = (await server.user('carol'))?.recoveryCode ?? ''
    const mfaToken = await server.mfaToken('carol')
    const { user, recoveryCode } = await server.api().verifyRecoveryCode({ mfaToken, recoveryCode: old })
    expect(user).toMatchObject({ id: 'carol' })
    expect(recoveryCode).not.toBe(old)
    expect(await server.user('carol')).toMatchObject({ recoveryCode })
  })

  it('says that the code was wrong', async () => {
    const mfaToken = await server.mfaToken('carol')
    await expect(server.api().verifyRecoveryCode({ mfaToken, recoveryCode: 'no' })).rejects.toMatchObject({
      code: 'mfa/recovery-code-rejected',
    })
  })
})

describe('codes that are delivered', () => {
  const phone = '13800000004'
  const email = 'dave@example.com'

  it('end a login by SMS', async () => {
    const api = server.api('demo-app-factors')
    const mfaToken = await server.mfaToken('dave', 'demo-app-factors')
    expect(await api.isBindable({ mfaToken, phone })).toBe(true)
    await api.sendSms({ phone })
    const code = (await server.state()).outbox.at(-1)?.code ?? ''
    expect((await api.verifySms({ mfaToken, phone, code })).user.id).toBe('dave')
  })

  it('end a login by email', async () => {
    const api = server.api('demo-app-factors')
    const mfaToken = await server.mfaToken('dave', 'demo-app-factors')
    expect(await api.isBindable({ mfaToken, email: 'bob@example.com' })).toBe(false)
    await api.sendEmail({ email })
    const code = (await server.state()).outbox.at(-1)?.code ?? ''
    await expect(api.verifyEmail({ mfaToken, email, code: 'x' })).rejects.toMatchObject({
      code: 'mfa/delivered-code-rejected',
    })
    expect((await api.verifyEmail({ mfaToken, email, code })).user.id).toBe('dave')
  })

  it('are not sent where GraphQL says so in its data', async () => {
    const { api } = answering({ data: { sendEmail: { code: 2080, message: 'too soon' } } })
    await expect(api.sendEmail({ email })).rejects.toMatchObject({ code: 'mfa/sent-too-recently' })
  })
})

describe('loginByPassword', () => {
  const login = (account: string, appId?: string): ReturnType<MfaApi['loginByPassword']> =>
    server.api(appId).loginByPassword({ account, password: `${account}-Passw0rd` })

  it('answers a session where no second factor is needed', async () => {
    expect(await login('alice')).toMatchObject({ kind: 'session', user: { id: 'alice' } })
  })

  it("asks for the user's own TOTP (1635)", async () => {
    expect(await login('carol')).toMatchObject({
      kind: 'mfa',
      code: 1635,
      mfaToken: expect.stringMatching(/^ey/),
      factors: [{ policy: 'OTP' }],
      totpBound: true,
    })
  })

  it("asks for what the application's policy says, in its order (1636)", async () => {
    expect(await login('dave', 'demo-app-factors')).toMatchObject({
      code: 1636,
      factors: [{ policy: 'SMS' }, { policy: 'EMAIL' }, { policy: 'OTP' }],
      totpBound: false,
      phone: '13800000004',
      phoneCountryCode: null,
      email: 'dave@example.com',
    })
    expect(await login('bob', 'demo-app-mfa')).toMatchObject({ factors: [{ policy: 'OTP' }], totpBound: false })
  })

  const publicKey = async (): Promise<string> => {
    const response = await server.fetch('http://127.0.0.1/api/v2/.well-known')
    return ((await response.json()) as { data: { publicKey: string } }).data.publicKey
  }

  /** A client whose server knows its key and answers the login so. */
  async function loginAnswering(answer: unknown): Promise<{ api: MfaApi; asked: string[] }> {
    const key = await publicKey()
    const asked: string[] = []
    const fetch: Fetch = async (url) => {
      asked.push(new URL(url).pathname)
      const body = url.endsWith('well-known') ? { code: 200, data: { publicKey: key } } : answer
      return new Response(JSON.stringify(body))
    }
    return { api: createMfaApi({ appHost: 'https://example.com', appId: 'app', fetch }), asked }
  }
  const credentials = { account: 'a', password: 'p' }
  const factor = (mfaPolicy: string, sort?: unknown): object => ({ mfaPolicy, status: 1, sort })

  it.each([
    ['sorts', [factor('SMS', 2), factor('OTP', 1), factor('EMAIL', '0')], ['EMAIL', 'OTP', 'SMS']],
    ['keeps the order where there is no sort', [factor('SMS'), factor('OTP')], ['SMS', 'OTP']],
    ['leaves out what it does not know', [factor('VOICE', 0), factor('PASSKEY', 1)], ['PASSKEY']],
    ['takes a TOTP where no list is given', undefined, ['OTP']],
  ])('%s (1636)', async (_, applicationMfa, policies) => {
    const data = { mfaToken: 't', applicationMfa }
    const { api } = await loginAnswering({ statusCode: 302, apiCode: '1636', data })
    const result = await api.loginByPassword(credentials)
    expect(result).toMatchObject({ kind: 'mfa', code: 1636, factors: policies.map((policy) => ({ policy })) })
  })

  it('finds a demand without an mfaToken unreadable', async () => {
    const { api } = await loginAnswering({ code: 1635, data: {} })
    await expect(api.loginByPassword(credentials)).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })

  it("asks for the server's key once, and anew after the server could not decrypt (2016)", async () => {
    const { api, asked } = await loginAnswering({ code: 2016 })
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(api.loginByPassword(credentials)).rejects.toMatchObject({ code: 'mfa/refused' })
    }
    const key = '/api/v2/.well-known'
    expect(asked).toEqual([key, '/api/v2/login/account', key, '/api/v2/login/account'])
    const other = await loginAnswering({ code: 2333 })
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(other.api.loginByPassword(credentials)).rejects.toMatchObject({ code: 'mfa/wrong-password' })
    }
    expect(other.asked).toEqual([key, '/api/v2/login/account', '/api/v2/login/account'])
  })

  it('sends the password encrypted, 172 characters of Base64, and nowhere in clear', async () => {
    const bodies: string[] = []
    const fetch: Fetch = (url, init) => {
      bodies.push(`${url} ${JSON.stringify(init.headers)} ${String(init.body)}`)
      return server.fetch(url, init)
    }
    await createMfaApi({ appHost: 'http://127.0.0.1', appId: 'demo-app', fetch }).loginByPassword({
      account: 'alice',
      password: 'alice-Passw0rd',
    })
    expect(bodies.join()).not.toContain('Passw0rd')
    expect(JSON.parse(/\{"account".*/.exec(bodies[1] ?? '')?.[0] ?? '')).toEqual({
      account: 'alice',
      password: expect.stringMatching(/^[A-Za-z0-9+/]{171}=$/),
      autoRegister: false,
      withCustomData: false,
    })
  })

  it.each([
    ['alice', 'wrong', 'mfa/wrong-password'],
    ['nobody', 'x', 'mfa/no-such-user'],
  ])('refuses %s with %s', async (account, password, code) => {
    await expect(server.api().loginByPassword({ account, password })).rejects.toMatchObject({ code })
  })
})
