import { AppError } from '../core/errors'
import { asObject, type JsonObject } from './members'

/** The largest answer that is read (NET-2). */
export const LARGEST_BODY_BYTES = 256 * 1024
/** The deepest nesting that is parsed (NET-2). */
export const DEEPEST_JSON = 32

/**
 * The JSON object in the body of `response`. Throws `mfa/answer-too-large` as soon as the limit is passed, without
 * reading on, and `mfa/answer-unreadable` for whatever is no JSON object.
 */
export async function readJson(response: Response, signal: AbortSignal): Promise<JsonObject> {
  return parseJson(await readBody(response, signal))
}

async function readBody(response: Response, signal: AbortSignal): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const stop = (): void => void reader.cancel().catch(() => undefined)
  // Cancelling ends a pending read at once, even where the body itself does not listen to the signal.
  signal.addEventListener('abort', stop)
  try {
    return await collect(reader, signal)
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const body = new Uint8Array(LARGEST_BODY_BYTES)
  for (let length = 0; ;) {
    const { done, value } = await reader.read()
    signal.throwIfAborted()
    if (done) return body.subarray(0, length)
    if (length + value.byteLength > LARGEST_BODY_BYTES) throw new AppError('mfa/answer-too-large')
    body.set(value, length)
    length += value.byteLength
  }
}

/** Reads UTF-8 JSON. The parser's own message is dropped: it quotes the text, and the text may hold secrets. */
export function parseJson(bytes: Uint8Array): JsonObject {
  let value: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (nesting(text) <= DEEPEST_JSON) value = JSON.parse(text)
  } catch {
    throw new AppError('mfa/answer-unreadable')
  }
  return asObject(value)
}

/**
 * How deep brackets nest in `text`, those inside strings left out. One pass, no recursion, and nothing built: this is
 * what stands between a hostile answer and the parser's stack.
 */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (inString && mark === '\\') at++
    else if (mark === '"') inString = !inString
    else if (inString) continue
    else if (mark === '[' || mark === '{') deepest = Math.max(deepest, ++depth)
    else if (mark === ']' || mark === '}') depth--
  }
  return deepest
}
