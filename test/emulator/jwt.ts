import { createHmac, timingSafeEqual } from 'node:crypto'

/** The claims of a token. */
export type Claims = Readonly<Record<string, unknown>>

/** A JWT signed with HS256. */
export function signJwt(claims: Claims, key: Uint8Array): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${signature(signed, key).toString('base64url')}`
}

/** The claims of a JWT that `key` signed, whether or not it has expired; `null` for anything else. */
export function readJwt(token: string, key: Uint8Array): Claims | null {
  const [header, payload, given, ...rest] = token.split('.')
  if (!header || !payload || !given || rest.length > 0) return null
  const expected = signature(`${header}.${payload}`, key)
  const actual = Buffer.from(given, 'base64url')
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function signature(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
