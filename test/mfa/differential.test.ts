import { AuthenticationClient, EmailScene, ManagementClient } from 'authing-js-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createMfaAdmin } from '../../src/mfa/admin'
import { createMfaApi } from '../../src/mfa/api'
import { record, type Recorded, type Recorder } from './recorder'

// A throw-away JWT: the vendor's client decodes the management token.
const claims = Buffer.from(JSON.stringify({ exp: 4_102_444_800, iat: 1_700_000_000 })).toString('base64url')
const MANAGEMENT_TOKEN = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${claims}.c2ln`
const USER = { id: 'u1', token: 'fresh-token' }
const TOTP = { id: 't1', userId: 'u1', enable: true, secret: 'GEZDGNBVGY3TQOJQ', authenticatorType: 'totp' }

/** Enough of an answer for either client to be content. */
const ANSWERS: Readonly<Record<string, object>> = {
  'GET /api/v2/mfa/authenticator': { data: [] },
  'POST /api/v2/mfa/totp/associate': { data: { secret: 'GEZDGNBVGY3TQOJQ', recovery_code: 'r' } },
  'POST /api/v2/mfa/totp/verify': { data: USER },
  'POST /api/v2/mfa/totp/recovery': { data: USER, recoveryCode: 'new' },
  'POST /api/v2/applications/mfa/sms/verify': { data: USER },
  'POST /api/v2/applications/mfa/email/verify': { data: USER },
  'POST /api/v2/applications/mfa/check': { data: true },
  'GET /api/v2/users/u1/mfa-bound': { data: { OTP: true, FACE: false } },
  'POST /api/v2/mfa/totp/import': { data: TOTP },
}

function answerTo({ method, path, body }: Recorded): unknown {
  if (path !== '/graphql/v2') return { code: 200, message: 'ok', ...ANSWERS[`${method} ${path}`] }
  const isToken = JSON.stringify(body).includes('accessToken')
  const accessToken = { accessToken: MANAGEMENT_TOKEN, exp: 4_102_444_800, iat: 1_700_000_000 }
  return { data: isToken ? { accessToken } : { sendEmail: { code: 200, message: 'ok' } } }
}

let recorder: Recorder
beforeAll(async () => {
  // The vendor's client honours these; the loopback must not.
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name]
  recorder = await record(answerTo)
})
afterAll(() => recorder.close())
beforeEach(() => void recorder.requests.splice(0))

type Sdk = AuthenticationClient
type Api = ReturnType<typeof createMfaApi>

function sdk(userToken?: string): Sdk {
  const client = new AuthenticationClient({ appId: 'app-1', appHost: recorder.url, lang: 'en-US' })
  if (userToken) client.setToken(userToken)
  return client
}

/** The SDK reads the pool from its options, though their type does not name it. */
function withPool(): { appId: string; appHost: string } {
  const options = { appId: 'app-1', userPoolId: 'pool-1', appHost: recorder.url }
  return options
}

function ours(): Api {
  return createMfaApi({ appHost: recorder.url, appId: 'app-1', lang: 'en-US', fetch })
}

/** What each client put on the wire for its part. */
async function wires(theirs: () => Promise<unknown>, own: () => Promise<unknown>): Promise<[Recorded[], Recorded[]]> {
  await theirs()
  const vendor = recorder.requests.splice(0)
  await own()
  return [vendor, recorder.requests.splice(0)]
}

const totp = 'totp' as never

/** Operation, the vendor's call, our call; both with the same token. */
const SAME: readonly [string, (client: Sdk) => Promise<unknown>, (api: Api) => Promise<unknown>, ('user' | 'mfa')?][] =
  [
    [
      'listAuthenticators with the defaults',
      (client) => client.mfa.getMfaAuthenticators(),
      (api) => api.listAuthenticators({ token: 'T', source: 'SELF' }),
      'user',
    ],
    [
      'listAuthenticators without a source',
      (client) => client.mfa.getMfaAuthenticators({ type: totp }),
      (api) => api.listAuthenticators({ token: 'T' }),
      'user',
    ],
    [
      'listAuthenticators while logging in',
      (client) => client.mfa.getMfaAuthenticators({ type: totp, mfaToken: 'T', source: 'APPLICATION' as never }),
      (api) => api.listAuthenticators({ token: 'T', source: 'APPLICATION' }),
    ],
    [
      'associateTotp with the defaults',
      (client) => client.mfa.assosicateMfaAuthenticator(),
      (api) => api.associateTotp({ token: 'T', source: 'SELF' }),
      'user',
    ],
    [
      'associateTotp without a source',
      (client) => client.mfa.assosicateMfaAuthenticator({ authenticatorType: totp }),
      (api) => api.associateTotp({ token: 'T' }),
      'user',
    ],
    [
      'associateTotp while logging in',
      (client) =>
        client.mfa.assosicateMfaAuthenticator({
          authenticatorType: totp,
          mfaToken: 'T',
          source: 'APPLICATION' as never,
        }),
      (api) => api.associateTotp({ token: 'T', source: 'APPLICATION' }),
    ],
    [
      'confirmTotp',
      (client) => client.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: totp, totp: '012345' }),
      (api) => api.confirmTotp({ token: 'T', totp: '012345' }),
      'user',
    ],
    [
      'confirmTotp with a source',
      (client) =>
        client.mfa.confirmAssosicateMfaAuthenticator({
          authenticatorType: totp,
          totp: '012345',
          source: 'SELF' as never,
        }),
      (api) => api.confirmTotp({ token: 'T', totp: '012345', source: 'SELF' }),
      'user',
    ],
    ['unbindTotp', (client) => client.mfa.deleteMfaAuthenticator(), (api) => api.unbindTotp({ token: 'T' }), 'user'],
    [
      'verifyTotp',
      (client) => client.mfa.verifyTotpMfa({ totp: '012345', mfaToken: 'T' }),
      (api) => api.verifyTotp({ mfaToken: 'T', totp: '012345' }),
    ],
    [
      'verifyRecoveryCode',
      (client) => client.mfa.verifyTotpRecoveryCode({ recoveryCode: 'a-b', mfaToken: 'T' }),
      (api) => api.verifyRecoveryCode({ mfaToken: 'T', recoveryCode: 'a-b' }),
    ],
    [
      'verifySms',
      (client) => client.mfa.verifyAppSmsMfa({ phone: '13800000004', code: '0123', mfaToken: 'T' }),
      (api) => api.verifySms({ mfaToken: 'T', phone: '13800000004', code: '0123' }),
    ],
    [
      'verifySms abroad',
      (client) => client.mfa.verifyAppSmsMfa({ phone: '1', code: '0123', mfaToken: 'T', phoneCountryCode: '+1' }),
      (api) => api.verifySms({ mfaToken: 'T', phone: '1', phoneCountryCode: '+1', code: '0123' }),
    ],
    [
      'verifyEmail',
      (client) => client.mfa.verifyAppEmailMfa({ email: 'a@b.c', code: '0123', mfaToken: 'T' }),
      (api) => api.verifyEmail({ mfaToken: 'T', email: 'a@b.c', code: '0123' }),
    ],
    [
      'isBindable for a phone',
      (client) => client.mfa.phoneOrEmailBindable({ phone: '13800000004', mfaToken: 'T' }),
      (api) => api.isBindable({ mfaToken: 'T', phone: '13800000004' }),
    ],
    [
      'isBindable for an email',
      (client) => client.mfa.phoneOrEmailBindable({ email: 'a@b.c', mfaToken: 'T' }),
      (api) => api.isBindable({ mfaToken: 'T', email: 'a@b.c' }),
    ],
    [
      'sendSms',
      (client) => client.sendSmsCode('13800000004', undefined, 'mfa-verify' as never),
      (api) => api.sendSms({ phone: '13800000004' }),
    ],
    [
      'sendSms abroad',
      (client) => client.sendSmsCode('1', '+1', 'mfa-verify' as never),
      (api) => api.sendSms({ phone: '1', phoneCountryCode: '+1' }),
    ],
    [
      'sendEmail',
      (client) => client.sendEmail('a@b.c', EmailScene.MfaVerify),
      (api) => api.sendEmail({ email: 'a@b.c' }),
    ],
  ]

describe("the vendor's SDK and our client on the wire", () => {
  it.each(SAME)('are the same for %s', async (_, theirs, own, session) => {
    const [vendor, mine] = await wires(
      () => theirs(sdk(session === 'user' ? 'T' : undefined)),
      () => own(ours()),
    )
    expect(vendor).toHaveLength(1)
    expect(mine).toEqual(vendor)
  })

  it('are the same where the user pool is named and the language is left to the default', async () => {
    const [vendor, mine] = await wires(
      () =>
        new AuthenticationClient(withPool()).mfa.verifyTotpMfa({
          totp: '012345',
          mfaToken: 'T',
        }),
      () =>
        createMfaApi({ appHost: `${recorder.url}/`, appId: 'app-1', userPoolId: 'pool-1', fetch }).verifyTotp({
          mfaToken: 'T',
          totp: '012345',
        }),
    )
    expect(vendor[0]?.headers).toMatchObject({ 'x-authing-userpool-id': 'pool-1', 'x-authing-lang': 'zh-CN' })
    expect(mine).toEqual(vendor)
  })

  it('differ at confirm with an mfaToken, which the SDK loses (mfa-api §8, 5)', async () => {
    const [vendor, mine] = await wires(
      () =>
        sdk().mfa.confirmAssosicateMfaAuthenticator({
          authenticatorType: totp,
          totp: '012345',
          mfaToken: 'T',
          source: 'APPLICATION' as never,
        }),
      () => ours().confirmTotp({ token: 'T', totp: '012345', source: 'APPLICATION' }),
    )
    expect(vendor[0]?.headers).not.toHaveProperty('authorization')
    const [sent] = vendor
    expect(mine).toEqual([{ ...sent, headers: { ...sent?.headers, authorization: 'Bearer T' } }])
  })

  it('differ without an mfaToken, where the SDK sends the word "undefined" (mfa-api §8, 2)', async () => {
    const missing = undefined as never
    const [vendor, mine] = await wires(
      () => sdk().mfa.verifyTotpMfa({ totp: '012345', mfaToken: missing }),
      () =>
        ours()
          .verifyTotp({ mfaToken: missing, totp: '012345' })
          .catch(() => undefined),
    )
    expect(vendor[0]?.headers).toMatchObject({ authorization: 'Bearer undefined' })
    expect(mine).toEqual([])
  })

  it('differ without a session, where the SDK leaves it to the server to refuse (mfa-api §2.3)', async () => {
    const [vendor, mine] = await wires(
      () => sdk().mfa.deleteMfaAuthenticator(),
      () =>
        ours()
          .unbindTotp({ token: '' })
          .catch(() => undefined),
    )
    expect(vendor).toHaveLength(1)
    expect(mine).toEqual([])
  })
})

type SdkAdmin = ManagementClient
type Admin = ReturnType<typeof createMfaAdmin>

function sdkAdmin(): SdkAdmin {
  return new ManagementClient({ userPoolId: 'pool-1', secret: 'pool-secret', host: recorder.url, lang: 'en-US' })
}

function ourAdmin(): Admin {
  return createMfaAdmin({ userPoolId: 'pool-1', secret: 'pool-secret', host: recorder.url, lang: 'en-US', fetch })
}

const ADMIN: readonly [string, (client: SdkAdmin) => Promise<unknown>, (admin: Admin) => Promise<unknown>][] = [
  ['status', (client) => client.mfa.getStatus('u1'), (admin) => admin.status('u1')],
  [
    'unassociate OTP',
    (client) => client.mfa.unAssociateMfa('u1', 'OTP' as never),
    (admin) => admin.unassociate('u1', 'OTP'),
  ],
  [
    'unassociate FACE',
    (client) => client.mfa.unAssociateMfa('u1', 'FACE' as never),
    (admin) => admin.unassociate('u1', 'FACE'),
  ],
  [
    'importTotp',
    (client) => client.mfa.importTotp('u1', TOTP.secret),
    (admin) => admin.importTotp({ userId: 'u1', secret: TOTP.secret }),
  ],
  [
    'importTotp with a recovery code',
    (client) => client.mfa.importTotp('u1', TOTP.secret, 'a-b'),
    (admin) => admin.importTotp({ userId: 'u1', secret: TOTP.secret, recoveryCode: 'a-b' }),
  ],
]

describe("the vendor's management client and ours on the wire", () => {
  it.each(ADMIN)('are the same for %s, the token request before it among them', async (_, theirs, own) => {
    const [vendor, mine] = await wires(
      () => theirs(sdkAdmin()),
      () => own(ourAdmin()),
    )
    expect(vendor).toHaveLength(2)
    expect(mine).toEqual(vendor)
  })

  it('both ask for the token once for two calls', async () => {
    const twice = async <T>(client: T, call: (client: T) => Promise<unknown>): Promise<void> => {
      await call(client)
      await call(client)
    }
    const [vendor, mine] = await wires(
      () => twice(sdkAdmin(), (client) => client.mfa.getStatus('u1')),
      () => twice(ourAdmin(), (admin) => admin.status('u1')),
    )
    expect(vendor).toHaveLength(3)
    expect(mine).toEqual(vendor)
  })

  it('differ for an id that is no plain word, which the SDK pastes into the path (mfa-api §7.2)', async () => {
    const [vendor, mine] = await wires(
      () =>
        sdkAdmin()
          .mfa.getStatus('../u1?x=#')
          .catch(() => undefined),
      () =>
        ourAdmin()
          .status('../u1?x=#')
          .catch(() => undefined),
    )
    expect(vendor[1]?.path).not.toMatch(/users/)
    expect(mine[1]?.path).toBe('/api/v2/users/..%2Fu1%3Fx%3D%23/mfa-bound')
  })
})
