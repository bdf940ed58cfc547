import type { EmulatedServer } from './emulated-server'

type Call = () => Promise<unknown>

/** A call that would succeed, ready to be made: what has to happen before has happened. */
export type Prepare = (server: EmulatedServer) => Promise<Call>

async function delivered(server: EmulatedServer, send: (api: ReturnType<EmulatedServer['api']>) => Promise<void>) {
  const api = server.api('demo-app-factors')
  const mfaToken = await server.mfaToken('dave', 'demo-app-factors')
  await send(api)
  const code = (await server.state()).outbox.at(-1)?.code ?? ''
  return { api, mfaToken, code }
}

/** Every operation of both clients, under the name by which the emulator knows it. */
export const OPERATIONS: Readonly<Record<string, Prepare>> = {
  listAuthenticators: async (server) => {
    const token = await server.userToken('alice')
    await server.api().associateTotp({ token })
    return () => server.api().listAuthenticators({ token, source: 'SELF' })
  },
  associateTotp: async (server) => {
    const token = await server.userToken('alice')
    return () => server.api().associateTotp({ token, source: 'SELF' })
  },
  confirmTotp: async (server) => {
    const token = await server.userToken('alice')
    const { secret } = await server.api().associateTotp({ token })
    return () => server.api().confirmTotp({ token, totp: server.code(secret), source: 'SELF' })
  },
  unbindTotp: async (server) => {
    const token = await server.userToken('alice')
    return () => server.api().unbindTotp({ token })
  },
  verifyTotp: async (server) => {
    const mfaToken = await server.mfaToken('carol')
    const totp = server.code((await server.user('carol'))?.secret ?? '')
    return () => server.api().verifyTotp({ mfaToken, totp })
  },
  verifyRecoveryCode: async (server) => {
    const mfaToken = await server.mfaToken('carol')
    const recoveryCode = (await server.user('carol'))?.recoveryCode ?? ''
    return () => server.api().verifyRecoveryCode({ mfaToken, recoveryCode })
  },
  verifySms: async (server) => {
    const phone = '13800000004'
    const { api, mfaToken, code } = await delivered(server, (sender) => sender.sendSms({ phone }))
    return () => api.verifySms({ mfaToken, phone, code })
  },
  verifyEmail: async (server) => {
    const email = 'dave@example.com'
    const { api, mfaToken, code } = await delivered(server, (sender) => sender.sendEmail({ email }))
    return () => api.verifyEmail({ mfaToken, email, code })
  },
  isBindable: async (server) => {
    const mfaToken = await server.mfaToken('dave', 'demo-app-factors')
    return () => server.api('demo-app-factors').isBindable({ mfaToken, phone: '13800000004' })
  },
  sendSms: async (server) => () => server.api().sendSms({ phone: '13800000004' }),
  sendEmail: async (server) => () => server.api().sendEmail({ email: 'dave@example.com' }),
  publicKey: async (server) => () => server.api().loginByPassword({ account: 'bob', password: 'bob-Passw0rd' }),
  loginByPassword: async (server) => () => server.api().loginByPassword({ account: 'bob', password: 'bob-Passw0rd' }),
  adminToken: async (server) => () => server.admin().status('carol'),
  status: async (server) => () => server.admin().status('carol'),
  unassociate: async (server) => () => server.admin().unassociate('carol', 'OTP'),
  importTotp: async (server) => () => server.admin().importTotp({ userId: 'alice', secret: 'GEZDGNBVGY3TQOJQ' }),
}
