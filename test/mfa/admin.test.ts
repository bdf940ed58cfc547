import { beforeEach, describe, expect, it } from 'vitest'

import { createMfaAdmin, type MfaAdmin } from '../../src/mfa/admin'
import type { Fetch } from '../../src/mfa/http'
import { emulatedServer, START, type EmulatedServer } from './emulated-server'

let server: EmulatedServer
beforeEach(async () => void (server = await emulatedServer()))

const SECRET = 'GEZDGNBVGY3TQOJQ'

describe('createMfaAdmin', () => {
  const options = { host: 'https://example.com', userPoolId: 'pool', secret: 's', fetch: async () => new Response('') }

  it.each([
    ['http://example.com', 'mfa/address-invalid'],
    ['https://u:p@example.com', 'mfa/address-invalid'],
  ])('refuses the host %s (ADM-3)', (host, code) => {
    expect(() => createMfaAdmin({ ...options, host })).toThrow(code)
  })

  it('refuses to do without pool or secret', () => {
    expect(() => createMfaAdmin({ ...options, userPoolId: '' })).toThrow('mfa/argument-missing')
    expect(() => createMfaAdmin({ ...options, secret: '' })).toThrow('mfa/argument-missing')
  })

  it('says that the secret is wrong', async () => {
    const admin = createMfaAdmin({
      host: 'http://127.0.0.1',
      userPoolId: 'demo-pool',
      secret: 'no',
      fetch: server.fetch,
      now: () => START,
    })
    await expect(admin.status('carol')).rejects.toMatchObject({ code: expect.stringMatching(/^mfa\//) })
    expect(await server.count('status')).toBe(0)
  })
})

describe('status', () => {
  it('answers which factors a user has', async () => {
    expect(await server.admin().status('carol')).toEqual({ OTP: true, FACE: false })
    expect(await server.admin().status('alice')).toEqual({ OTP: false, FACE: false })
  })

  it('says that there is no such user', async () => {
    await expect(server.admin().status('nobody')).rejects.toMatchObject({ code: 'mfa/no-such-user' })
  })

  it.each(['', ' ', '.', '..', '\ud800'])('sends nothing for the id %j (NET-3)', async (userId) => {
    await expect(server.admin().status(userId)).rejects.toMatchObject({ code: 'mfa/argument-missing' })
    expect((await server.state()).requests).toEqual([])
  })

  it('cannot be made to ask for another path (NET-3)', async () => {
    for (const userId of ['../carol', 'carol/../../x', 'carol?type=OTP', 'carol#', '%2e%2e', 'a\\..\\b']) {
      await expect(server.admin().status(userId)).rejects.toMatchObject({ code: 'mfa/no-such-user' })
    }
    const paths = (await server.state()).requests.filter(({ method }) => method === 'GET').map(({ path }) => path)
    for (const path of paths) expect(path).toMatch(/^\/api\/v2\/users\/[^/]+\/mfa-bound$/)
  })
})

describe('unassociate', () => {
  it('takes the factor from the user', async () => {
    await expect(server.admin().unassociate('carol', 'OTP')).resolves.toBeUndefined()
    expect(await server.user('carol')).toBeNull()
  })

  it.each(['', 'SMS', 'otp', 'OTP&x=1', 'constructor'])('sends nothing for the type %j (ADM-3)', async (type) => {
    await expect(server.admin().unassociate('carol', type as 'OTP')).rejects.toMatchObject({
      code: 'mfa/argument-missing',
    })
    expect((await server.state()).requests).toEqual([])
  })
})

describe('importTotp', () => {
  it('puts a TOTP and its recovery code in force', async () => {
    const imported = await server.admin().importTotp({ userId: 'alice', secret: SECRET, recoveryCode: 'a-b-c' })
    expect(imported).toEqual({ id: expect.any(String), userId: 'alice', enabled: true, recoveryCode: 'a-b-c' })
    expect(await server.user('alice')).toEqual({ state: 'bound', secret: SECRET, recoveryCode: 'a-b-c' })
  })

  it("answers the server's recovery code where none is given", async () => {
    const { recoveryCode } = await server.admin().importTotp({ userId: 'alice', secret: SECRET })
    expect(await server.user('alice')).toMatchObject({ recoveryCode })
  })

  it.each([
    ['alice', '', 'mfa/argument-missing'],
    ['', SECRET, 'mfa/argument-missing'],
    ['alice', '123456', 'entry/secret-invalid'],
    ['alice', 'A', 'entry/secret-invalid'],
  ])('sends nothing for %j and the secret %j (ADM-4)', async (userId, secret, code) => {
    await expect(server.admin().importTotp({ userId, secret })).rejects.toMatchObject({ code })
    expect((await server.state()).requests).toEqual([])
  })
})

describe('the management token', () => {
  it('is asked for once while it lasts, and anew an hour before its end (mfa-api §7.1)', async () => {
    const admin = server.admin()
    const TWELVE_HOURS = 12 * 3_600_000
    await admin.status('carol')
    server.clock.now = START + TWELVE_HOURS - 3_600_000 - 1_000
    await admin.status('carol')
    expect(await server.count('adminToken')).toBe(1)
    server.clock.now = START + TWELVE_HOURS - 3_600_000
    await admin.status('carol')
    expect(await server.count('adminToken')).toBe(2)
  })

  it.each([
    ['ends within the hour', { exp: START / 1000 + 3_000 }],
    ['does not say when it ends', {}],
  ])('is not kept where it %s', async (_, claims) => {
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    const tokens: string[] = []
    const fetch: Fetch = async (url) => {
      tokens.push(new URL(url).pathname)
      const data = url.includes('graphql') ? { accessToken: { accessToken: `e.${payload}.s` } } : { OTP: true }
      return new Response(JSON.stringify({ code: 200, data }))
    }
    const admin = createMfaAdmin({ host: 'https://h.example', userPoolId: 'p', secret: 's', fetch, now: () => START })
    await admin.status('u')
    await admin.status('u')
    expect(tokens.filter((path) => path === '/graphql/v2')).toHaveLength(2)
  })
})

describe('the secret', () => {
  it('goes to the token endpoint and nowhere else (ADM-3)', async () => {
    const sent: { path: string; all: string }[] = []
    const fetch: Fetch = (url, init) => {
      sent.push({ path: new URL(url).pathname, all: `${url} ${JSON.stringify(init.headers)} ${String(init.body)}` })
      return server.fetch(url, init)
    }
    const secret = 'demo-pool-secret'
    const admin: MfaAdmin = createMfaAdmin({ host: 'http://127.0.0.1', userPoolId: 'demo-pool', secret, fetch })
    await admin.status('carol')
    await admin.importTotp({ userId: 'alice', secret: SECRET })
    await admin.unassociate('carol', 'OTP')
    expect(sent.filter(({ all }) => all.includes(secret)).map(({ path }) => path)).toEqual(['/graphql/v2'])
  })
})
