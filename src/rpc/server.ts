import { forgetMatched } from '../core/bytes'
import { AppError } from '../core/errors'
import { type Answer, isCallMessage } from './wire'

/** What the browser says of a message's sender; the message itself is never asked who sent it (EXT-4). */
export interface Sender {
  id?: string | undefined
  url?: string | undefined
}

/** Whose messages are answered: this extension's own, sent by exactly these pages (addresses without query and fragment). */
export interface Audience {
  extensionId: string
  pageUrls: readonly string[]
}

type AnyHandler = (...args: unknown[]) => unknown

/**
 * A listener for `runtime.onMessage` that answers the calls of `handlers`. It decides in the same turn whether the
 * message is ours (undefined: it is not), and answers later. A page in a tab has a tab too, so only its address counts.
 */
export function serve(
  handlers: object,
  audience: Audience,
): (message: unknown, sender: Sender) => Promise<Answer> | undefined {
  return (message, sender) => {
    if (!isCallMessage(message)) return undefined
    if (!isPage(sender, audience)) return Promise.resolve(refusal)
    const handler = ownHandler(handlers, message.call)
    return handler ? answer(handler, message.args) : Promise.resolve(refusal)
  }
}

const refusal: Answer = { ok: false, code: 'rpc/refused', params: {} }

function isPage(sender: Sender, { extensionId, pageUrls }: Audience): boolean {
  return sender.id === extensionId && sender.url !== undefined && pageUrls.includes(sender.url.replace(/[?#].*$/s, ''))
}

/** Own properties only: `constructor` is not a call (trap 12). */
function ownHandler(handlers: object, name: string): AnyHandler | null {
  return Object.hasOwn(handlers, name) ? ((handlers as Record<string, AnyHandler>)[name] ?? null) : null
}

async function answer(handler: AnyHandler, args: readonly unknown[]): Promise<Answer> {
  try {
    return { ok: true, value: await handler(...args) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params }
    // The name alone: messages and causes may carry what the call was about (MEM-2, trap 27).
    const kind = error instanceof Error ? error.name : typeof error
    return { ok: false, code: 'unexpected', params: { kind } }
  } finally {
    // What the call was about must not outlive it in the engine (MEM-1).
    forgetMatched()
  }
}
