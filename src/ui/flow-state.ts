import { signal, type Signal } from '@preact/signals'

/** What the last answer to a flow on an account was, when it is not over yet. */
export type FlowNote = { kind: 'code-rejected' } | { kind: 'waiting'; until: number } | { kind: 'unknown' }

/** A recovery code the user has to see and write down before the flow ends (BND-6). */
export interface RecoveryToKeep {
  code: string
  /** Why it is new; `recovered-lost`: no account here could hold it. */
  reason: 'bound' | 'recovered-kept' | 'recovered-lost'
}

/** By entry: the binding and unbinding flows. */
export const bindingNote = signal<ReadonlyMap<string, FlowNote>>(new Map())
/** How a sign-in's second factor is answered. */
export type Answering = 'account' | 'delivered' | 'recovery'

/** By server: what the last try to answer the second factor came to, and how it was answered. */
export const signInNote = signal<ReadonlyMap<string, { by: Answering; note: FlowNote }>>(new Map())
/** Where a code was sent, by server. */
export const deliveredTo = signal<ReadonlyMap<string, string>>(new Map())
export const recoveryToKeep = signal<RecoveryToKeep | null>(null)

const typedRecovery = new Map<string, Signal<string>>()

/** The recovery code typed for a server: it outlives the sign-in it was typed for, since it is spent by none yet. */
export function typedRecoveryAt(serverId: string): Signal<string> {
  const typed = typedRecovery.get(serverId) ?? signal('')
  typedRecovery.set(serverId, typed)
  return typed
}

/** What was typed goes with the lock (KEY-8). */
export function forgetTypedRecovery(): void {
  for (const typed of typedRecovery.values()) typed.value = ''
}
