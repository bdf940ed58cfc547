import { describe, expect, it } from 'vitest'

import { bytesToText } from '../../src/core/bytes'
import type { NewEntry } from '../../src/core/entry'
import { writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { twoFasSealed } from './other-programs'
import { readJson } from './read-as'

const backup = (services: unknown[], more: object = {}): object => ({ services, groups: [], schemaVersion: 3, ...more })
const service = (otp: object | null, more: object = {}): object => ({
  name: 'Acme',
  secret: 'JBSWY3DPEHPK3PX',
  otp,
  ...more,
})

describe('a service', () => {
  it.each<[string, object, Partial<NewEntry>]>([
    [
      'no otp at all',
      service(null),
      { type: 'totp', issuer: 'Acme', label: '', algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
    ],
    [
      'null for everything',
      service({
        account: null,
        issuer: null,
        digits: null,
        period: null,
        algorithm: null,
        counter: null,
        tokenType: null,
      }),
      { type: 'totp', issuer: 'Acme', algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
    ],
    ['an issuer of its own', service({ issuer: 'acme.example', account: 'a' }), { issuer: 'acme.example', label: 'a' }],
    ['an empty issuer', service({ issuer: '' }), { issuer: 'Acme' }],
    [
      'the name in the label, behind what the user calls it',
      service({ issuer: 'acme.example', label: 'ACME:alice' }),
      { label: 'alice' },
    ],
    ['the name in the label', service({ label: 'Acme:alice' }), { issuer: 'Acme', label: 'alice' }],
    [
      'an account against its link',
      service({ account: 'edited', link: 'otpauth://totp/Acme:old?secret=AA' }),
      { label: 'edited' },
    ],
    [
      'small letters',
      service({ algorithm: 'sha256', tokenType: 'hotp', counter: 3 }),
      { type: 'hotp', algorithm: 'SHA256', counter: 3 },
    ],
    [
      'a HOTP without period or counter',
      service({ tokenType: 'HOTP', period: null }),
      { type: 'hotp', counter: 0, periodSeconds: 30 },
    ],
    ['a secret of odd length', service({}), { secret: Uint8Array.from([72, 101, 108, 108, 111, 33, 222, 173, 190]) }],
    [
      'seven digits and SHA384',
      service({ digits: 7, algorithm: 'SHA384', period: 90 }),
      { digits: 7, algorithm: 'SHA384', periodSeconds: 90 },
    ],
  ])('is read with %s', async (_what, row, expected) => {
    const { entries, problems } = await readJson(backup([row]))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([expected])
  })

  it.each<[string, object, string]>([
    ['digits 0', service({ digits: 0 }), 'entry/digits-invalid'],
    ['digits 11', service({ digits: 11 }), 'entry/digits-invalid'],
    ['a period of 0', service({ period: 0 }), 'entry/period-invalid'],
    ['a negative period', service({ period: -30 }), 'entry/period-invalid'],
    ['a negative counter', service({ tokenType: 'HOTP', counter: -1 }), 'entry/counter-invalid'],
    ['an unknown type', service({ tokenType: 'PUSH' }), 'entry/type-unsupported'],
    ['an unknown algorithm', service({ algorithm: 'MD4' }), 'entry/algorithm-unsupported'],
    ['a secret that is none', service({}, { secret: 'JBSW1' }), 'entry/secret-invalid'],
    ['an empty secret', service({}, { secret: '' }), 'entry/secret-empty'],
    ['a list for a name', service({ account: [] }), 'format/row-damaged'],
  ])('is refused by name with %s (INP-9)', async (_what, row, reason) => {
    const { entries, problems } = await readJson(backup([service({ account: 'good' }), row]))
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'Acme', reason }])
  })

  it.each([[], 5, 'text', null])('that is %j is a row by its number', async (row) => {
    const { problems } = await readJson(backup([service({}), row]))
    expect(problems).toEqual([{ row: '2', reason: 'format/row-damaged' }])
  })
})

describe('the order', () => {
  it('is that of the positions, services without one last', async () => {
    const at = (account: string, position?: number): object =>
      service({ account }, position === undefined ? {} : { order: { position } })
    const { entries } = await readJson(backup([at('x'), at('c', 2), at('a', 0), at('b', 1), at('y')]))
    expect(entries.map(({ label }) => label).join('')).toBe('abcxy')
  })
})

describe('an encrypted backup', () => {
  const sealed = (servicesEncrypted: string, reference: string): object => backup([], { servicesEncrypted, reference })
  const reference = twoFasSealed('reference', 'right', 'reference')
  const services = twoFasSealed(JSON.stringify([service({})]), 'right', 'services')
  const broken = services.replace(/^.{4}/, 'AAAA')

  it.each<[string, object, string, string]>([
    ['another password', sealed(services, reference), 'wrong', 'format/wrong-password'],
    ['the right password and damage', sealed(broken, reference), 'right', 'format/damaged'],
    ['another password and damage', sealed(broken, reference), 'wrong', 'format/wrong-password'],
    ['a part missing', sealed(services.replace(/:[^:]*$/, ''), reference), 'right', 'format/damaged'],
    ['no JSON inside', sealed(twoFasSealed('text', 'right', 'x'), reference), 'right', 'format/damaged'],
    ['no services inside', sealed(twoFasSealed('[]', 'right', 'x'), reference), 'right', 'format/empty'],
  ])('with %s says so', async (_what, file, password, code) => {
    await expect(readJson(file, password)).rejects.toMatchObject({ code })
  })

  it('is written with the reference text that the app compares', async () => {
    const { bytes } = await writeExport('2fas', REFERENCE_ENTRIES, { password: 'right' })
    const file = JSON.parse(bytesToText(bytes) ?? '') as {
      servicesEncrypted: string
      reference: string
      schemaVersion: number
    }
    expect(file).toMatchObject({ schemaVersion: 4, services: [] })
    const [ownText = '', salt, nonce] = file.reference.split(':')
    const [, sameSalt, otherNonce] = file.servicesEncrypted.split(':')
    expect(Buffer.from(ownText, 'base64')).toHaveLength(256 + 16)
    expect(Buffer.from(salt ?? '', 'base64')).toHaveLength(256)
    expect(salt).toBe(sameSalt)
    expect(nonce).not.toBe(otherNonce)
    expect(bytesToText(bytes)).not.toContain('alice')
  })
})

it('leaves out a counter at which Android refuses the whole file', async () => {
  const hotp = (label: string, counter: number): NewEntry => ({
    ...REFERENCE_ENTRIES[0]!,
    type: 'hotp',
    issuer: '',
    label,
    counter,
  })
  const { problems } = await writeExport('2fas', [hotp('most', 2 ** 31 - 1), hotp('more', 2 ** 31)])
  expect(problems).toEqual([{ row: 'more', reason: 'format/counter-not-held' }])
})
