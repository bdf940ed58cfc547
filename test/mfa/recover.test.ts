import { beforeEach, describe, expect, it } from 'vitest'

import { recover, type RecoverOutcome } from '../../src/mfa/recover'
import { settle } from '../../src/mfa/settle'
import { carolsEntry, scene, type Scene, sentTwice } from './flows'

let here: Scene
let old: string
let mfaToken: string

beforeEach(async () => {
  here = await scene()
  old = (await here.server.user('carol'))?.recoveryCode ?? ''
  mfaToken = await here.server.mfaToken('carol')
})

function recovered(entryId: string | null, recoveryCode = ''): Promise<RecoverOutcome> {
  return recover(here.parts, { mfaToken, recoveryCode, entryId })
}

async function inForce(): Promise<string | undefined> {
  return (await here.server.user('carol'))?.recoveryCode
}

describe('recover', () => {
  it('spends the stored code and stores the new one (BND-6)', async () => {
    const { id } = await carolsEntry(here)
    const outcome = await recovered(id)
    expect(outcome).toMatchObject({ kind: 'signed-in', user: { id: 'carol' }, kept: true })
    expect(here.store.only().recoveryCode).toBe(await inForce())
    expect(outcome).toHaveProperty('recoveryCode', await inForce())
    expect(await inForce()).not.toBe(old)
  })

  it('hands the new code out, not kept, where there is no entry for it', async () => {
    const outcome = await recovered(null, old)
    expect(outcome).toMatchObject({ kind: 'signed-in', recoveryCode: await inForce(), kept: false })
  })

  it('hands the new code out, not kept, where the store fails (BND-6)', async () => {
    const { id } = await carolsEntry(here)
    here.store.breakage = { at: 2, way: 'fails-before-writing' }
    const outcome = await recovered(id)
    expect(outcome).toMatchObject({ kind: 'signed-in', recoveryCode: await inForce(), kept: false })
  })

  it('says so where the store kept something else (BND-6)', async () => {
    const { id } = await carolsEntry(here)
    here.store.breakage = { at: 2, way: 'forgets-recovery-code' }
    expect(await recovered(id)).toMatchObject({ kept: false })
  })

  it('rejects a wrong code and keeps the stored one', async () => {
    const { id } = await carolsEntry(here)
    expect(await recovered(id, 'wrong')).toEqual({ kind: 'code-rejected' })
    expect(here.store.only().recoveryCode).toBe(old)
  })

  it('keeps the new code where the browser sent the request twice and the second was refused (BND-6)', async () => {
    const { id } = await carolsEntry(here)
    here.parts.api = here.server.api('demo-app', sentTwice(here.server.fetch, '/totp/recovery'))
    await expect(recovered(id)).rejects.toMatchObject({ code: 'mfa/recovery-code-replaced' })
    expect(here.store.only().recoveryCode).toBe(await inForce())
    expect(await inForce()).not.toBe(old)
  })

  it('does not call the stored code wrong where the list cannot be asked (BND-6)', async () => {
    const { id } = await carolsEntry(here)
    here.parts.api = here.server.api('demo-app', sentTwice(here.server.fetch, '/totp/recovery'))
    await here.server.fault('listAuthenticators', 'status-500')
    await expect(recovered(id)).rejects.toMatchObject({ code: 'mfa/outcome-unknown' })
  })

  it('sends nothing without any code', async () => {
    const { id } = await carolsEntry(here, { recoveryCode: '' })
    await expect(recovered(id)).rejects.toMatchObject({ code: 'mfa/argument-missing' })
    await expect(recovered(null)).rejects.toMatchObject({ code: 'mfa/argument-missing' })
    expect(await here.server.count('verifyRecoveryCode')).toBe(0)
  })

  it('says that the login has expired', async () => {
    const { id } = await carolsEntry(here)
    here.server.clock.now += 361_000
    await expect(recovered(id)).rejects.toMatchObject({ code: 'mfa/login-expired' })
  })
})

const OPEN_FAULTS = ['drop-before', 'drop-after', 'drop-inside', 'status-500', 'status-503', 'html'].concat([
  'truncated',
  'wrong-types',
  'wrong-data',
  'missing-members',
  'huge',
  'proto-keys',
])

describe.each(OPEN_FAULTS)('recover under %s (BND-4, BND-6)', (fault) => {
  it.each([true, false])('holds the code in force afterwards; done: %s', async (commit) => {
    const { id } = await carolsEntry(here)
    await here.server.fault('verifyRecoveryCode', fault, { commit })
    await expect(recovered(id)).rejects.toMatchObject({ code: expect.stringMatching(/^(mfa|network)\//) })
    expect(here.store.only().recoveryCode).toBe(await inForce())
    expect((await inForce()) === old).toBe(!commit)
    expect(await here.server.count('verifyRecoveryCode')).toBe(1)
  })

  it.each([
    [true, 'drop-before'],
    [false, 'drop-before'],
    [true, 'code-2021'],
    [false, 'code-2021'],
  ])('says that it does not know, and fetches the code later; done: %s, list: %s', async (commit, list) => {
    const { id } = await carolsEntry(here)
    await here.server.fault('verifyRecoveryCode', fault, { commit })
    await here.server.fault('listAuthenticators', list)
    await expect(recovered(id)).rejects.toMatchObject({ code: 'mfa/outcome-unknown' })
    const token = await here.server.mfaToken('carol')
    expect((await settle(here.parts, id, { token })).recoveryCode).toBe(await inForce())
  })

  it('says that it does not know where there is no entry to ask about', async () => {
    await here.server.fault('verifyRecoveryCode', fault)
    await expect(recovered(null, old)).rejects.toMatchObject({ code: 'mfa/outcome-unknown' })
  })
})
