import { beforeEach, describe, expect, it } from 'vitest'

import { FAULT_LIST } from './faults'
import { probe, type Probe } from './probe'

const PATH = '/api/v2/mfa/totp/associate'
const URL_OF_CALL = `http://127.0.0.1:8787${PATH}`

let server: Probe
let token: string
beforeEach(async () => {
  server = probe()
  token = await server.userToken('alice')
})

async function setFault(fault: string, more: object = {}): Promise<void> {
  await server.control('faults', { operation: 'associateTotp', fault, ...more })
}

function raw(init: RequestInit = {}): Promise<Response> {
  return server.emulator.fetch(URL_OF_CALL, { method: 'POST', headers: { authorization: `Bearer ${token}` }, ...init })
}

describe('a fault', () => {
  it('spoils as many calls as it says, of its operation alone', async () => {
    await setFault('status-503', { times: 2 })
    expect((await server.ask('GET', '/api/v2/.well-known')).status).toBe(200)
    const statuses = [(await raw()).status, (await raw()).status, (await raw()).status]
    expect(statuses).toEqual([503, 503, 200])
  })

  it('with * spoils any call, and pages never', async () => {
    await server.control('faults', { operation: '*', fault: 'empty' })
    expect((await server.ask('GET', '/')).status).toBe(200)
    expect((await server.ask('GET', '/api/v2/.well-known')).body).toBe('')
    expect((await server.ask('GET', '/api/v2/.well-known')).body.code).toBe(200)
  })

  it('is taken back without losing the state', async () => {
    await raw()
    await setFault('status-500')
    await server.ask('DELETE', '/__emulator/faults')
    expect((await raw()).status).toBe(200)
    expect(await server.key('alice')).not.toBeNull()
  })

  it.each([
    ['status-500', {}, false],
    ['status-500', { commit: true }, true],
    ['code-2021', {}, false],
    ['html', {}, false],
    ['drop-before', {}, false],
    ['drop-after', {}, true],
    ['truncated', {}, true],
    ['truncated', { commit: false }, false],
    ['never', {}, false],
    ['redirect-other-origin', {}, false],
  ])('%s %j: the operation is carried out: %s', async (fault, more, committed) => {
    await setFault(fault, more)
    await raw({ redirect: 'manual', signal: AbortSignal.timeout(50) }).catch(() => null)
    expect((await server.key('alice')) !== null).toBe(committed)
  })

  it('reaches the same operation in GraphQL and in the flows of the widget', async () => {
    await server.control('faults', { operation: 'adminToken', fault: 'code-1001' })
    const admin = await server.ask('POST', '/graphql/v2', { body: { query: '{ accessToken { exp } }' } })
    expect(admin.body).toMatchObject({ errors: [{ message: { code: 1001 } }] })
    await server.control('faults', { operation: 'verifyTotp', fault: 'code-2021' })
    const flow = await server.ask('POST', '/interaction/authFlow', { body: { action: 'verify-totp', data: {} } })
    expect(flow.body).toMatchObject({ statusCode: 499, apiCode: 2021, code: 2021 })
  })
})

describe('the faults by name', () => {
  it.each([401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504])('status-%i', async (status) => {
    await setFault(`status-${status}`)
    const response = await raw()
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, status === 429 ? '2' : null])
  })

  it.each([
    ['empty', ''],
    ['null', 'null'],
    ['number', '200'],
    ['string', '"200"'],
  ])('%s', async (fault, text) => {
    await setFault(fault)
    expect(await (await raw()).text()).toBe(text)
  })

  it.each(['html', 'truncated'])('%s is no JSON', async (fault) => {
    await setFault(fault)
    const response = await raw()
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toThrow(SyntaxError)
  })

  it('array, api-code-string, graphql-string-error and missing-members', async () => {
    expect(await spoilt('array')).toBeInstanceOf(Array)
    expect(await spoilt('api-code-string')).toMatchObject({ statusCode: 499, apiCode: '1001' })
    expect(await spoilt('api-code-string')).not.toHaveProperty('code')
    expect(await spoilt('graphql-string-error')).toMatchObject({ errors: [{ message: expect.any(String) }] })
    expect(await spoilt('missing-members')).toMatchObject({ code: 200, data: {} })
  })

  it('wrong-types and wrong-data', async () => {
    expect(await spoilt('wrong-types')).toEqual({
      code: [200],
      message: 7,
      data: { authenticator_type: 7, secret: 7, qrcode_uri: 7, qrcode_data_url: 7, recovery_code: 7 },
    })
    expect(await spoilt('wrong-data')).toMatchObject({ code: 200, data: { secret: 7 } })
  })

  it('proto-keys hides the members where a careless merge finds them', async () => {
    const body = await spoilt('proto-keys')
    expect(Object.keys(body)).toEqual(['__proto__', 'constructor', 'message'])
    expect((Object.getOwnPropertyDescriptor(body, '__proto__')?.value as object) ?? {}).toMatchObject({ code: 200 })
  })

  it('huge is ten megabytes, deep 100,000 levels', async () => {
    await setFault('huge')
    expect((await (await raw()).text()).length).toBeGreaterThan(10 * 1024 * 1024)
    await setFault('deep')
    expect((await (await raw()).text()).match(/\[/g)).toHaveLength(100_000)
  })

  it('bom, invalid-utf8, duplicate-keys and content-type', async () => {
    expect((await bytesOf('bom')).subarray(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf))
    const invalid = await bytesOf('invalid-utf8')
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(invalid)).toThrow(TypeError)
    expect(new TextDecoder().decode(await bytesOf('duplicate-keys')).match(/"code"/g)).toHaveLength(2)
    await setFault('content-type')
    expect((await raw()).headers.get('content-type')).toBe('text/plain')
  })

  it('redirect-other-origin leads to the other loopback name, and fetch with redirect: error rejects (NET-3)', async () => {
    await setFault('redirect-other-origin', { times: 2 })
    const response = await raw({ redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([307, `http://localhost:8787${PATH}`])
    await expect(raw({ redirect: 'error' })).rejects.toThrow(TypeError)
  })

  it('redirect-same-origin is followed, and the record shows both requests', async () => {
    await setFault('redirect-same-origin')
    expect((await raw()).status).toBe(200)
    const { requests } = (await server.control('state')).body
    expect(requests.slice(-2).map(({ status }: { status: number }) => status)).toEqual([307, 200])
  })

  it.each(['drop-before', 'drop-after'])('%s rejects, and the record says status 0', async (fault) => {
    await setFault(fault)
    await expect(raw()).rejects.toThrow(TypeError)
    expect((await server.control('state')).body.requests.at(-1).status).toBe(0)
  })

  it.each(['never', 'slow'])('%s waits until the signal', async (fault) => {
    await setFault(fault)
    await expect(raw({ signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it.each(['stall', 'drip', 'endless'])('%s answers, and its body lasts until the signal', async (fault) => {
    await setFault(fault)
    const response = await raw({ signal: AbortSignal.timeout(100) })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('drop-inside breaks the body off', async () => {
    await setFault('drop-inside')
    await expect((await raw()).text()).rejects.toThrow(TypeError)
  })

  it('are all described', () => {
    expect(Object.values(FAULT_LIST).every((does) => does.length > 5)).toBe(true)
  })
})

async function spoilt(fault: string): Promise<Record<string, unknown>> {
  await setFault(fault)
  return (await raw()).json() as Promise<Record<string, unknown>>
}

async function bytesOf(fault: string): Promise<Uint8Array> {
  await setFault(fault)
  return new Uint8Array(await (await raw()).arrayBuffer())
}
