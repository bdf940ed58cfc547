import { beforeEach, describe, expect, it } from 'vitest'

import { probe, type Probe } from './probe'

const PHONE = '13800000004'
const EMAIL = 'dave@example.com'

let server: Probe
let token: string
beforeEach(async () => {
  server = probe()
  token = await server.mfaToken('dave', 'demo-app-factors')
})

async function newestCode(): Promise<string> {
  return (await server.control('state')).body.outbox.at(-1).code
}

describe.each([
  ['sms', { phone: PHONE }, 60],
  ['email', { email: EMAIL }, 300],
] as const)('a code by %s', (channel, to, lifetimeSeconds) => {
  const send = () => server.ask('POST', `/api/v2/${channel}/send`, { body: to })
  const verify = (code: string) =>
    server.ask('POST', `/api/v2/applications/mfa/${channel}/verify`, { token, body: { ...to, code } })

  it('stands in the outbox under the address as the request gave it', async () => {
    await send()
    const { outbox } = (await server.control('state')).body
    expect(outbox).toEqual([{ to: Object.values(to)[0], code: expect.stringMatching(/^\d{4}$/) }])
  })

  it('is taken once', async () => {
    await send()
    const code = await newestCode()
    expect((await verify(code)).body).toMatchObject({ code: 200, data: { id: 'dave' } })
    expect((await verify(code)).body.code).toBe(2001)
  })

  it('is refused when wrong, and when a newer one was sent', async () => {
    await send()
    const first = await newestCode()
    expect((await verify('no')).body.code).toBe(2001)
    await send()
    const second = await newestCode()
    if (first !== second) expect((await verify(first)).body.code).toBe(2001)
    expect((await verify(second)).body.code).toBe(200)
  })

  it('expires', async () => {
    await send()
    server.clock.now += lifetimeSeconds * 1000
    expect((await verify(await newestCode())).body.code).toBe(2300)
  })
})

describe('sendSms', () => {
  it('needs a phone', async () => {
    expect((await server.ask('POST', '/api/v2/sms/send', { body: {} })).status).toBe(400)
  })
})

describe('isBindable', () => {
  it.each([
    ['the own phone', { phone: PHONE }, true],
    ["nobody's phone", { phone: '13900000009' }, true],
    ['the own email', { email: EMAIL }, true],
    ["another user's email", { email: 'carol@example.com' }, false],
    ["the own phone with another's email", { phone: PHONE, email: 'carol@example.com' }, false],
  ])('answers for %s', async (_, body, answer) => {
    expect((await server.ask('POST', '/api/v2/applications/mfa/check', { token, body })).body.data).toBe(answer)
  })

  it("answers false for another user's phone", async () => {
    const bobs = await server.mfaToken('bob', 'demo-app-factors')
    const { body } = await server.ask('POST', '/api/v2/applications/mfa/check', { token: bobs, body: { phone: PHONE } })
    expect(body.data).toBe(false)
  })
})
