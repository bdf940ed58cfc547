import type { Format } from './format'
import { readToken, tokenKey, tokenName } from './freeotp-token'
import { inOrder } from './in-order'
import { listOf, member } from './json'
import { readRows } from './rows'

/** FreeOTP+ (Android): a JSON list of tokens. The same list is found in dumps of FreeOTP 1. */
export const freeotpPlus: Format = {
  name: 'freeotp-plus',

  recognise: ({ json }) =>
    Array.isArray(member(json, 'tokens')) &&
    (Array.isArray(member(json, 'tokenOrder')) || listOf(member(json, 'tokens')).some(hasSecretBytes)),

  read: async ({ json }) => {
    const tokens = listOf(member(json, 'tokens'))
    const places = new Map(listOf(member(json, 'tokenOrder')).map((key, place) => [key, place]))
    // The app writes both from one loop; an order that does not know every token says nothing.
    const known = tokens.every((token) => places.has(tokenKey(token)))
    const ordered = known ? inOrder(tokens, (token) => places.get(tokenKey(token))) : tokens
    return readRows(ordered, (token) => readToken(token), tokenName)
  },
}

function hasSecretBytes(token: unknown): boolean {
  return Array.isArray(member(token, 'secret'))
}
