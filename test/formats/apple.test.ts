import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('apple', [
  {
    file: 'apple-passwords-18-plain.csv',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
    all: { sites: ['https://example.com/'] },
  },
])

it('reads tags and stars of 1Password', async () => {
  const csv =
    'Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nAcme,https://a.example,al,p,JBSWY3DP,true,false,Work;Home,n\n'
  const { entries } = await readImport(textToBytes(csv))
  expect(entries).toMatchObject([{ issuer: 'Acme', label: 'al', groups: ['Work', 'Home'], favourite: true, note: 'n' }])
})

it('reads Safari’s own addresses, and takes names from the columns', async () => {
  const csv =
    'Title,URL,Username,Password,Notes,OTPAuth\nacme.com (al),,al,p,"two\nlines",apple-otpauth://totp/?secret=JBSWY3DP\n'
  const { entries } = await readImport(textToBytes(csv))
  expect(entries).toMatchObject([{ issuer: 'acme.com', label: 'al', note: 'two\nlines' }])
})
