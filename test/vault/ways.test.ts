import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import { KDF_DEFAULT } from '../../src/crypto/kdf'
import { agreedCopy, readCopies } from '../../src/vault/copies'
import { openDb } from '../../src/vault/db'
import type { Header } from '../../src/vault/header'
import { openMirror } from '../../src/vault/mirror'
import type { PassphraseSlot } from '../../src/vault/slots'
import { openVault } from '../../src/vault/vault'
import { CHEAP_KDF, PASSPHRASE, cheapVault, dump, filledVault, freshName } from './support'

const NEXT = 'the next passphrase'
const PASSKEY = { credentialId: 'Y3JlZA==', prfInput: 'aW5wdXQ=', prfOutput: new Uint8Array(32).fill(3) }

async function headerOf(name: string): Promise<Header> {
  return JSON.parse(((await dump(name)).head.get('header') as { body: string }).body) as Header
}

async function cellsOf(name: string): Promise<unknown[]> {
  return [...(await dump(name)).rows.values()]
}

describe('a recovery sheet', () => {
  it('opens the vault, and was added without sealing a record again (KEY-2)', async () => {
    const { vault, name, key } = await filledVault(3)
    const before = await cellsOf(name)
    const code = await vault.addSheet(key)
    expect(await cheapVault(name).unlockWithSheet(code.toLowerCase())).toBe(key)
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
    expect(await cellsOf(name)).toEqual(before)
    expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
    // Neither the code nor what it stands for is stored.
    expect(JSON.stringify(await headerOf(name))).not.toContain(code.replaceAll('-', ''))
  })

  it('is told from a typing mistake and from another vault', async () => {
    const { vault, key } = await filledVault(1)
    const code = await vault.addSheet(key)
    const other = await filledVault(1)
    const theirs = await other.vault.addSheet(other.key)
    await expect(vault.unlockWithSheet(theirs)).rejects.toThrow('vault/wrong-sheet-code')
    await expect(vault.unlockWithSheet(code.slice(0, -1))).rejects.toThrow('vault/sheet-code-mistyped')
  })

  it('replaces the one before it', async () => {
    const { vault, key } = await filledVault(1)
    const first = await vault.addSheet(key)
    const second = await vault.addSheet(key)
    await expect(vault.unlockWithSheet(first)).rejects.toThrow('vault/wrong-sheet-code')
    expect(await vault.unlockWithSheet(second)).toBe(key)
    expect((await vault.slots()).map(({ kind }) => kind)).toEqual(['passphrase', 'sheet'])
  })

  it('lets a forgotten passphrase be set anew, and stays', async () => {
    const { vault, key } = await filledVault(1)
    const code = await vault.addSheet(key)
    await vault.setPassphrase(await vault.unlockWithSheet(code), NEXT)
    expect(await vault.unlock(NEXT)).toBe(key)
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    expect(await vault.unlockWithSheet(code)).toBe(key)
  })

  it('is enough without a passphrase, and the last of both cannot be removed', async () => {
    const { vault, key } = await filledVault(1)
    const code = await vault.addSheet(key)
    await vault.addPasskey(key, PASSKEY)
    const [passphrase, sheet] = await vault.slots()
    await vault.removeSlot(key, passphrase!.id)
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    await expect(vault.removeSlot(key, sheet!.id)).rejects.toThrow('vault/last-slot')
    expect(await vault.unlockWithSheet(code)).toBe(key)
  })
})

describe('a passkey (KEY-9)', () => {
  it('opens the vault with what it answers, and with nothing else', async () => {
    const { vault, name, key } = await filledVault(2)
    const before = await cellsOf(name)
    const id = await vault.addPasskey(key, PASSKEY)
    expect((await vault.slots())[1]).toEqual({
      kind: 'passkey',
      id,
      credentialId: PASSKEY.credentialId,
      prfInput: PASSKEY.prfInput,
    })
    expect(await cheapVault(name).unlockWithPasskey(id, PASSKEY.prfOutput)).toBe(key)
    const wrong = vault.unlockWithPasskey(id, new Uint8Array(32))
    await expect(wrong).rejects.toThrow('vault/wrong-passkey')
    await expect(vault.unlockWithPasskey('nobody', PASSKEY.prfOutput)).rejects.toThrow('vault/wrong-passkey')
    expect(await cellsOf(name)).toEqual(before)
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
  })

  it('is replaced when it is added again, and removed alone', async () => {
    const { vault, key } = await filledVault(1)
    const first = await vault.addPasskey(key, PASSKEY)
    const second = await vault.addPasskey(key, PASSKEY)
    await expect(vault.unlockWithPasskey(first, PASSKEY.prfOutput)).rejects.toThrow('vault/wrong-passkey')
    await vault.removeSlot(key, second)
    expect((await vault.slots()).map(({ kind }) => kind)).toEqual(['passphrase'])
    await expect(vault.unlockWithPasskey(second, PASSKEY.prfOutput)).rejects.toThrow('vault/wrong-passkey')
  })

  it('is never the only slot, and stays when the passphrase changes', async () => {
    const { vault, key } = await filledVault(1)
    const id = await vault.addPasskey(key, PASSKEY)
    const [passphrase] = await vault.slots()
    await expect(vault.removeSlot(key, passphrase!.id)).rejects.toThrow('vault/last-slot')
    await vault.changePassphrase(PASSPHRASE, NEXT)
    expect(await vault.unlockWithPasskey(id, PASSKEY.prfOutput)).toBe(key)
  })

  it('needs an answer of 32 bytes', async () => {
    const { vault, key } = await filledVault(1)
    const short = { ...PASSKEY, prfOutput: new Uint8Array(16) }
    await expect(vault.addPasskey(key, short)).rejects.toThrow('vault/wrong-passkey')
  })
})

describe('changeKey (VLT-12)', () => {
  it('seals everything under another key that the new passphrase alone opens', async () => {
    const { vault, name, key } = await filledVault(70)
    const code = await vault.addSheet(key)
    const id = await vault.addPasskey(key, PASSKEY)
    const contents = await vault.read(key)
    const before = await dump(name)
    const next = await vault.changeKey(PASSPHRASE, NEXT)
    expect(next).not.toBe(key)
    expect(await vault.read(next)).toEqual({ ...contents, generation: contents.generation + 1 })
    expect(await vault.unlock(NEXT)).toBe(next)
    await expect(vault.read(key)).rejects.toThrow('vault/damaged')
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    await expect(vault.unlockWithSheet(code)).rejects.toThrow('vault/wrong-sheet-code')
    await expect(vault.unlockWithPasskey(id, PASSKEY.prfOutput)).rejects.toThrow('vault/wrong-passkey')
    const sealed = (row: unknown): string[] =>
      (row as { cells: { sealed: Uint8Array }[] }).cells.map((cell) => Buffer.from(cell.sealed).toString('hex'))
    const old = new Set([...before.rows.values()].flatMap(sealed))
    expect((await cellsOf(name)).flatMap(sealed).filter((text) => old.has(text))).toEqual([])
    expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
  })

  it('refuses a wrong passphrase, a short one, and a vault that does not open whole', async () => {
    const { vault, key } = await filledVault(1)
    await expect(vault.changeKey('wrong passphrase', NEXT)).rejects.toThrow('vault/wrong-passphrase')
    await expect(vault.changeKey(PASSPHRASE, 'short')).rejects.toThrow('vault/passphrase-too-short')
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
  })
})

describe('the cost of a passphrase (KEY-1)', () => {
  it('is measured when the vault is created, and is never less than the floor', async () => {
    const name = freshName()
    await openVault({ databaseName: name }).create(PASSPHRASE)
    const { kdf } = (await headerOf(name)).slots[0] as PassphraseSlot
    expect(kdf.memoryKib * kdf.passes).toBeGreaterThanOrEqual(KDF_DEFAULT.memoryKib * KDF_DEFAULT.passes)
  })

  it('is never lowered by a change of passphrase', async () => {
    const name = freshName()
    const dear = { ...CHEAP_KDF, memoryKib: 256, passes: 3 }
    await cheapVault(name, { kdf: dear }).create(PASSPHRASE)
    await cheapVault(name).changePassphrase(PASSPHRASE, NEXT)
    expect((await headerOf(name)).slots[0]).toMatchObject({ kdf: dear })
  })
})
