import { fold, type Answer } from './answer'
import { given, needed, neededInHeader } from './arguments'
import { connect, type ConnectionOptions } from './connection'
import { expectDone } from './failures'
import { runGraphql, SEND_EMAIL } from './graphql'
import type { HttpRequest, Send } from './http'
import { asBoolean, text, type JsonObject } from './members'
import { createPasswordLogin, type Credentials, type LoginResult } from './password'
import {
  readAssociation,
  readAuthenticators,
  readEndOfLogin,
  readUser,
  type Association,
  type Authenticator,
  type User,
} from './wire'

/** In whose name a factor is bound: the user's own account page, or a login that asks for it. */
export type TotpSource = 'SELF' | 'APPLICATION'

/** `token` is a user token or an mfaToken; `source` is sent when given. */
export interface TotpRequest {
  token: string
  source?: TotpSource
}

/** A phone number; its country code, like `+1`, is left out for mainland China. */
export interface Phone {
  phone: string
  phoneCountryCode?: string
}

export interface MfaApiOptions extends ConnectionOptions {
  /** Address of the application's own host. */
  appHost: string
  appId: string
  userPoolId?: string
}

/**
 * The MFA server as a user meets it, a function per endpoint (mfa-api §4 to §6). Each sends one request and never
 * retries (a browser may send it twice by itself where a kept connection breaks, and nothing can forbid it that); `loginByPassword` asks for the server's key before its first. All throw `mfa/…` and `network/…`;
 * `mfa/argument-missing` means that nothing was sent.
 */
export interface MfaApi {
  listAuthenticators(request: TotpRequest): Promise<Authenticator[]>
  /** Begins a binding; nothing is in force until it is confirmed. */
  associateTotp(request: TotpRequest): Promise<Association>
  /** `mfa/code-rejected` for a wrong code. Answers the user only where the server ends a login with it. */
  confirmTotp(request: TotpRequest & { totp: string }): Promise<{ user?: User }>
  unbindTotp(request: { token: string }): Promise<void>
  verifyTotp(request: { mfaToken: string; totp: string }): Promise<{ user: User }>
  /** The code is spent; the new one is in the answer and has to be kept. */
  verifyRecoveryCode(request: { mfaToken: string; recoveryCode: string }): Promise<{ user: User; recoveryCode: string }>
  verifySms(request: Phone & { mfaToken: string; code: string }): Promise<{ user: User }>
  verifyEmail(request: { mfaToken: string; email: string; code: string }): Promise<{ user: User }>
  /** Whether the phone or address may become this user's factor. */
  isBindable(request: { mfaToken: string; phone?: string; email?: string }): Promise<boolean>
  sendSms(to: Phone): Promise<void>
  sendEmail(to: { email: string }): Promise<void>
  loginByPassword(credentials: Credentials): Promise<LoginResult>
}

/** Makes the client. Throws `mfa/address-invalid`, `mfa/argument-missing`. */
export function createMfaApi(options: MfaApiOptions): MfaApi {
  const send = connect(options.appHost, { ...options, appId: neededInHeader(options.appId) }, options)
  return { ...totpCalls(send), ...deliveredCalls(send), loginByPassword: createPasswordLogin(send) }
}

const TOTP = '/api/v2/mfa/totp'
const APPLICATION_MFA = '/api/v2/applications/mfa'

type TotpCalls = Pick<
  MfaApi,
  'listAuthenticators' | 'associateTotp' | 'confirmTotp' | 'unbindTotp' | 'verifyTotp' | 'verifyRecoveryCode'
>

function totpCalls(send: Send): TotpCalls {
  return {
    async listAuthenticators({ token, source }) {
      const query = { type: 'totp', ...given('source', source) }
      const path = '/api/v2/mfa/authenticator'
      const answer = await send({ method: 'GET', path, query, bearer: neededInHeader(token) })
      return readAuthenticators(expectDone(answer).data)
    },
    async associateTotp({ token, source }) {
      const body = { authenticator_type: 'totp', ...given('source', source) }
      return readAssociation(expectDone(await send(post(`${TOTP}/associate`, token, body))).data)
    },
    async confirmTotp({ token, totp, source }) {
      const body = { authenticator_type: 'totp', totp: needed(totp), ...given('source', source) }
      return readEndOfLogin(expectConfirmed(await send(post(`${TOTP}/associate/confirm`, token, body))).data)
    },
    async unbindTotp({ token }) {
      expectDone(await send({ method: 'DELETE', path: `${TOTP}/associate`, bearer: neededInHeader(token) }))
    },
    async verifyTotp({ mfaToken, totp }) {
      return verified(send, post(`${TOTP}/verify`, mfaToken, { totp: needed(totp) }))
    },
    async verifyRecoveryCode({ mfaToken, recoveryCode }) {
      const body = { recoveryCode: needed(recoveryCode) }
      const answer = expectDone(await send(post(`${TOTP}/recovery`, mfaToken, body)))
      return { user: readUser(answer.data), recoveryCode: text(answer.envelope, 'recoveryCode') }
    },
  }
}

type DeliveredCalls = Pick<MfaApi, 'verifySms' | 'verifyEmail' | 'isBindable' | 'sendSms' | 'sendEmail'>

function deliveredCalls(send: Send): DeliveredCalls {
  return {
    async verifySms({ mfaToken, code, ...to }) {
      return verified(send, post(`${APPLICATION_MFA}/sms/verify`, mfaToken, { ...phoneOf(to), code: needed(code) }))
    },
    async verifyEmail({ mfaToken, email, code }) {
      const body = { email: needed(email), code: needed(code) }
      return verified(send, post(`${APPLICATION_MFA}/email/verify`, mfaToken, body))
    },
    async isBindable({ mfaToken, phone, email }) {
      needed(phone || email)
      const answer = await send(
        post(`${APPLICATION_MFA}/check`, mfaToken, { ...given('email', email), ...given('phone', phone) }),
      )
      return asBoolean(expectDone(answer).data)
    },
    async sendSms(to) {
      expectDone(
        await send({ method: 'POST', path: '/api/v2/sms/send', body: { ...phoneOf(to), scene: 'mfa-verify' } }),
      )
    },
    async sendEmail({ email }) {
      const result = await runGraphql(send, SEND_EMAIL, { email: needed(email), scene: 'MFA_VERIFY' })
      expectDone(fold(200, result))
    },
  }
}

function post(path: string, bearer: string, body: JsonObject): HttpRequest {
  return { method: 'POST', path, bearer: neededInHeader(bearer), body }
}

function phoneOf({ phone, phoneCountryCode }: Phone): JsonObject {
  return { phone: needed(phone), ...given('phoneCountryCode', phoneCountryCode) }
}

async function verified(send: Send, request: HttpRequest): Promise<{ user: User }> {
  return { user: readUser(expectDone(await send(request)).data) }
}

/** A wrong code is 400 here (mfa-api §4.3). A gateway's 400, which has no JSON, says nothing about the code. */
function expectConfirmed(answer: Answer): Answer {
  const saidByServer = Object.keys(answer.envelope).length > 0
  return expectDone(answer, saidByServer ? { 400: 'mfa/code-rejected' } : {})
}
