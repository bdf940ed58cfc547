import type { Format } from './format'
import { readToken, tokenName } from './freeotp-token'
import { listOf, member } from './json'
import { readRows } from './rows'

/** FreeOTP+ (Android): a JSON list of tokens. The same list is found in dumps of FreeOTP 1. */
export const freeotpPlus: Format = {
  name: 'freeotp-plus',

  recognise: ({ json }) => Array.isArray(member(json, 'tokens')) && Array.isArray(member(json, 'tokenOrder')),

  // The list is in the order of `tokenOrder`: the app writes both from the same loop.
  read: async ({ json }) => readRows(listOf(member(json, 'tokens')), (token) => readToken(token), tokenName),
}
