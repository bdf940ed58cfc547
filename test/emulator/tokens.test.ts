import { describe, expect, it } from 'vitest'

import { createTokens } from './tokens'

const NOW = 1_700_000_000_000

describe('createTokens', () => {
  const tokens = createTokens()

  it.each([
    ['user', 15 * 24 * 3600],
    ['mfa', 360],
    ['management', 12 * 3600],
  ] as const)('issues a %s token for %i s', (kind, seconds) => {
    const read = tokens.read(tokens.issue(kind, NOW, 'alice', 'demo-app'))
    expect(read).toMatchObject({ kind, issuedAt: NOW / 1000, expiresAt: NOW / 1000 + seconds })
  })

  it('tells the user and the application of a token', () => {
    expect(tokens.read(tokens.issue('mfa', NOW, 'alice', 'demo-app'))).toMatchObject({
      userId: 'alice',
      appId: 'demo-app',
    })
  })

  it('carries stage 1 and the pool in an mfaToken', () => {
    const [, payload = ''] = tokens.issue('mfa', NOW, 'alice', 'demo-app').split('.')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(claims).toMatchObject({ data: { stage: 1, userId: 'alice', userPoolId: 'demo-pool' } })
  })

  it.each([
    ['text', 'undefined'],
    ['nothing', ''],
    ['a changed payload', withPayload(tokens.issue('mfa', NOW, 'alice'), { data: { stage: 1, userId: 'carol' } })],
    ['the token of another emulator', createTokens().issue('user', NOW, 'alice')],
  ])('reads %s as null', (_, text) => {
    expect(tokens.read(text)).toBeNull()
  })
})

function withPayload(token: string, claims: unknown): string {
  const [header, , signature] = token.split('.')
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}
