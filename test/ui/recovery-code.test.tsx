// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetAccounts } from '../../src/ui/actions/forget'
import { acknowledgeRecoveryCode, answerWithRecoveryCode } from '../../src/ui/actions/second-factor'
import { lock, unlock } from '../../src/ui/actions/vault'
import { recoveryToKeep } from '../../src/ui/flow-state'
import { App } from '../../src/ui/options/app'
import { status } from '../../src/ui/state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, PASSPHRASE, press, screen, setStage, show, waitFor } from './stage'

const NEW_CODE = 'a7d2-0000-0000-0000-0000-0001'

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
})

/** The vault is locked while the server answers; `kept`: an account here holds the new code. */
function lockBeforeAnswer(kept: boolean): void {
  const { sendMessage } = browser.runtime
  browser.runtime.sendMessage = async (message: unknown) => {
    const { call } = message as { call: string }
    if (call === 'servers' && !state.unlocked) return { ok: false, code: 'vault/locked', params: {} }
    if (call !== 'useRecoveryCode') return sendMessage(message)
    state.unlocked = false
    forgetAccounts()
    status.value = 'locked'
    return { ok: true, value: { kind: 'signed-in', recoveryCode: NEW_CODE, kept } }
  }
}

describe('a new recovery code that no account here holds', () => {
  it('is there after the unlock where it came after the lock (BND-6)', async () => {
    await show(<App onRetry={() => undefined} />)
    lockBeforeAnswer(false)
    await answerWithRecoveryCode('server-0', 'old')
    expect(status.value).toBe('locked')
    expect(screen.queryByText(NEW_CODE)).toBeNull()
    await unlock(PASSPHRASE)
    expect(await screen.findByText(NEW_CODE)).toBeTruthy()
  })

  it('waits behind the lock until the user says that it is written down (BND-6)', async () => {
    recoveryToKeep.value = { code: NEW_CODE, reason: 'recovered-lost' }
    await show(<App onRetry={() => undefined} />)
    expect(await screen.findByText(NEW_CODE)).toBeTruthy()
    await lock()
    await waitFor(() => expect(screen.queryByText(NEW_CODE)).toBeNull())
    await unlock(PASSPHRASE)
    expect(await screen.findByText(NEW_CODE)).toBeTruthy()
    press('I have written it down')
    expect(recoveryToKeep.value).toBeNull()
  })
})

describe('a new recovery code that an account here holds', () => {
  it.each(['bound', 'recovered-kept'] as const)('goes with the lock: %s (KEY-8)', async (reason) => {
    recoveryToKeep.value = { code: NEW_CODE, reason }
    await lock()
    expect(recoveryToKeep.value).toBeNull()
  })

  it('does not stay where it came after the lock (KEY-8)', async () => {
    lockBeforeAnswer(true)
    await answerWithRecoveryCode('server-0', 'old')
    expect(recoveryToKeep.value).toBeNull()
    acknowledgeRecoveryCode()
  })
})
