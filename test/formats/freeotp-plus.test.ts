import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('freeotp-plus', [
  {
    file: 'freeotp-plus-3-plain.json',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])

const token = {
  label: 'a',
  issuerExt: 'b',
  issuerInt: 'c',
  secret: [-128, 127, 0],
  type: 'TOTP',
  algo: null,
  digits: null,
}

function read(...tokens: object[]): ReturnType<typeof readImport> {
  return readImport(textToBytes(JSON.stringify({ tokenOrder: [], tokens })))
}

it('takes the user’s own names first, defaults for null, and signed bytes', async () => {
  const { entries } = await read({ ...token, issuerAlt: 'B', labelAlt: 'A' }, token)
  expect(entries[0]).toMatchObject({ issuer: 'B', label: 'A', digits: 6, algorithm: 'SHA1', periodSeconds: 30 })
  expect(entries[0]?.secret).toEqual(Uint8Array.of(128, 127, 0))
  expect(entries[1]).toMatchObject({ issuer: 'b', label: 'a' })
})

it('keeps the order that the file names, and needs none', async () => {
  const tokens = ['x', 'y', 'z'].map((label) => ({ ...token, label, issuerInt: '' }))
  const labels = async (order: object): Promise<unknown> =>
    (await readImport(textToBytes(JSON.stringify({ tokens, ...order })))).entries.map(({ label }) => label)
  expect(await labels({ tokenOrder: ['b:z', 'b:x', 'b:y'] })).toEqual(['z', 'x', 'y'])
  expect(await labels({ tokenOrder: ['b:z'] })).toEqual(['x', 'y', 'z'])
  expect(await labels({})).toEqual(['x', 'y', 'z'])
})

it.each([[[128]], [[-129]], [[1.5]], ['JBSW'], [{}]])('refuses the secret %j', async (secret) => {
  const { problems } = await read(token, { ...token, secret })
  expect(problems).toEqual([{ row: 'b a', reason: 'format/row-damaged' }])
})
