import { beforeEach, describe, expect, it } from 'vitest'

import { totp } from './one-time-code'
import { probe, type Probe } from './probe'

const ASSOCIATE = '/api/v2/mfa/totp/associate'
const CONFIRM = '/api/v2/mfa/totp/associate/confirm'
const VERIFY = '/api/v2/mfa/totp/verify'
const RECOVERY = '/api/v2/mfa/totp/recovery'
const LIST = '/api/v2/mfa/authenticator?type=totp&source=SELF'

let server: Probe
beforeEach(() => {
  server = probe()
})

async function associate(token: string): Promise<{ secret: string; recovery_code: string; qrcode_uri: string }> {
  return (await server.ask('POST', ASSOCIATE, { token, body: { authenticator_type: 'totp' } })).body.data
}

async function carolsSecret(): Promise<string> {
  return (await server.key('carol'))?.secret ?? ''
}

describe('associateTotp and confirmTotp', () => {
  it('lead from nothing over pending to bound', async () => {
    const token = await server.userToken('alice')
    expect((await server.ask('GET', LIST, { token })).body.data).toEqual([])
    const { secret, recovery_code: recoveryCode } = await associate(token)
    expect((await server.ask('GET', LIST, { token })).body.data).toMatchObject([
      { enable: false, secret, recoveryCode },
    ])
    expect((await server.ask('POST', CONFIRM, { token, body: { totp: totp(secret, server.clock.now) } })).body).toEqual(
      {
        code: 200,
        message: 'Success',
      },
    )
    expect((await server.ask('GET', LIST, { token })).body.data).toMatchObject([{ enable: true, secret, recoveryCode }])
    expect((await server.login('alice')).body.code).toBe(1635)
  })

  it('give a Base32 secret, an otpauth address and a recovery code in the documented forms', async () => {
    const { secret, recovery_code, qrcode_uri } = await associate(await server.userToken('alice'))
    expect(secret).toMatch(/^[A-Z2-7]{16}$/)
    expect(recovery_code).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){5}$/)
    expect(qrcode_uri).toBe(
      `otpauth://totp/Latchkey%20Demo:alice%40example.com?secret=${secret}&period=30&digits=6&algorithm=SHA1&issuer=Latchkey%20Demo`,
    )
  })

  it('finish a login that came with an mfaToken', async () => {
    const token = await server.mfaToken('bob', 'demo-app-mfa')
    const { secret } = await associate(token)
    const body = { totp: totp(secret, server.clock.now), source: 'APPLICATION' }
    expect((await server.ask('POST', CONFIRM, { token, body })).body.data).toMatchObject({ id: 'bob' })
  })

  it('refuse a wrong code with HTTP 400, and the widget with 6001', async () => {
    const token = await server.userToken('alice')
    await associate(token)
    const direct = await server.ask('POST', CONFIRM, { token, body: { totp: '000000' } })
    expect([direct.status, direct.body.code]).toEqual([400, 400])
    const headers = { 'x-authing-request-from': 'Guard@4.5.42' }
    const widget = await server.ask('POST', CONFIRM, { token, body: { totp: '000000' }, headers })
    expect([widget.status, widget.body.apiCode]).toEqual([200, 6001])
  })

  it('replace a pending key by the next one', async () => {
    const token = await server.userToken('alice')
    const first = await associate(token)
    const second = await associate(token)
    expect(
      (await server.ask('POST', CONFIRM, { token, body: { totp: totp(first.secret, server.clock.now) } })).status,
    ).toBe(400)
    expect(
      (await server.ask('POST', CONFIRM, { token, body: { totp: totp(second.secret, server.clock.now) } })).status,
    ).toBe(200)
  })

  it('leave the old binding in force until the new one is confirmed', async () => {
    const token = await server.userToken('alice')
    const first = await associate(token)
    await server.ask('POST', CONFIRM, { token, body: { totp: totp(first.secret, server.clock.now) } })
    const second = await associate(token)
    expect(await server.key('alice')).toMatchObject({ state: 'bound', secret: first.secret })
    server.clock.now += 60_000
    const verified = await server.ask('POST', VERIFY, {
      token: await server.mfaToken('alice'),
      body: { totp: totp(first.secret, server.clock.now) },
    })
    expect(verified.body.code).toBe(200)
    await server.ask('POST', CONFIRM, { token, body: { totp: totp(second.secret, server.clock.now) } })
    expect(await server.key('alice')).toMatchObject({ state: 'bound', secret: second.secret })
  })

  it.each([0, 1, 2, 3, 4])('bind associate number %i of five with the fault associate-any (BND-5)', async (chosen) => {
    await server.control('faults', { operation: 'associateTotp', fault: 'associate-any' })
    const token = await server.userToken('alice')
    const secrets: string[] = []
    for (let count = 0; count < 5; count++) secrets.push((await associate(token)).secret)
    const secret = secrets[chosen] ?? ''
    await server.ask('POST', CONFIRM, { token, body: { totp: totp(secret, server.clock.now) } })
    expect(await server.key('alice')).toMatchObject({ state: 'bound', secret })
  })
})

describe('unbindTotp', () => {
  it.each(['pending', 'bound'])('clears what is %s', async (state) => {
    const token = await server.userToken('alice')
    const { secret } = await associate(token)
    if (state === 'bound') await server.ask('POST', CONFIRM, { token, body: { totp: totp(secret, server.clock.now) } })
    expect((await server.ask('DELETE', ASSOCIATE, { token })).body.code).toBe(200)
    expect(await server.key('alice')).toBeNull()
  })

  it('needs the user token', async () => {
    const { body } = await server.ask('DELETE', ASSOCIATE, { token: await server.mfaToken('carol') })
    expect(body.code).toBe(2020)
    expect(await server.key('carol')).toMatchObject({ state: 'bound' })
  })
})

describe('verifyTotp', () => {
  it('takes a code once per time step (BND-10)', async () => {
    const body = { totp: totp(await carolsSecret(), server.clock.now) }
    expect((await server.ask('POST', VERIFY, { token: await server.mfaToken('carol'), body })).body.code).toBe(200)
    expect((await server.ask('POST', VERIFY, { token: await server.mfaToken('carol'), body })).body.code).toBe(6001)
  })

  it.each([
    [-60, 6001],
    [-30, 200],
    [0, 200],
    [30, 200],
    [60, 6001],
  ])('answers a code made %i s away with %i', async (seconds, code) => {
    const body = { totp: totp(await carolsSecret(), server.clock.now + seconds * 1000) }
    expect((await server.ask('POST', VERIFY, { token: await server.mfaToken('carol'), body })).body.code).toBe(code)
  })

  it.each([
    ['a number', 123456],
    ['nothing', undefined],
    ['too few digits', '12345'],
    ['a list', ['123456']],
  ])('refuses %s', async (_, given) => {
    const token = await server.mfaToken('carol')
    expect((await server.ask('POST', VERIFY, { token, body: { totp: given } })).body.code).toBe(6001)
  })

  it('judges by its own clock when that is wrong (OTP-2)', async () => {
    await server.control('clock', { skewSeconds: 300 })
    const token = await server.mfaToken('carol')
    const atOurTime = await server.ask('POST', VERIFY, {
      token,
      body: { totp: totp(await carolsSecret(), server.clock.now) },
    })
    const atItsTime = await server.ask('POST', VERIFY, {
      token,
      body: { totp: totp(await carolsSecret(), server.clock.now + 300_000) },
    })
    expect([atOurTime.body.code, atItsTime.body.code]).toEqual([6001, 200])
    expect(atItsTime.headers.get('date')).toBe(new Date(server.clock.now + 300_000).toUTCString())
  })

  it('takes the token bare as well', async () => {
    const headers = { authorization: await server.mfaToken('carol') }
    const body = { totp: totp(await carolsSecret(), server.clock.now) }
    expect((await server.ask('POST', VERIFY, { headers, body })).body.code).toBe(200)
  })

  it('answers its twin so that the widget signs in', async () => {
    const token = await server.mfaToken('carol')
    const body = { totp: totp(await carolsSecret(), server.clock.now) }
    const twin = await server.ask('POST', '/api/v2/applications/mfa/totp/verify', { token, body })
    expect(twin.body).toMatchObject({
      statusCode: 302,
      apiCode: 1600,
      code: 200,
      data: { id: 'carol', user: { id: 'carol' } },
    })
  })
})

describe('verifyRecoveryCode', () => {
  it('spends the code and puts the new one beside data (BND-6)', async () => {
    const before = await server.key('carol')
    const body = { recoveryCode: before?.recoveryCode }
    const first = await server.ask('POST', RECOVERY, { token: await server.mfaToken('carol'), body })
    expect(first.body).toMatchObject({ code: 200, data: { id: 'carol' } })
    expect(first.body.recoveryCode).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){5}$/)
    expect(await server.key('carol')).toMatchObject({ secret: before?.secret, recoveryCode: first.body.recoveryCode })
    const again = await server.ask('POST', RECOVERY, { token: await server.mfaToken('carol'), body })
    expect(again.body.code).toBe(6002)
  })
})

describe('the token of an MFA call', () => {
  const mfaOnly = [
    VERIFY,
    '/api/v2/applications/mfa/totp/verify',
    RECOVERY,
    '/api/v2/applications/mfa/sms/verify',
    '/api/v2/applications/mfa/email/verify',
    '/api/v2/applications/mfa/check',
    '/api/v2/mfa/face/verify',
  ]

  it.each(mfaOnly)('%s refuses none, a foreign and an expired one with 2021', async (path) => {
    const expired = await server.mfaToken('carol')
    server.clock.now += 360_000
    for (const token of [undefined, 'undefined', await server.userToken('alice'), expired]) {
      const { status, body } = await server.ask('POST', path, { ...(token ? { token } : {}), body: {} })
      expect([status, body.code]).toEqual([200, 2021])
    }
  })

  it('is good until its last second', async () => {
    const token = await server.mfaToken('carol')
    server.clock.now += 359_000
    expect((await server.ask('GET', LIST, { token })).body.code).toBe(200)
    server.clock.now += 1_000
    expect((await server.ask('GET', LIST, { token })).body.code).toBe(2021)
  })

  it.each([
    ['GET', LIST],
    ['POST', ASSOCIATE],
    ['POST', CONFIRM],
    ['DELETE', ASSOCIATE],
  ])('%s %s refuses a call without one with 2020', async (method, path) => {
    expect((await server.ask(method, path)).body.code).toBe(2020)
  })

  it('is worth nothing after signing out', async () => {
    const token = await server.userToken('alice')
    await server.ask('GET', '/api/v2/logout?app_id=demo-app', { token })
    expect((await server.ask('GET', LIST, { token })).body.code).toBe(2020)
  })
})
