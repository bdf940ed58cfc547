import { beforeEach, describe, expect, it } from 'vitest'

import { probe, type Probe } from './probe'

let server: Probe
beforeEach(() => {
  server = probe()
})

describe('GET /__emulator', () => {
  it('lists every operation and fault that outside programs rely on', async () => {
    const { operations, faults } = (await server.ask('GET', '/__emulator')).body
    const promised =
      'listAuthenticators associateTotp confirmTotp unbindTotp verifyTotp verifyRecoveryCode verifySms verifyEmail isBindable sendSms sendEmail loginByPassword status unassociate importTotp adminToken *'
    expect(operations).toEqual(expect.arrayContaining(promised.split(' ')))
    const kinds =
      'drop-before drop-after slow never drip html empty truncated array huge deep wrong-types proto-keys redirect-other-origin api-code-string associate-any'
    expect(Object.keys(faults)).toEqual(expect.arrayContaining(kinds.split(' ')))
  })
})

describe('GET /__emulator/state', () => {
  it('shows the seeded users', async () => {
    const { users, requests, outbox } = (await server.control('state')).body
    expect(users.map(({ id, totp }: { id: string; totp: unknown }) => [id, totp])).toEqual([
      ['alice', null],
      ['bob', null],
      ['carol', { state: 'bound', secret: 'CAROLSSECRETKEY2', recoveryCode: 'ca01-ca02-ca03-ca04-ca05-ca06' }],
      ['dave', null],
    ])
    expect([requests, outbox]).toEqual([[], []])
  })

  it('records requests with path and status, and names of headers but no values', async () => {
    const token = await server.mfaToken('carol')
    await server.ask('GET', '/api/v2/mfa/authenticator?type=totp', { token })
    const { requests } = (await server.control('state')).body
    expect(requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/api/v2/mfa/authenticator',
      query: '?type=totp',
      status: 200,
      at: server.clock.now,
      operation: 'listAuthenticators',
      headers: expect.arrayContaining(['authorization']),
    })
    expect(JSON.stringify(requests)).not.toContain(token)
  })
})

describe('POST /__emulator/reset', () => {
  it('brings back the seeded state, the true clock and no faults', async () => {
    const before = (await server.control('state')).body
    const token = await server.userToken('alice')
    await server.ask('POST', '/api/v2/mfa/totp/associate', { token })
    await server.ask('POST', '/api/v2/sms/send', { body: { phone: '1' } })
    await server.control('clock', { skewSeconds: -90 })
    await server.control('mode', { cors: true, strictHeaders: true })
    await server.control('faults', { operation: '*', fault: 'status-500', times: 9 })
    const reset = await server.control('reset')
    expect((await server.control('state')).body).toEqual(before)
    expect((await server.ask('GET', '/')).headers.get('date')).toBe(new Date(server.clock.now).toUTCString())
    expect(reset.status).toBe(200)
  })
})

describe('POST /__emulator/faults, clock and mode', () => {
  it.each([
    ['faults', { operation: 'noSuchCall', fault: 'empty' }],
    ['faults', { operation: 'verifyTotp', fault: 'noSuchFault' }],
    ['faults', { operation: 'verifyTotp', fault: 'constructor' }],
    ['faults', { operation: 'verifyTotp', fault: 'status-200' }],
    ['faults', { operation: 'verifyTotp', fault: 'empty', times: 0 }],
    ['faults', { operation: 'verifyTotp', fault: 'empty', times: 1.5 }],
    ['faults', {}],
    ['clock', {}],
    ['clock', { skewSeconds: '5' }],
  ])('%s %j is refused with a reason', async (name, body) => {
    const seen = await server.control(name, body)
    expect(seen).toMatchObject({ status: 400, body: { error: expect.any(String) } })
  })

  it('answers 404 to an unknown control', async () => {
    expect((await server.control('nothing', {})).status).toBe(404)
  })

  it.each([-86_400, -30, -1, 0, 1, 31, 300, 86_400])(
    'sets the clock %i s off, in every Date header (OTP-2)',
    async (skewSeconds) => {
      await server.control('clock', { skewSeconds: 7 })
      await server.control('clock', { skewSeconds })
      const { headers } = await server.ask('GET', '/api/v2/.well-known')
      expect(headers.get('date')).toBe(new Date(server.clock.now + skewSeconds * 1000).toUTCString())
    },
  )
})

describe('a preflight', () => {
  const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' }

  it('goes unanswered by default, and no answer may be read across origins', async () => {
    const preflight = await server.ask('OPTIONS', '/api/v2/mfa/totp/verify', { headers })
    expect(preflight.status).toBe(404)
    const { headers: seen } = await server.ask('GET', '/api/v2/.well-known', { headers })
    expect(seen.get('access-control-allow-origin')).toBeNull()
  })

  it('is answered in the other mode', async () => {
    await server.control('mode', { cors: true })
    const preflight = await server.ask('OPTIONS', '/api/v2/mfa/totp/verify', { headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    const { headers: seen } = await server.ask('GET', '/api/v2/.well-known', { headers })
    expect(seen.get('access-control-allow-origin')).toBe('https://example.com')
  })
})
