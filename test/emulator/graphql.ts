import { graphqlErrors, Refusal, type Answer } from './answers'
import { bearer, inForce, languageOf, signedIn, type Call } from './call'
import { deliver } from './delivered-codes'
import { codeLogin, decryptedPassword, passwordLogin, type LoginOutcome } from './login'
import { POOL } from './seed'
import { userAnswer } from './user-answer'

type Variables = Readonly<Record<string, unknown>>

interface Field {
  /** The name under which faults know it. */
  readonly operation: string
  readonly resolve: (call: Call, variables: Variables) => unknown
}

const FIELDS: Readonly<Record<string, Field>> = {
  accessToken: { operation: 'adminToken', resolve: accessToken },
  loginByUsername: {
    operation: 'loginByPassword',
    resolve: (call, variables) => byPassword(call, variables, 'username'),
  },
  loginByEmail: { operation: 'loginByPassword', resolve: (call, variables) => byPassword(call, variables, 'email') },
  loginByPhonePassword: {
    operation: 'loginByPassword',
    resolve: (call, variables) => byPassword(call, variables, 'phone'),
  },
  loginByPhoneCode: { operation: 'loginByCode', resolve: byPhoneCode },
  sendEmail: { operation: 'sendEmail', resolve: sendEmail },
  user: { operation: 'currentUser', resolve: user },
  checkLoginStatus: { operation: 'checkLoginStatus', resolve: checkLoginStatus },
  refreshToken: { operation: 'refreshToken', resolve: refreshToken },
}

/** `POST /graphql/v2`: knows an operation by its field and ignores the selection. */
export function graphql(call: Call): Answer {
  const name = fieldName(call)
  const field = fieldOf(name)
  if (!field) return { status: 200, body: { errors: [{ message: `Cannot query field "${name}"` }], data: null } }
  try {
    return { status: 200, body: { data: { [name]: field.resolve(call, variablesOf(call)) } } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return graphqlErrors(name, error.code, languageOf(call), error.extra['data'])
  }
}

/** The operation in a GraphQL call by the name that faults use. */
export function graphqlOperation(call: Call): string {
  return fieldOf(fieldName(call))?.operation ?? 'graphql'
}

function fieldOf(name: string): Field | undefined {
  return Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined
}

function fieldName(call: Call): string {
  return /^[^{]*\{\s*(\w+)/.exec(String(call.body['query'] ?? ''))?.[1] ?? ''
}

function variablesOf(call: Call): Variables {
  return (call.body['variables'] ?? {}) as Variables
}

function accessToken(call: Call, { userPoolId, secret }: Variables): unknown {
  if (userPoolId !== POOL.id || secret !== POOL.secret) throw new Refusal(1001)
  const token = call.tokens.issue('management', call.now)
  const read = call.tokens.read(token)
  return { accessToken: token, iat: read?.issuedAt, exp: read?.expiresAt }
}

function byPassword(call: Call, { input }: Variables, account: 'username' | 'email' | 'phone'): unknown {
  const given = (input ?? {}) as Variables
  return settled(passwordLogin(call, given[account], decryptedPassword(call, given['password'])))
}

function byPhoneCode(call: Call, { input }: Variables): unknown {
  const given = (input ?? {}) as Variables
  return settled(codeLogin(call, String(given['phone'] ?? ''), given['code']))
}

function settled(outcome: LoginOutcome): unknown {
  if (outcome.kind === 'mfa') throw new Refusal(outcome.code, { extra: { data: outcome.data } })
  return outcome.user
}

function sendEmail(call: Call, { email }: Variables): unknown {
  if (typeof email !== 'string' || email === '') throw new Refusal(400)
  deliver(call, 'email', email)
  return { code: 200, message: 'Success' }
}

function user(call: Call): unknown {
  const session = signedIn(call)
  return userAnswer(call, session.user, session.appId)
}

function checkLoginStatus(call: Call, { token }: Variables): unknown {
  const read = typeof token === 'string' ? call.tokens.read(token) : bearer(call)
  if (read?.kind !== 'user' || !inForce(call, read)) return { code: 2020, message: 'Not logged in', status: false }
  const data = { id: read.userId, userPoolId: POOL.id, arn: `arn:cn:authing:${POOL.id}:user:${read.userId}` }
  return { code: 200, message: 'Logged in', status: true, iat: read.issuedAt, exp: read.expiresAt, data }
}

function refreshToken(call: Call): unknown {
  const session = signedIn(call)
  const token = call.tokens.issue('user', call.now, session.user.id, session.appId)
  const read = call.tokens.read(token)
  return { token, iat: read?.issuedAt, exp: read?.expiresAt }
}
