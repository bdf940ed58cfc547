/** One TOTP key of a user. `usedSteps` are the time steps whose code was accepted: each counts once. */
export interface TotpKey {
  readonly id: string
  readonly secret: string
  readonly createdAt: number
  readonly usedSteps: Set<number>
  recoveryCode: string
  updatedAt: number
}

/** A user of the pool. `pending` holds what was associated and never confirmed, oldest first, five at most. */
export interface User {
  readonly id: string
  readonly password: string
  readonly email: string
  phone: string | null
  bound: TotpKey | null
  pending: TotpKey[]
  face: boolean
}
