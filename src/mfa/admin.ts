import { decodeBase32 } from '../core/base32'
import { AppError } from '../core/errors'
import { pathSegment } from './address'
import { given, needed, neededInHeader } from './arguments'
import { connect, type ConnectionOptions } from './connection'
import { expectDone } from './failures'
import { ACCESS_TOKEN, runGraphql } from './graphql'
import type { HttpRequest, Send } from './http'
import { tokenTimes } from './jwt'
import { asBoolean, asObject, member, optionalText, text, token } from './members'

/** The factors that an administrator may take from a user. */
const UNASSOCIABLE = ['OTP', 'FACE'] as const

/** A management token is renewed this long before it ends (mfa-api §7.1). */
const RENEW_BEFORE_END_MS = 3_600_000

export interface MfaAdminOptions extends ConnectionOptions {
  host: string
  userPoolId: string
  /** The user pool's secret: it goes to the token endpoint and nowhere else (ADM-3). */
  secret: string
}

/** A TOTP that an administrator put in force for a user. */
export interface ImportedTotp {
  id: string
  userId: string
  enabled: boolean
  recoveryCode: string
}

/** The MFA server as an administrator meets it. All calls throw `mfa/…` and `network/…`, and never retry. */
export interface MfaAdmin {
  /** Which kinds of factor the user has. */
  status(userId: string): Promise<Readonly<Record<string, boolean>>>
  /** Takes the factor from the user. */
  unassociate(userId: string, type: (typeof UNASSOCIABLE)[number]): Promise<void>
  /** Puts a TOTP in force at once. The secret is Base32; throws `entry/secret-invalid` if it is not. */
  importTotp(key: { userId: string; secret: string; recoveryCode?: string }): Promise<ImportedTotp>
}

/**
 * Makes the client. It asks for a management token before its first call and keeps it in memory until an hour before
 * its end. Throws `mfa/address-invalid`, `mfa/argument-missing`.
 */
export function createMfaAdmin(options: MfaAdminOptions): MfaAdmin {
  const send = connect(options.host, { userPoolId: neededInHeader(options.userPoolId) }, options)
  const fetchToken = createTokenSource(send, options)
  const manage = async (request: HttpRequest): Promise<unknown> =>
    expectDone(await send({ ...request, bearer: await fetchToken() })).data
  return {
    async status(userId) {
      return readStatus(await manage({ method: 'GET', path: boundPath(userId) }))
    },
    async unassociate(userId, type) {
      if (!UNASSOCIABLE.includes(type)) throw new AppError('mfa/argument-missing')
      await manage({ method: 'DELETE', path: boundPath(userId), query: { type } })
    },
    async importTotp({ userId, secret, recoveryCode }) {
      if (decodeBase32(needed(secret)).length === 0) throw new AppError('entry/secret-invalid')
      const body = { userId: needed(userId), secret, ...given('recoveryCode', recoveryCode) }
      return readImported(await manage({ method: 'POST', path: '/api/v2/mfa/totp/import', body }))
    },
  }
}

function boundPath(userId: string): string {
  return `/api/v2/users/${pathSegment(needed(userId))}/mfa-bound`
}

interface Pool {
  userPoolId: string
  secret: string
  now?: () => number
}

function createTokenSource(send: Send, { userPoolId, secret, now = Date.now }: Pool): () => Promise<string> {
  const variables = { userPoolId, secret: needed(secret) }
  let kept: { token: string; renewAt: number } | null = null
  return async () => {
    if (kept && now() < kept.renewAt) return kept.token
    const fresh = token(await runGraphql(send, ACCESS_TOKEN, variables), 'accessToken')
    kept = { token: fresh, renewAt: (tokenTimes(fresh).exp ?? 0) * 1000 - RENEW_BEFORE_END_MS }
    return fresh
  }
}

function readStatus(value: unknown): Readonly<Record<string, boolean>> {
  const status = asObject(value)
  asBoolean(member(status, 'OTP'))
  return Object.fromEntries(
    Object.entries(status).filter((kind): kind is [string, boolean] => typeof kind[1] === 'boolean'),
  )
}

function readImported(value: unknown): ImportedTotp {
  const imported = asObject(value)
  return {
    id: text(imported, 'id'),
    userId: text(imported, 'userId'),
    enabled: asBoolean(member(imported, 'enable')),
    recoveryCode: optionalText(imported, 'recoveryCode') ?? '',
  }
}
