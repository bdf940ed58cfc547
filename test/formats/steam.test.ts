import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'
import { fixture } from './fixtures'

const entries = REFERENCE_ENTRIES.filter(({ type }) => type === 'steam')

describeReader('steam', [
  { file: 'steam-2-plain.maFile', entries },
  { file: 'steam-3-plain.json', entries },
])

it('names the program that encrypted the files a manifest speaks of', async () => {
  await expect(readImport(fixture('steam/desktop-manifest-encrypted.json'))).rejects.toMatchObject({
    code: 'format/not-possible',
    params: { app: 'Steam Desktop Authenticator' },
  })
})

it.each([
  ['not base64!', 'entry/secret-invalid'],
  ['', 'entry/secret-empty'],
])('names the account whose secret is "%s"', async (shared_secret, reason) => {
  const accounts = { 1: { shared_secret: 'AAAA', account_name: 'a' }, 2: { shared_secret, account_name: 'b' } }
  const { problems } = await readImport(textToBytes(JSON.stringify({ accounts })))
  expect(problems).toEqual([{ row: 'b', reason }])
})

it('reads accounts in a list as well', async () => {
  const accounts = [{ shared_secret: 'AAAA', account_name: 'a' }]
  expect((await readImport(textToBytes(JSON.stringify({ accounts })))).entries).toMatchObject([{ label: 'a' }])
})
