import { beforeEach, describe, expect, it } from 'vitest'

import type { MfaApi } from '../../src/mfa/api'
import { login } from '../../src/mfa/login'
import { emulatedServer, START, type EmulatedServer } from './emulated-server'

let server: EmulatedServer
beforeEach(async () => void (server = await emulatedServer()))

describe('login', () => {
  it('answers the session', async () => {
    const result = await login(server.api(), { account: 'alice', password: 'alice-Passw0rd' }, () => server.clock.now)
    expect(result).toMatchObject({ kind: 'session', user: { id: 'alice' } })
  })

  it('says when the mfaToken dies, by our own clock however the server’s is (mfa-api §2.3)', async () => {
    const ours = START + 7_200_000
    const result = await login(server.api(), { account: 'carol', password: 'carol-Passw0rd' }, () => ours)
    expect(result).toMatchObject({ kind: 'mfa', code: 1635, expiresAt: ours + 360_000 })
  })

  it.each(['opaque', 'a.b.c', 'e.bm8.s', `e.${Buffer.from('{"iat":"x"}').toString('base64url')}.s`])(
    'gives the token %s six minutes',
    async (mfaToken) => {
      const demand = { kind: 'mfa', code: 1635, mfaToken, factors: [], totpBound: true } as const
      const facts = { phone: null, phoneCountryCode: null, email: null }
      const api: MfaApi = { ...server.api(), loginByPassword: async () => ({ ...demand, ...facts }) }
      expect(await login(api, { account: 'a', password: 'p' }, () => 1_000)).toMatchObject({ expiresAt: 361_000 })
    },
  )
})
