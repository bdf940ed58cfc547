import {
  asBoolean,
  asObject,
  asObjects,
  isObject,
  member,
  numeric,
  optionalText,
  text,
  token,
  type JsonObject,
} from './members'

/** Who is signed in. All else the server says about a user, which may include the password's hash, is dropped (ADM-5). */
export interface User {
  id: string
  token: string
  username?: string
  email?: string
  phone?: string
  /** As the server writes it, ISO 8601. */
  tokenExpiredAt?: string
}

/** A TOTP factor as the server's list has it. Texts are empty where the server gave none. */
export interface Authenticator {
  id: string
  type: string
  /** False: associated, but not confirmed yet. */
  enabled: boolean
  secret: string
  recoveryCode: string
  createdAt: string
}

/** What the server makes when a binding begins. `uri` and `qrDataUrl` are empty where the server gave none. */
export interface Association {
  secret: string
  uri: string
  qrDataUrl: string
  recoveryCode: string
}

const POLICIES = ['OTP', 'SMS', 'EMAIL', 'FACE', 'PASSKEY'] as const

/** A kind of second factor that an application accepts. */
export interface Factor {
  policy: (typeof POLICIES)[number]
}

/** The password was right, and a second factor is asked for. */
export interface SecondFactorDemand {
  kind: 'mfa'
  /** 1635: the user's own TOTP. 1636: the application's policy. */
  code: 1635 | 1636
  mfaToken: string
  /** In the order in which the application prefers them. */
  factors: readonly Factor[]
  /** Whether the user has a TOTP here; if not, and `OTP` is the way, one has to be bound to get in. */
  totpBound: boolean
  /** Where codes can be delivered to; null where the server knows none. */
  phone: string | null
  phoneCountryCode: string | null
  email: string | null
}

/** Reads a user; newer servers put it one level deeper. */
export function readUser(value: unknown): User {
  const outer = asObject(value)
  const inner = member(outer, 'user')
  const user = isObject(inner) && member(outer, 'id') === undefined ? inner : outer
  return {
    id: text(user, 'id'),
    token: token(user, 'token'),
    ...present(user, ['username', 'email', 'phone', 'tokenExpiredAt']),
  }
}

/** Reads what confirm answers: nothing, or the user where the binding was the last step of a login. */
export function readEndOfLogin(value: unknown): { user?: User } {
  if (value === undefined || value === null) return {}
  const end = asObject(value)
  const isUser = member(end, 'token') !== undefined || member(end, 'user') !== undefined
  return isUser ? { user: readUser(end) } : {}
}

function present<Name extends string>(object: JsonObject, names: readonly Name[]): { [key in Name]?: string } {
  const found: { [key in Name]?: string } = {}
  for (const name of names) {
    const value = optionalText(object, name)
    if (value !== undefined) found[name] = value
  }
  return found
}

/** Reads the answer of the list call. */
export function readAuthenticators(value: unknown): Authenticator[] {
  return asObjects(value).map((item) => ({
    id: text(item, 'id'),
    type: text(item, 'authenticatorType'),
    enabled: asBoolean(member(item, 'enable')),
    secret: text(item, 'secret'),
    recoveryCode: optionalText(item, 'recoveryCode') ?? '',
    createdAt: optionalText(item, 'createdAt') ?? '',
  }))
}

/** Reads the answer of the associate call. Without a recovery code it is refused: it is worth as much as the secret. */
export function readAssociation(value: unknown): Association {
  const association = asObject(value)
  return {
    secret: text(association, 'secret'),
    uri: optionalText(association, 'qrcode_uri') ?? '',
    qrDataUrl: optionalText(association, 'qrcode_data_url') ?? '',
    recoveryCode: text(association, 'recovery_code'),
  }
}

/** Reads the `data` of 1635 and 1636. */
export function readDemand(code: 1635 | 1636, value: unknown): SecondFactorDemand {
  const demand = asObject(value)
  return {
    kind: 'mfa',
    code,
    mfaToken: token(demand, 'mfaToken'),
    factors: code === 1635 ? [{ policy: 'OTP' }] : readFactors(member(demand, 'applicationMfa')),
    totpBound: code === 1635 || member(demand, 'totpMfaEnabled') === true,
    phone: optionalText(demand, 'mfaPhone') ?? optionalText(demand, 'phone') ?? null,
    phoneCountryCode: optionalText(demand, 'mfaPhoneCountryCode') ?? optionalText(demand, 'phoneCountryCode') ?? null,
    email: optionalText(demand, 'mfaEmail') ?? optionalText(demand, 'email') ?? null,
  }
}

/** By `sort`; kinds that came later than this list are left out. Without a list, a TOTP is what 1636 began with. */
function readFactors(value: unknown): readonly Factor[] {
  if (value === undefined || value === null) return [{ policy: 'OTP' }]
  const wanted = asObjects(value).map((item) => ({
    name: text(item, 'mfaPolicy'),
    sort: numeric(member(item, 'sort')) ?? 0,
  }))
  const inOrder = wanted.toSorted((a, b) => a.sort - b.sort)
  return inOrder.flatMap(({ name }) => POLICIES.filter((policy) => policy === name).map((policy) => ({ policy })))
}
