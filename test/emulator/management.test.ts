import { beforeEach, describe, expect, it } from 'vitest'

import { probe, type Probe } from './probe'

let server: Probe
let token: string
beforeEach(async () => {
  server = probe()
  token = (await adminToken('demo-pool-secret')).body.data.accessToken.accessToken
})

async function adminToken(secret: string) {
  const query =
    'query accessToken($userPoolId: String!, $secret: String!) { accessToken(userPoolId: $userPoolId, secret: $secret) { accessToken exp iat } }'
  return server.ask('POST', '/graphql/v2', { body: { query, variables: { userPoolId: 'demo-pool', secret } } })
}

describe('the management token', () => {
  it('lives well over an hour, since the SDK renews within the last one', async () => {
    const { exp, iat } = (await adminToken('demo-pool-secret')).body.data.accessToken
    expect(exp - iat).toBeGreaterThan(2 * 3600)
  })

  it('is refused to a wrong secret, in the shape of GraphQL', async () => {
    const { body } = await adminToken('wrong')
    expect(body).toEqual({
      errors: [{ message: { code: 1001, message: 'Not permitted', data: null }, locations: [], path: ['accessToken'] }],
      data: { accessToken: null },
    })
  })

  it.each([
    ['none', () => undefined, 2020],
    ["a user's", () => server.userToken('alice'), 1001],
    ["a login's", () => server.mfaToken('carol'), 1001],
  ])('cannot be replaced by %s', async (_, other, code) => {
    const given = await other()
    const { body } = await server.ask('GET', '/api/v2/users/carol/mfa-bound', given ? { token: given } : {})
    expect(body.code).toBe(code)
  })
})

describe('status, unassociate and importTotp', () => {
  it('read an encoded user id', async () => {
    expect((await server.ask('GET', '/api/v2/users/c%61rol/mfa-bound', { token })).body.data.OTP).toBe(true)
  })

  it.each([
    ['GET', '/api/v2/users/nobody/mfa-bound', {}, 200, 2004],
    ['DELETE', '/api/v2/users/nobody/mfa-bound?type=OTP', {}, 200, 2004],
    ['DELETE', '/api/v2/users/carol/mfa-bound?type=SMS', {}, 400, 400],
    ['DELETE', '/api/v2/users/carol/mfa-bound', {}, 400, 400],
    ['POST', '/api/v2/mfa/totp/import', { userId: 'nobody', secret: 'ABC' }, 200, 2004],
    ['POST', '/api/v2/mfa/totp/import', { userId: 'alice' }, 400, 400],
    ['POST', '/api/v2/mfa/totp/import', { secret: 'ABC' }, 400, 400],
  ])('%s %s %j is refused', async (method, path, body, status, code) => {
    const seen = await server.ask(method, path, { token, ...(method === 'POST' ? { body } : {}) })
    expect([seen.status, seen.body.code]).toEqual([status, code])
    expect(await server.key('carol')).toMatchObject({ state: 'bound' })
  })

  it('make a recovery code where the import brings none', async () => {
    const body = { userId: 'alice', secret: 'ALICESSECRETKEY2' }
    const { data } = (await server.ask('POST', '/api/v2/mfa/totp/import', { token, body })).body
    expect(data).toMatchObject({ userId: 'alice', enable: true, secret: 'ALICESSECRETKEY2' })
    expect(data.recoveryCode).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){5}$/)
    expect((await server.login('alice')).body.code).toBe(1635)
  })
})

describe('graphql', () => {
  it('answers an unknown field as a standard server does', async () => {
    const { body } = await server.ask('POST', '/graphql/v2', { body: { query: 'query { constructor { x } }' } })
    expect(body).toEqual({ errors: [{ message: 'Cannot query field "constructor"' }], data: null })
  })
})
