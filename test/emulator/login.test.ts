import { beforeEach, describe, expect, it } from 'vitest'

import { probe, type Probe } from './probe'

let server: Probe
beforeEach(() => {
  server = probe()
})

describe('loginByPassword', () => {
  it.each([
    ['alice', 'demo-app', 200],
    ['dave', 'demo-app', 200],
    ['carol', 'demo-app', 1635],
    ['alice', 'demo-app-mfa', 1636],
    ['carol', 'demo-app-mfa', 1636],
    ['dave', 'demo-app-factors', 1636],
  ])('answers %s on %s with %i', async (user, app, code) => {
    const { status, body } = await server.login(user, app)
    expect([status, body.code]).toEqual([200, code])
  })

  it('sends 1635 and 1636 in the form that SDK and widget both read', async () => {
    const { body } = await server.login('carol')
    expect(body).toMatchObject({ statusCode: 302, apiCode: 1635, code: 1635, flowHandle: expect.any(String) })
    expect(body.data).toMatchObject({
      totpMfaEnabled: true,
      applicationMfa: [{ mfaPolicy: 'OTP', status: 1, sort: 0 }],
    })
  })

  it('lists SMS, EMAIL, OTP in that order where the application asks for them', async () => {
    const { data } = (await server.login('dave', 'demo-app-factors')).body
    expect(data.applicationMfa.map(({ mfaPolicy }: { mfaPolicy: string }) => mfaPolicy)).toEqual([
      'SMS',
      'EMAIL',
      'OTP',
    ])
    expect(data).toMatchObject({ mfaPhone: '13800000004', mfaEmail: 'dave@example.com', totpMfaEnabled: false })
  })

  it.each([
    ['the name', 'dave'],
    ['the email', 'dave@example.com'],
    ['the phone', '13800000004'],
  ])('knows a user by %s', async (_, account) => {
    expect((await server.login(account, 'demo-app', 'dave-Passw0rd')).body.data.id).toBe('dave')
  })

  it.each([
    ['an unknown user', 'mallory', 'demo-app', 2004],
    ['a wrong password', 'alice', 'demo-app', 2333],
    ['an unknown application', 'alice', 'no-app', 1001],
  ])('refuses %s', async (_, user, app, code) => {
    const password = code === 1001 ? 'alice-Passw0rd' : 'wrong'
    expect((await server.login(user, app, password)).body).toMatchObject({ statusCode: 499, apiCode: code, code })
  })

  it('refuses a password in clear with 2016', async () => {
    const body = { account: 'alice', password: 'alice-Passw0rd' }
    expect((await server.ask('POST', '/api/v2/login/account', { body })).body.code).toBe(2016)
  })

  it('answers stored secrets with the user, which a client must drop (ADM-5)', async () => {
    expect((await server.login('alice')).body.data).toMatchObject({
      id: 'alice',
      password: 'stored-password-hash-of-alice',
      salt: 'stored-salt-of-alice',
    })
  })

  it('speaks the language asked for', async () => {
    const headers = { 'x-authing-lang': 'zh-CN' }
    const chinese = await server.ask('POST', '/api/v2/login/account', { body: {}, headers })
    expect(chinese.body.message).toBe('密码解密失败')
  })
})

describe('an API call without application and user pool', () => {
  it('is served as one to the first application', async () => {
    const response = await server.emulator.fetch('http://127.0.0.1/api/v2/.well-known')
    expect(response.status).toBe(200)
  })

  it('is refused in strict mode, while either header will do', async () => {
    await server.control('mode', { strictHeaders: true })
    const refused = await server.emulator.fetch('http://127.0.0.1/api/v2/.well-known')
    expect(refused.status).toBe(400)
    const headers = { 'x-authing-userpool-id': 'demo-pool' }
    expect((await server.emulator.fetch('http://127.0.0.1/api/v2/.well-known', { headers })).status).toBe(200)
    expect((await server.ask('GET', '/api/v2/.well-known')).status).toBe(200)
  })
})
