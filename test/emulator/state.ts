import { seededUsers } from './seed'
import type { PendingFault } from './faults'
import type { User } from './user'

/** A login of the vendor's widget in its default protocol, known by its `flowHandle`. */
export interface Flow {
  readonly userId: string
  readonly appId: string
  readonly expiresAt: number
  /** Whether the second factor was shown, so that the flow may be ended. */
  passed: boolean
}

/** A code that a real server would have sent by SMS or email. */
export interface DeliveredCode {
  readonly to: string
  readonly code: string
  readonly expiresAt: number
  spent: boolean
}

/** One request as it arrived; `status` is 0 when the connection got no answer. Header names only: values may be secret. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly host: string
  readonly origin: string | null
  readonly headers: readonly string[]
  readonly at: number
  operation: string | null
  status: number
}

/** Switches of `POST /__emulator/mode`. */
export interface Mode {
  /** Answer `OPTIONS` and send `Access-Control-*`; otherwise preflights go unanswered, as an extension must not need them. */
  cors: boolean
  /** Refuse API calls that name neither application nor user pool. */
  strictHeaders: boolean
}

/** Everything the emulator remembers; `reset` replaces it whole. */
export interface EmulatorState {
  readonly users: readonly User[]
  readonly flows: Map<string, Flow>
  readonly delivered: DeliveredCode[]
  readonly requests: RecordedRequest[]
  readonly revokedTokens: Set<string>
  readonly mode: Mode
  faults: PendingFault[]
  skewSeconds: number
  /** Whether each of the last five pending keys may be confirmed, not only the last (the fault `associate-any`). */
  associateAny: boolean
}

/** The state at start and after a reset. */
export function seededState(now: number): EmulatorState {
  return {
    users: seededUsers(now),
    flows: new Map(),
    delivered: [],
    requests: [],
    revokedTokens: new Set(),
    mode: { cors: false, strictHeaders: false },
    faults: [],
    skewSeconds: 0,
    associateAny: false,
  }
}

/** The user with this id, or `undefined`. */
export function userById(state: EmulatorState, id: unknown): User | undefined {
  return state.users.find((user) => user.id === id)
}

/** The user whose name, email or phone this is, or `undefined`. */
export function userByAccount(state: EmulatorState, account: unknown): User | undefined {
  if (typeof account !== 'string' || account === '') return undefined
  return state.users.find((user) => [user.id, user.email, user.phone].includes(account))
}
