import { newTotpKey } from './totp-keys'
import type { User } from './user'

/** How the login of an application asks for a second factor. No policy: only who is bound is asked, for the own TOTP. */
export type Policy = 'OTP' | 'SMS' | 'EMAIL'

/** An application of the pool. */
export interface Application {
  readonly id: string
  readonly policy: readonly Policy[]
}

/** The one user pool, whose name is the issuer in its QR codes. */
export const POOL = { id: 'demo-pool', secret: 'demo-pool-secret', name: 'Latchkey Demo' } as const

/** The applications of the pool; the first is meant where a call names none. */
export const APPLICATIONS = [
  { id: 'demo-app', policy: [] },
  { id: 'demo-app-mfa', policy: ['OTP'] },
  { id: 'demo-app-factors', policy: ['SMS', 'EMAIL', 'OTP'] },
] as const satisfies readonly Application[]

const CAROL = { secret: 'CAROLSSECRETKEY2', recoveryCode: 'ca01-ca02-ca03-ca04-ca05-ca06' }

/** Alice and bob without a factor, carol with a TOTP, dave with a phone. */
export function seededUsers(now: number): User[] {
  return [
    newUser('alice'),
    newUser('bob'),
    { ...newUser('carol'), bound: newTotpKey(now, CAROL) },
    { ...newUser('dave'), phone: '13800000004' },
  ]
}

function newUser(id: string): User {
  return {
    id,
    password: `${id}-Passw0rd`,
    email: `${id}@example.com`,
    phone: null,
    bound: null,
    pending: [],
    face: false,
  }
}
