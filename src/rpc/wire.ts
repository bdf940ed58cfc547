import type { ErrorCode, ErrorParams } from '../core/errors'
import type { Event } from './calls'

/** A call on its way to the background. */
export interface CallMessage {
  call: string
  args: readonly unknown[]
}

/** What comes back: the value, or an error as data. */
export type Answer = { ok: true; value: unknown } | { ok: false; code: ErrorCode; params: ErrorParams }

/** What the background tells every open page. */
export interface EventMessage {
  event: Event
}

/** A call's arguments as they were declared, its result as a promise. */
export type Stub<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never
}

/** A table that answers every call of `Calls`; leaving one out does not compile. */
export type Handlers<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result> | Result
    : never
}

/** Whether `message` has the form of a call. */
export function isCallMessage(message: unknown): message is CallMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'call' in message &&
    typeof message.call === 'string' &&
    'args' in message &&
    Array.isArray(message.args)
  )
}
