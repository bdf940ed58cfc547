import { describe, expect, it } from 'vitest'

import { bytesToText, textToBytes } from '../../src/core/bytes'
import type { ImportedEntry } from '../../src/formats/format'
import { readImport, writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { seeded } from '../support/seeded'
import { describeReader } from './describe-reader'
import { mutated, readAll } from './fuzz'

describeReader('csv', [
  {
    file: 'spreadsheet-plain.csv',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])

function read(text: string): ReturnType<typeof readImport> {
  return readImport(textToBytes(text))
}

describe('reading a table', () => {
  it.each([
    'url,username,password,totp,extra,name,grouping,fav\nhttps://a.example,al,p,JBSWY3DP,n,Acme,Work,1\n',
    'username,title,password,note,url,category,otpUrl\nal,Acme,p,n,https://a.example,Work,otpauth://totp/?secret=JBSWY3DP\n',
  ])('keeps the site beside the account', async (text) => {
    expect((await read(text)).entries).toMatchObject([{ issuer: 'Acme', label: 'al', sites: ['https://a.example'] }])
  })

  it.each([
    ['in our words', 'issuer,account,secret\nAcme,alice,JBSWY3DP\n'],
    ['in other words, any letter case', 'Service,UserName,Secret Key\r\nAcme,alice,jbsw y3dp\r\n'],
    ['in yet other spellings', 'Issuer Name,account_name,TOTP-Secret\nAcme,alice,JBSWY3DP\n'],
    ['in capitals within', 'serviceName,userName,otp_secret\nAcme,alice,JBSWY3DP\n'],
    ['with semicolons', 'Issuer;Name;Secret\nAcme;alice;JBSWY3DP\n'],
    ['with tabs', 'issuer\tlabel\tseed\nAcme\talice\tJBSWY3DP'],
    [
      'with quotes, a byte order mark and blank lines',
      '\ufeff"issuer","account","secret"\n\n"Acme","alice","JBSWY3DP"\n,,\n',
    ],
    ['of addresses', 'name,uri\nwhatever,otpauth://totp/Acme:alice?secret=JBSWY3DP\n'],
    ['out of LastPass', 'url,username,password,totp,extra,name,grouping,fav\nhttps://x,alice,p,JBSWY3DP,,Acme,,0\n'],
    ['out of Proton Pass', 'type,name,url,email,username,password,note,totp,vault\nlogin,Acme,,,alice,p,,JBSWY3DP,\n'],
    ['for KeePass', 'Title,User Name,TimeOtp-Secret-Base32,Group\nAcme,alice,JBSWY3DP,OTP/TOTP\n'],
    ['out of Dashlane', 'username,username2,title,password,note,url,category,otpSecret\nalice,,Acme,p,,,,JBSWY3DP\n'],
    ['with a bare secret where addresses stand', 'title,username,totp\nAcme,alice,JBSWY3DP\n'],
  ])('understands one %s', async (_, text) => {
    const { format, entries, problems } = await read(text)
    expect(format).toBe('csv')
    expect(entries).toMatchObject([{ type: 'totp', issuer: 'Acme', label: 'alice', digits: 6, periodSeconds: 30 }])
    expect(entries[0]?.secret).toEqual(textToBytes('Hello'))
    expect(problems).toEqual([])
  })

  it('understands one for KeePass of counters', async () => {
    const { entries } = await read('Title,User Name,HmacOtp-Secret-Base32,HmacOtp-Counter\nAcme,alice,JBSWY3DP,4\n')
    expect(entries).toMatchObject([{ type: 'hotp', issuer: 'Acme', label: 'alice', counter: 4 }])
  })

  it('names the rows it cannot read, skips those without a secret, keeps the others', async () => {
    const { entries, problems } = await read(
      'issuer,secret,digits,period,type\na,JBSWY3DP,,,\nb,0189,,,\nc,JBSWY3DP,11,,\nd,JBSWY3DP,,0,\ne,JBSWY3DP,,,push\nf,,,,\n',
    )
    expect(entries).toHaveLength(1)
    expect(problems).toEqual([
      { row: 'b', reason: 'entry/secret-invalid' },
      { row: 'c', reason: 'entry/digits-invalid' },
      { row: 'd', reason: 'entry/period-invalid' },
      { row: 'e', reason: 'entry/type-unsupported' },
    ])
  })

  it.each([
    ['prose', 'Dear all,\nmy secret is out.\n', 'format/unknown'],
    ['a table of something else', 'name,age\nalice,7\n', 'format/unknown'],
    ['a table of passwords', 'name,url,username,password\nAcme,https://acme.example,alice,p\n', 'format/unknown'],
    ['a quote that never ends', 'issuer,secret\n"a,b\n', 'format/damaged'],
    ['more rows than are read', `issuer,secret\n${'a,JBSWY3DP\n'.repeat(10_001)}`, 'format/too-costly'],
  ])('refuses %s', async (_, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code })
  })

  it('ends in a value or a typed error whatever happens to the file (INP-1)', async () => {
    const { bytes } = await writeExport('csv', REFERENCE_ENTRIES)
    const random = seeded(7)
    await readAll(2000, () => mutated(bytes, random))
  }, 60_000)
})

describe('writing a table', () => {
  it('gives back everything it wrote', async () => {
    const beside = { groups: ['Work, home', '=x'], note: '"two"\nlines', favourite: true, sites: ['https://a.example'] }
    const entries: ImportedEntry[] = REFERENCE_ENTRIES.map((entry) => ({ ...entry, ...beside }))
    const { bytes, problems } = await writeExport('csv', entries)
    expect(await readImport(bytes)).toEqual({ format: 'csv', entries, problems })
  })

  it.each(['=HYPERLINK("x")', '+1', '-1', '@user:matrix.org', "'quoted", "'=x"])(
    'lets no spreadsheet carry out the name %s, and gives it back',
    async (label) => {
      const [entry] = REFERENCE_ENTRIES
      const { bytes } = await writeExport('csv', [{ ...entry!, label }])
      expect(bytesToText(bytes)).toMatch(/\nAcme,"?'/)
      expect((await readImport(bytes)).entries).toMatchObject([{ label }])
    },
  )
})
