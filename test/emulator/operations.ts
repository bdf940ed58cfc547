import type { Answer } from './answers'
import { authFlow, authFlowOperation } from './auth-flow'
import type { Call } from './call'
import { isBindable, sendCode, verifyDeliveredCode } from './delivered-codes'
import { associateFace, upload, verifyFace } from './face'
import { graphql, graphqlOperation } from './graphql'
import { loginByEmailCode, loginByPassword, signInOnBoxes } from './login'
import { importTotp, mfaStatus, unassociate } from './management'
import { currentUser, logout, securityLevel, wellKnown } from './session'
import * as totp from './totp'
import { componentsPublicConfig, publicConfig } from './widget-settings'

/** One endpoint. Its operation is the name that faults and records use. */
export interface Operation {
  readonly name: string | ((call: Call) => string)
  readonly run: (call: Call) => Answer | Promise<Answer>
}

const USER_MFA = /^\/api\/v2\/users\/[^/]+\/mfa-bound$/
const PUBLIC_CONFIG = /^\/api\/v2\/applications\/[^/]+\/public-config$/
const COMPONENTS_CONFIG = /^\/api\/v2\/applications\/[^/]+\/components-public-config\/guard$/

const ENDPOINTS: readonly (readonly [method: string, path: string | RegExp, operation: Operation])[] = [
  ['GET', '/api/v2/mfa/authenticator', { name: 'listAuthenticators', run: totp.listAuthenticators }],
  ['POST', '/api/v2/mfa/totp/associate', { name: 'associateTotp', run: totp.associateTotp }],
  ['POST', '/api/v2/mfa/totp/associate/confirm', { name: 'confirmTotp', run: totp.confirmTotp }],
  ['DELETE', '/api/v2/mfa/totp/associate', { name: 'unbindTotp', run: totp.unbindTotp }],
  ['POST', '/api/v2/mfa/totp/verify', { name: 'verifyTotp', run: totp.verifyTotp }],
  ['POST', '/api/v2/applications/mfa/totp/verify', { name: 'verifyTotp', run: totp.verifyTotpTwin }],
  ['POST', '/api/v2/mfa/totp/recovery', { name: 'verifyRecoveryCode', run: totp.verifyRecoveryCode }],
  [
    'POST',
    '/api/v2/applications/mfa/sms/verify',
    { name: 'verifySms', run: (call) => verifyDeliveredCode(call, 'phone') },
  ],
  [
    'POST',
    '/api/v2/applications/mfa/email/verify',
    { name: 'verifyEmail', run: (call) => verifyDeliveredCode(call, 'email') },
  ],
  ['POST', '/api/v2/applications/mfa/check', { name: 'isBindable', run: isBindable }],
  ['POST', '/api/v2/sms/send', { name: 'sendSms', run: (call) => sendCode(call, 'phone') }],
  ['POST', '/api/v2/email/send', { name: 'sendEmail', run: (call) => sendCode(call, 'email') }],
  ['POST', '/api/v2/upload', { name: 'upload', run: upload }],
  ['POST', '/api/v2/mfa/face/associate', { name: 'associateFace', run: associateFace }],
  ['POST', '/api/v2/mfa/face/verify', { name: 'verifyFace', run: verifyFace }],
  ['POST', '/api/v2/applications/mfa/face/verify', { name: 'verifyFace', run: verifyFace }],
  ['POST', '/api/v2/login/account', { name: 'loginByPassword', run: loginByPassword }],
  ['POST', '/boxes/sign-in', { name: 'loginByPassword', run: signInOnBoxes }],
  ['POST', '/api/v2/login/email-code', { name: 'loginByCode', run: loginByEmailCode }],
  ['GET', '/api/v2/.well-known', { name: 'publicKey', run: wellKnown }],
  ['GET', '/api/v2/users/me', { name: 'currentUser', run: currentUser }],
  ['GET', '/api/v2/users/me/security-level', { name: 'securityLevel', run: securityLevel }],
  ['GET', '/api/v2/logout', { name: 'logout', run: logout }],
  ['GET', USER_MFA, { name: 'status', run: mfaStatus }],
  ['DELETE', USER_MFA, { name: 'unassociate', run: unassociate }],
  ['POST', '/api/v2/mfa/totp/import', { name: 'importTotp', run: importTotp }],
  ['POST', '/graphql/v2', { name: graphqlOperation, run: graphql }],
  ['POST', '/interaction/authFlow', { name: authFlowOperation, run: authFlow }],
  ['GET', PUBLIC_CONFIG, { name: 'publicConfig', run: publicConfig }],
  ['GET', COMPONENTS_CONFIG, { name: 'publicConfig', run: componentsPublicConfig }],
]

/** Every name under which a fault can be set, beside `*`. */
export const OPERATION_NAMES: readonly string[] = [
  ...new Set(ENDPOINTS.flatMap(([, , { name }]) => (typeof name === 'string' ? [name] : []))),
  'adminToken',
  'checkLoginStatus',
  'refreshToken',
  'graphql',
  'authFlow',
  'finishLogin',
]

/** The endpoint for method and path, or `undefined`. */
export function operationFor(method: string, path: string): Operation | undefined {
  const found = ENDPOINTS.find(
    ([verb, pattern]) => verb === method && (typeof pattern === 'string' ? pattern === path : pattern.test(path)),
  )
  return found?.[2]
}
