import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import { base64ToBytes } from '../../src/core/bytes'
import { openVault } from '../../src/vault/vault'
import { PASSPHRASE, cheapVault, dump, filledVault, freshName, newEntry, newServer } from './support'

describe('create', () => {
  it('makes an empty vault and answers its key as text (KEY-5)', async () => {
    const vault = cheapVault()
    expect(await vault.status()).toBe('absent')
    const key = await vault.create(PASSPHRASE)
    expect(base64ToBytes(key)).toHaveLength(32)
    expect(await vault.status()).toBe('present')
    expect(await vault.read(key)).toEqual({ entries: [], servers: [], damaged: [], generation: 1 })
  })

  it('refuses when there is a vault, and leaves it as it is (VLT-4)', async () => {
    const { vault, name, key } = await filledVault(3)
    const before = await vault.read(key)
    await expect(vault.create('another passphrase')).rejects.toThrow('vault/already-exists')
    await expect(cheapVault(name).create('another passphrase')).rejects.toThrow('vault/already-exists')
    expect(await vault.read(key)).toEqual(before)
  })

  it('makes one vault when two windows ask at once', async () => {
    const name = freshName()
    const results = await Promise.allSettled([cheapVault(name).create(PASSPHRASE), cheapVault(name).create(PASSPHRASE)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it.each(['', '1234567', 'ﬁﬁﬁ', '🔑'.repeat(7)])('refuses the passphrase "%s"', async (passphrase) => {
    await expect(cheapVault().create(passphrase)).rejects.toThrow('vault/passphrase-too-short')
  })

  it('makes different keys and ciphertexts from the same passphrase (KEY-2)', async () => {
    expect(await cheapVault().create(PASSPHRASE)).not.toBe(await cheapVault().create(PASSPHRASE))
  })
})

describe('unlock', () => {
  it('answers the key that create answered, at the real cost (KEY-1)', async () => {
    const vault = openVault({ databaseName: freshName() })
    const key = await vault.create(PASSPHRASE)
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
  })

  it('takes another Unicode form of the same passphrase', async () => {
    const vault = cheapVault()
    const key = await vault.create('Grüße aus Köln')
    expect(await vault.unlock('Grüße aus Köln'.normalize('NFD'))).toBe(key)
  })

  it.each(['', 'wrong passphrase', `${PASSPHRASE} `, PASSPHRASE.toUpperCase()])(
    'says that "%s" is wrong, and not that anything is damaged (KEY-2)',
    async (passphrase) => {
      const { vault } = await filledVault(1)
      await expect(vault.unlock(passphrase)).rejects.toThrow('vault/wrong-passphrase')
    },
  )

  it('says that there is no vault', async () => {
    await expect(cheapVault().unlock(PASSPHRASE)).rejects.toThrow('vault/absent')
    await expect(cheapVault().read('A'.repeat(44))).rejects.toThrow('vault/absent')
  })
})

describe('change', () => {
  it('adds, replaces and removes in one write, and answers what was read back (BND-1)', async () => {
    const { vault, key, entries } = await filledVault(3)
    const [first, second, third] = entries
    const added = newEntry({ label: 'added' })
    const contents = await vault.change(key, () => ({
      entries: [{ ...first!, label: 'renamed' }, added],
      remove: [second!.id],
    }))
    expect(contents.entries).toEqual([{ ...first, label: 'renamed' }, third, added])
    expect(contents.entries.at(-1)).not.toBe(added)
    expect(await vault.read(key)).toEqual(contents)
    expect(contents.generation).toBe(3)
  })

  it('stores every member of an entry and a server as it is', async () => {
    const vault = cheapVault()
    const key = await vault.create(PASSPHRASE)
    const entries = Array.from({ length: 12 }, (_, i) => newEntry({}, i))
    const full = newEntry({
      usedAt: 1,
      lastStepUsed: 2,
      recoveryCode: 'rec',
      binding: { serverId: 's', account: 'a', userId: 'u', phase: 'confirming' },
      trashedAt: 3,
      sites: ['https://a.example', 'b.example'],
    })
    const server = newServer()
    await vault.change(key, () => ({ entries: [...entries, full], servers: [server] }))
    expect(await vault.read(key)).toMatchObject({ entries: [...entries, full], servers: [server], damaged: [] })
  })

  it('keeps the order, and changes it', async () => {
    const { vault, key, entries } = await filledVault(5)
    const ids = entries.map(({ id }) => id)
    await vault.change(key, () => ({ entries: [{ ...entries[0]!, label: 'again' }] }))
    expect((await vault.read(key)).entries.map(({ id }) => id)).toEqual(ids)
    const order = [ids[4]!, ids[2]!]
    const contents = await vault.change(key, () => ({ order }))
    expect(contents.entries.map(({ id }) => id)).toEqual([...order, ids[0], ids[1], ids[3]])
  })

  it('writes nothing when the edit answers null or throws', async () => {
    const { vault, key } = await filledVault(1)
    const before = await vault.read(key)
    expect(await vault.change(key, () => null)).toEqual(before)
    const failure = new Error('the caller changed its mind')
    await expect(
      vault.change(key, () => {
        throw failure
      }),
    ).rejects.toBe(failure)
    expect(await vault.read(key)).toEqual(before)
  })

  it('refuses a text that is no key', async () => {
    const { vault } = await filledVault(1)
    for (const key of ['', 'AAAA', '!']) await expect(vault.read(key)).rejects.toThrow('vault/locked')
  })
})

describe('changePassphrase', () => {
  it('leaves the key and the contents, and exactly one passphrase that opens (VLT-12)', async () => {
    const { vault, key, name } = await filledVault(3)
    const before = await vault.read(key)
    await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
    await expect(cheapVault(name).unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    expect(await cheapVault(name).unlock('the next passphrase')).toBe(key)
    expect(await vault.read(key)).toEqual({ ...before, generation: before.generation + 1 })
  })

  it('needs the current passphrase, and a next one that is long enough', async () => {
    const { vault, key } = await filledVault(1)
    await expect(vault.changePassphrase('wrong passphrase', 'the next passphrase')).rejects.toThrow(
      'vault/wrong-passphrase',
    )
    await expect(vault.changePassphrase(PASSPHRASE, 'short')).rejects.toThrow('vault/passphrase-too-short')
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
  })
})

describe('several windows', () => {
  it('lose no update of three writing at once, with a reader beside them (VLT-5, VLT-8)', async () => {
    const { name, key, entries } = await filledVault(4)
    const windows = [cheapVault(name), cheapVault(name), cheapVault(name)]
    const writes = windows.flatMap((window, w) =>
      Array.from({ length: 20 }, (_, i) =>
        window.change(key, ({ entries: [first] }) => ({
          entries: [{ ...first!, usedAt: (first?.usedAt ?? 0) + 1 }, newEntry({ label: `${w}/${i}` })],
        })),
      ),
    )
    const reader = cheapVault(name)
    const seen: number[] = []
    for (let i = 0; i < 50; i++) {
      const { entries: now, damaged } = await reader.read(key)
      expect(damaged).toEqual([])
      expect(now.length - entries.length).toBe(now[0]?.usedAt ?? 0)
      seen.push(now.length)
    }
    await Promise.all(writes)
    const after = await reader.read(key)
    expect(after.entries[0]?.usedAt).toBe(60)
    expect(new Set(after.entries.map(({ label }) => label)).size).toBe(64)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('make way for one that deletes or updates the database, and bring it back from the mirror (VLT-3)', async () => {
    const { vault, name, key } = await filledVault(1)
    const before = await vault.read(key)
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name)
      request.addEventListener('success', () => resolve())
      request.addEventListener('blocked', () => reject(new Error('blocked')))
    })
    expect(await vault.read(key)).toEqual(before)
    expect((await dump(name)).rows.size).toBe(1)
  })
})
