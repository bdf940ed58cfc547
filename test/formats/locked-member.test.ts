import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'

import type { Bytes } from '../../src/core/bytes'
import { type Member, openArchive } from '../../src/formats/archive'
import { openMember } from '../../src/formats/locked-member'
import { FIXTURE_PASSWORD, fixture } from './fixtures'

function firstMember(bytes: Bytes): Member {
  const [member] = openArchive(bytes).members
  if (!member) throw new Error('an empty archive')
  return member
}

describe.each(['raivo/raivo-1.4-encrypted.zip', 'winauth/winauth-3-encrypted.zip'])('%s', (file) => {
  const member = firstMember(fixture(file))

  it('opens with its password', async () => {
    expect((await openMember(member, FIXTURE_PASSWORD)).length).toBe(member.size)
  })

  it('opens with no other password, in 300 tries', async () => {
    for (let i = 0; i < 300; i++) {
      await expect(openMember(member, `no ${i}`)).rejects.toMatchObject({ code: 'format/wrong-password' })
    }
  }, 30_000)

  it.each([undefined, ''])('asks for a password where it is %j', async (password) => {
    await expect(openMember(member, password)).rejects.toMatchObject({ code: 'format/needs-password' })
  })

  it('notices every changed byte', async () => {
    for (let at = 0; at < member.stored.length; at += 7) {
      const stored = member.stored.map((byte, i) => (i === at ? byte ^ 0x10 : byte))
      await expect(openMember({ ...member, stored }, FIXTURE_PASSWORD)).rejects.toMatchObject({
        code: expect.stringMatching(/format\/(wrong-password|damaged)/),
      })
    }
  }, 30_000)
})

it('opens a member without a password', async () => {
  const member = firstMember(new Uint8Array(zipSync({ 'a.txt': strToU8('hello') })))
  expect(await openMember(member, 'whatever')).toEqual(strToU8('hello'))
})

it.each([
  ['salt and check bytes are cut', { stored: new Uint8Array(10) }],
  ['the extra field is missing', { extra: new Uint8Array() }],
  ['the extra field lies about its length', { extra: Uint8Array.of(1, 0x99, 0xff, 0xff) }],
])('says damaged where %s', async (_, change) => {
  const member = firstMember(fixture('raivo/raivo-1.4-encrypted.zip'))
  await expect(openMember({ ...member, ...change }, 'x')).rejects.toMatchObject({ code: 'format/damaged' })
})
