import { Refusal } from './answers'
import type { PasswordKey } from './password-key'
import { APPLICATIONS, type Application } from './seed'
import { userById, type EmulatorState } from './state'
import type { Token, TokenKind, Tokens } from './tokens'
import type { User } from './user'

/** One API call: what it carries, and what it may act on. `now` is the server's own idea of the time, in ms. */
export interface Call {
  readonly state: EmulatorState
  readonly tokens: Tokens
  readonly passwordKey: PasswordKey
  readonly now: number
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/** Who speaks, by a token that is in force. */
export interface Session {
  readonly user: User
  readonly kind: TokenKind
  readonly appId: string
}

/** The body as an object; `{}` for anything else. */
export async function readBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = JSON.parse(await request.text())
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {}
  } catch {
    return {} // a multipart upload, or no body
  }
}

/** A member of the body that must be text and not empty; HTTP 400 otherwise. */
export function requiredText(call: Call, member: string): string {
  const value = call.body[member]
  if (typeof value !== 'string' || value === '') throw new Refusal(400, { status: 400 })
  return value
}

/** The application the call names, the first one if it names none. */
export function applicationOf(call: Call): Application {
  return applicationById(call.headers.get('x-authing-app-id') ?? APPLICATIONS[0].id)
}

/** The application with this id; refuses an unknown one as not permitted. */
export function applicationById(id: string): Application {
  const application = APPLICATIONS.find((candidate) => candidate.id === id)
  if (!application) throw new Refusal(1001)
  return application
}

/** The language that failures are told in. */
export function languageOf(call: Call): string | null {
  return call.headers.get('x-authing-lang')
}

/** Whether the vendor's widget asks, which shows any other status than 2xx as a broken network. */
export function isWidget(call: Call): boolean {
  return /^guard/i.test(call.headers.get('x-authing-request-from') ?? '')
}

/** The signed-in user; 2020 without a user token in force. */
export function signedIn(call: Call): Session {
  const token = bearer(call)
  if (token?.kind !== 'user' || !inForce(call, token)) throw new Refusal(2020)
  return session(call, token)
}

/** The user whose login awaits the second factor; 2021 without an mfaToken in force. */
export function loggingIn(call: Call, given: string | null = bearerText(call)): Session {
  const token = given ? call.tokens.read(given) : null
  if (token?.kind !== 'mfa' || !inForce(call, token)) throw new Refusal(2021)
  return session(call, token)
}

/** Either of the two above. */
export function signedInOrLoggingIn(call: Call): Session {
  const token = bearer(call)
  return token?.kind === 'mfa' ? loggingIn(call) : signedIn(call)
}

/** Lets an administrator pass; 2020 without a token in force, 1001 with somebody else's. */
export function requireAdministrator(call: Call): void {
  const token = bearer(call)
  if (!token || !inForce(call, token)) throw new Refusal(2020)
  if (token.kind !== 'management') throw new Refusal(1001)
}

/** The token of the call, in force or not; with or without the prefix `Bearer`. */
export function bearer(call: Call): Token | null {
  const text = bearerText(call)
  return text ? call.tokens.read(text) : null
}

function bearerText(call: Call): string | null {
  return call.headers.get('authorization')?.replace(/^Bearer\s+/i, '') ?? null
}

/** Whether a token has neither expired nor been given back by signing out. */
export function inForce(call: Call, token: Token): boolean {
  return token.expiresAt * 1000 > call.now && !call.state.revokedTokens.has(token.id)
}

function session(call: Call, token: Token): Session {
  const user = userById(call.state, token.userId)
  if (!user) throw new Refusal(2004)
  return { user, kind: token.kind, appId: token.appId }
}
