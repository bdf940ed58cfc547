import { baseAddress } from './address'
import { given, neededInHeader } from './arguments'
import { createSend, type Fetch, type Send } from './http'

/** What both clients may be told beside who they are. */
export interface ConnectionOptions {
  fetch: Fetch
  /** The language of the server's own messages and mails; `zh-CN` if left out, as with the vendor's SDK. */
  lang?: 'zh-CN' | 'en-US'
  /** Epoch milliseconds. Needed for `onServerDate`. */
  now?: () => number
  /** Told of each `Date` header and the moments before and after its request (OTP-2). */
  onServerDate?: (serverMs: number, sentMs: number, receivedMs: number) => void
}

/** Which application or user pool the requests name. */
export interface ClientIds {
  appId?: string
  userPoolId?: string
}

/** Checks address and ids and makes the function that sends. Throws `mfa/address-invalid`, `mfa/argument-missing`. */
export function connect(address: string, ids: ClientIds, options: ConnectionOptions): Send {
  return createSend({
    base: baseAddress(address),
    headers: {
      ...given('x-authing-app-id', ids.appId && neededInHeader(ids.appId)),
      ...given('x-authing-userpool-id', ids.userPoolId && neededInHeader(ids.userPoolId)),
      'x-authing-lang': options.lang ?? 'zh-CN',
      'x-authing-request-from': 'sdk',
    },
    fetch: options.fetch,
    ...(options.now ? { now: options.now } : {}),
    ...(options.onServerDate ? { onServerDate: options.onServerDate } : {}),
  })
}
