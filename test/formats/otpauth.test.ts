import { describe, expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport, writeExport } from '../../src/formats/index'
import { addressName } from '../../src/formats/otpauth'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { readJson, readText } from './read-as'

const a = 'otpauth://totp/Acme:a?secret=JBSWY3DPEHPK3PXP'
const b = 'OTPAUTH://HOTP/b?secret=JBSWY3DPEHPK3PXP&counter=7'
const names = ({ entries }: { entries: { label: string }[] }): string[] => entries.map(({ label }) => label)

describe('a list of addresses', () => {
  it.each([
    ['LF', `${a}\n${b}\n`],
    ['CRLF', `${a}\r\n${b}`],
    ['CR', `${a}\r${b}\r`],
    ['a byte order mark', `\ufeff${a}\n${b}`],
    ['blank lines, blanks and comments', `# mine\n\n  ${a}\t\n \n#${a}\n${b}`],
  ])('is read with %s', async (_what, text) => {
    const read = await readText(text)
    expect(read).toMatchObject({ format: 'otpauth', problems: [] })
    expect(names(read)).toEqual(['a', 'b'])
  })

  it.each(['utf-16le', 'utf-16be'])('is read in %s, as Windows writes it', async (encoding) => {
    const bytes = Buffer.from(`\ufeff${a}\r\n${b}`, 'utf16le')
    expect(names(await readImport(encoding === 'utf-16be' ? bytes.swap16() : bytes))).toEqual(['a', 'b'])
  })

  it('is read where old files hold all addresses in one line', async () => {
    expect(names(await readText(`${a},${b},otpauth://totp/c%2Cd?secret=AAAA`))).toEqual(['a', 'b', 'c,d'])
    expect(names(await readText(`${a} ${b}, otpauth://totp/c?secret=AAAA`))).toEqual(['a', 'b', 'c'])
  })

  it.each([`# ${b}`, `#${b}`, `  # old: ${b}, ${b}`, `// ${b}`, `; ${b}`])(
    'takes no account from %j, which is no address',
    async (comment) => {
      expect(names(await readText(`${comment}\n${a}\n${comment}`))).toEqual(['a'])
    },
  )

  it('is read as Safari and WinAuth write it', async () => {
    const { entries } = await readText(`apple-${a}\notpauth://totp/g?secret=AAAA&digits=5&deviceid=x&data=%7B%7D`)
    expect(entries).toMatchObject([{ label: 'a' }, { type: 'steam', label: 'g' }])
  })

  it('is found inside JSON of any shape', async () => {
    const read = await readJson({ backup: [{ uri: a }, [b, 'text', 5, null]] })
    expect(read.format).toBe('otpauth')
    expect(names(read)).toEqual(['a', 'b'])
  })

  it('loses only the row that is broken, and says which without its secret', async () => {
    const { entries, problems } = await readText(
      [a, 'otpauth://totp/broken?secret=0189', 'steam://0189', 'no address', 'otpauth://push/p?secret=AAAA', b].join(
        '\n',
      ),
    )
    expect(entries).toHaveLength(2)
    expect(problems).toEqual([
      { row: 'broken', reason: 'entry/secret-invalid' },
      { row: '3', reason: 'entry/secret-invalid' },
      { row: '4', reason: 'otpauth/not-otpauth' },
      { row: 'p', reason: 'entry/type-unsupported' },
    ])
  })

  it('starts a HOTP without a counter at 0, and says so', async () => {
    const { entries, problems } = await readText('otpauth://hotp/h?secret=AAAA')
    expect(entries).toMatchObject([{ type: 'hotp', counter: 0 }])
    expect(problems).toEqual([{ row: 'h', reason: 'format/counter-assumed' }])
  })

  it('takes rows that are equal in every respect for one, and no others', async () => {
    const { entries } = await readText([a, b, a, `${a}&digits=8`].join('\n'))
    expect(entries.map(({ label, digits }) => [label, digits])).toEqual([
      ['a', 6],
      ['b', 6],
      ['a', 8],
    ])
  })

  it('is nothing where every row is broken, with the reason of the first', async () => {
    await expect(readText('otpauth://totp/x?secret=0')).rejects.toMatchObject({
      code: 'format/empty',
      params: { row: 'x', reason: 'entry/secret-invalid' },
    })
  })

  it.each(['', '\n\n', '# only a comment', 'Dear all,', `see ${a}`, '[]', '{}', '"text"', '\0\0\0'])(
    'is not what %j is',
    async (text) => {
      await expect(readText(text)).rejects.toMatchObject({ code: 'format/unknown' })
    },
  )
})

describe('writing', () => {
  it('ends every line with LF, without a byte order mark', async () => {
    const { bytes } = await writeExport('otpauth', REFERENCE_ENTRIES.slice(0, 1))
    expect(bytes).toEqual(
      textToBytes(
        'otpauth://totp/Acme:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme&algorithm=SHA1&digits=6&period=30\n',
      ),
    )
  })
})

it.each([
  ['otpauth://totp/A:b%20c?secret=AAAA', 'A:b c'],
  ['otpauth://totp/100%?secret=AAAA', '100%'],
  ['motp://A:b?secret=00', 'A:b'],
  ['motp:/A%3Ab?secret=00', 'A:b'],
  ['steam://AAAA', ''],
  ['otpauth://totp?secret=AAAA', ''],
  ['motp://0123456789abcdef', ''],
])('addressName(%s) tells no secret', (address, name) => {
  expect(addressName(address)).toBe(name)
})
