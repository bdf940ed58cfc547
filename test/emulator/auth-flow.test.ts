import { beforeEach, describe, expect, it } from 'vitest'

import { totp } from './one-time-code'
import { probe, type Probe, type Seen } from './probe'

let server: Probe
beforeEach(() => {
  server = probe()
})

async function act(flowHandle: string, action: string, data: unknown): Promise<Seen> {
  return server.ask('POST', '/interaction/authFlow', { body: { action, data, flowHandle } })
}

async function begin(user: string, app?: string): Promise<{ flowHandle: string; mfaToken: string }> {
  const { body } = await server.login(user, app)
  return { flowHandle: body.flowHandle, mfaToken: body.data.mfaToken }
}

describe('authFlow', () => {
  it('verifies a TOTP and ends the login', async () => {
    const { flowHandle, mfaToken } = await begin('carol')
    const { secret } = (await server.key('carol')) ?? { secret: '' }
    const { body } = await act(flowHandle, 'verify-totp', { totp: totp(secret, server.clock.now), mfaToken })
    expect(body).toMatchObject({
      statusCode: 302,
      apiCode: 1600,
      data: { user: { id: 'carol', token: expect.any(String) } },
    })
  })

  it('confirms a binding by the flow alone, and ends the login after the recovery code', async () => {
    const { flowHandle, mfaToken: token } = await begin('bob', 'demo-app-mfa')
    const begun = await server.ask('POST', '/api/v2/mfa/totp/associate', { token, body: { source: 'APPLICATION' } })
    const code = totp(begun.body.data.secret, server.clock.now)
    expect((await act(flowHandle, 'verify-totp-first-time', { totp: '000000' })).body).toMatchObject({ apiCode: 6001 })
    expect((await act(flowHandle, 'verify-totp-first-time', { totp: code })).body).toMatchObject({ statusCode: 200 })
    const ended = await act(flowHandle, 'confirm-totp-recovery-code', {})
    expect(ended.body).toMatchObject({ statusCode: 302, apiCode: 1600, data: { user: { id: 'bob' } } })
  })

  it('recovers with the new code in data', async () => {
    const { flowHandle } = await begin('carol')
    const recoveryCode = (await server.key('carol'))?.recoveryCode
    const { body } = await act(flowHandle, 'recovery-totp', { recoveryCode })
    expect(body).toMatchObject({ statusCode: 200, data: { recoveryCode: (await server.key('carol'))?.recoveryCode } })
    expect((await act(flowHandle, 'confirm-totp-recovery-code', {})).body.apiCode).toBe(1600)
  })

  it('does not end a login whose second factor was not shown', async () => {
    const { flowHandle } = await begin('carol')
    expect((await act(flowHandle, 'confirm-totp-recovery-code', {})).body.apiCode).toBe(2021)
  })

  it('ends a login once', async () => {
    const { flowHandle } = await begin('carol')
    await act(flowHandle, 'recovery-totp', { recoveryCode: (await server.key('carol'))?.recoveryCode })
    await act(flowHandle, 'confirm-totp-recovery-code', {})
    expect((await act(flowHandle, 'confirm-totp-recovery-code', {})).body.apiCode).toBe(2021)
  })

  it.each([
    ['an unknown flow', 'recovery-totp', 2021],
    ['a flow named like a member of Object', 'recovery-totp', 2021],
    ['an unknown action', 'toString', 400],
  ])('refuses %s', async (what, action, code) => {
    const flowHandle = what.includes('Object') ? 'constructor' : 'nothing'
    const { status, body } = await act(flowHandle, action, {})
    expect([status, body.apiCode]).toEqual([200, code])
  })

  it('forgets a flow after six minutes', async () => {
    const { flowHandle } = await begin('carol')
    server.clock.now += 360_000
    const recoveryCode = (await server.key('carol'))?.recoveryCode
    expect((await act(flowHandle, 'recovery-totp', { recoveryCode })).body.apiCode).toBe(2021)
  })
})
