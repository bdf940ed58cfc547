import { describe, expect, it } from 'vitest'

import type { ImportedEntry } from '../../src/formats/format'
import { openSecretstream, sealSecretstream } from '../../src/formats/secretstream'
import { cpuTime } from './cpu-time'
import { FIXTURE_PASSWORD, fixture } from './fixtures'
import { fixedBytes, secretstream } from './other-programs'
import { readJson, readText } from './read-as'

const shown = (display: object): string => encodeURIComponent(JSON.stringify(display))

describe('a line', () => {
  it.each<[string, string, Partial<ImportedEntry>]>([
    [
      'parameters in another order',
      `codeDisplay=${shown({})}&digits=8&algorithm=sha256&secret=aaaa&issuer=A`,
      { issuer: 'A', digits: 8, algorithm: 'SHA256' },
    ],
    [
      'the word null for what is missing',
      `secret=AAAA&algorithm=null&digits=null&period=null&issuer=null&codeDisplay=null`,
      { issuer: '', digits: 6 },
    ],
    ['an issuer without a value', `secret=AAAA&issuer&codeDisplay=${shown({ note: 'n' })}`, { issuer: '', note: 'n' }],
    ['escaped padding', `secret=AAAA%3D%3D%3D%3D&codeDisplay=x`, { secret: new Uint8Array(2) }],
    [
      'pluses for blanks',
      `secret=AAAA&codeDisplay=${shown({ note: 'two words + one', tags: ['my tag'] }).replaceAll('%20', '+')}`,
      { note: 'two words + one', groups: ['my tag'] },
    ],
    ['a display that is no JSON', 'secret=AAAA&codeDisplay=%7Bbroken', {}],
    [
      'a note longer than an address may be',
      `secret=AAAA&codeDisplay=${shown({ note: 'n'.repeat(6000) })}`,
      { note: 'n'.repeat(6000) },
    ],
  ])('is read with %s', async (_what, query, expected) => {
    const { format, entries, problems } = await readText(`otpauth://totp/:me@x?${query}`)
    expect([format, problems]).toEqual(['ente', []])
    expect(entries).toMatchObject([{ label: 'me@x', ...expected }])
  })

  it('is one of many in one line, in very old files', async () => {
    const lines = ['a', 'b'].map((name) => `otpauth://totp/${name}?secret=AAAA&codeDisplay=${shown({})}`)
    expect((await readText(lines.join(','))).entries.map(({ label }) => label)).toEqual(['a', 'b'])
  })

  it('stands where its position says, and is named where it lies in the trash', async () => {
    const line = (name: string, display: object): string =>
      `otpauth://totp/${name}?secret=AAAA&codeDisplay=${shown(display)}`
    const { entries, problems } = await readText(
      [line('b', { position: 2 }), line('gone', { trashed: true }), line('a', { position: 1 })].join('\n'),
    )
    expect(entries.map(({ label }) => label)).toEqual(['a', 'b'])
    expect(problems).toEqual([{ row: 'gone', reason: 'format/row-trashed' }])
  })
})

describe('an encrypted export', () => {
  const file = (): { kdfParams: object } & Record<string, unknown> =>
    JSON.parse(new TextDecoder().decode(fixture('ente/ente-4-encrypted-final.txt'))) as { kdfParams: object } & Record<
      string,
      unknown
    >

  it.each([
    [{ memLimit: 2 ** 31, opsLimit: 1 }, 'format/too-costly'],
    [{ memLimit: 2 ** 30, opsLimit: 9 }, 'format/too-costly'],
    [{ memLimit: 2 ** 64, opsLimit: 1 }, 'format/too-costly'],
    [{ memLimit: 8192, opsLimit: 2 ** 31 }, 'format/too-costly'],
    [{ memLimit: 0 }, 'format/damaged'],
    [{ memLimit: '67108864' }, 'format/damaged'],
    [{ opsLimit: -1 }, 'format/damaged'],
    [{ salt: '' }, 'format/damaged'],
    [{ salt: '?' }, 'format/damaged'],
  ])('with %j is refused at once (INP-4)', async (numbers, code) => {
    const start = cpuTime()
    const read = readJson({ ...file(), kdfParams: { ...file().kdfParams, ...numbers } }, FIXTURE_PASSWORD)
    await expect(read).rejects.toMatchObject({ code })
    expect(cpuTime() - start).toBeLessThan(50)
  })
})

describe('secretstream', () => {
  const [key, header] = [new Uint8Array(fixedBytes('key', 32)), new Uint8Array(fixedBytes('header', 24))]

  it.each([0, 1, 15, 16, 17, 63, 64, 65, 1000])(
    'is what another implementation makes, for %i bytes',
    async (length) => {
      const text = fixedBytes('text', length)
      const other = new Uint8Array(secretstream(Buffer.from(key), Buffer.from(header), text, 3))
      expect(await sealSecretstream(key, header, new Uint8Array(text))).toEqual(other)
      expect(await openSecretstream(key, header, other)).toEqual(new Uint8Array(text))
    },
  )

  it('is opened with any tag, and with no bit changed', async () => {
    for (const tag of [0, 1, 2, 3]) {
      const sealed = new Uint8Array(secretstream(Buffer.from(key), Buffer.from(header), Buffer.from('text'), tag))
      expect(await openSecretstream(key, header, sealed)).toEqual(new TextEncoder().encode('text'))
      for (let at = 0; at < sealed.length; at++) {
        const changed = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte))
        expect(await openSecretstream(key, header, changed), `byte ${at}`).toBeNull()
      }
    }
    expect(await openSecretstream(key, header, new Uint8Array(16))).toBeNull()
  })
})
