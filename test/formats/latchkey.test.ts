import { createDecipheriv } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'

import { bytesToText } from '../../src/core/bytes'
import { writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { cpuTime } from './cpu-time'
import { argon2 } from './other-programs'
import { readJson } from './read-as'

interface Backup {
  kdf: { algorithm: string; memoryKib: number; passes: number; lanes: number }
  salt: string
  wrappedKey: string
  sealed: string
}

const PASSWORD = 'ﬁne Wörter'
let backup: Backup

beforeAll(async () => {
  const { bytes } = await writeExport('latchkey', REFERENCE_ENTRIES, { password: PASSWORD })
  backup = JSON.parse(bytesToText(bytes) ?? '') as Backup
})

/** As documented, with Node's own AES. */
function open(key: Buffer, sealed: string, context: unknown[]): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify(context)))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
}

describe('our own backup', () => {
  it('is opened from its documentation by code that is not ours', () => {
    const { algorithm, memoryKib, passes, lanes } = backup.kdf
    const wrapping = argon2(PASSWORD.normalize('NFKC'), Buffer.from(backup.salt, 'base64'), memoryKib, passes, lanes)
    const context = ['latchkey/backup-key', 1, algorithm, memoryKib, passes, lanes, backup.salt]
    const key = open(wrapping, backup.wrappedKey, context)
    const content = JSON.parse(open(key, backup.sealed, ['latchkey/backup', 1, backup.wrappedKey]).toString()) as {
      entries: { label: string }[]
    }
    expect(content.entries.map(({ label }) => label)).toEqual(REFERENCE_ENTRIES.map(({ label }) => label))
  })

  it('shows nothing in clear', () => {
    expect(JSON.stringify(backup)).not.toMatch(/Acme|alice|JBSWY|totp/)
  })

  it.each([
    ['another salt', { salt: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'format/wrong-password'],
    ['another key', { wrappedKey: 'A'.repeat(80) }, 'format/wrong-password'],
    ['another content', { sealed: 'A'.repeat(80) }, 'format/damaged'],
    ['no salt', { salt: undefined }, 'format/damaged'],
    ['a broken content', { sealed: '%' }, 'format/damaged'],
    ['a newer version', { version: 2 }, 'format/not-possible'],
  ])('with %s says so', async (_what, change, code) => {
    await expect(readJson({ ...backup, ...change }, PASSWORD)).rejects.toMatchObject({ code })
  })

  it.each([
    { memoryKib: 2 ** 32 - 1 },
    { passes: 2 ** 31 },
    { lanes: 17 },
    { passes: 0 },
    { memoryKib: '65536' },
    { algorithm: 'argon2d' },
  ])('with %j is refused at once (INP-4)', async (numbers) => {
    const start = cpuTime()
    const read = readJson({ ...backup, kdf: { ...backup.kdf, ...numbers } }, PASSWORD)
    await expect(read).rejects.toMatchObject({ code: 'format/too-costly' })
    expect(cpuTime() - start).toBeLessThan(50)
  })
})
