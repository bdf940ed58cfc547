// @vitest-environment happy-dom
import { render } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BindingPhase } from '../../src/core/entry'
import { refreshAccounts } from '../../src/ui/actions/accounts'
import { UnfinishedCard } from '../../src/ui/popup/cards/unfinished-card'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, press, screen, setStage } from './stage'

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'], ['Acme', 'carol'])
})

async function draw(...phases: readonly (BindingPhase | null)[]): Promise<void> {
  for (const [index, phase] of phases.entries()) {
    const binding = phase && { serverId: 's', account: 'a', userId: 'u', phase }
    if (binding) Object.assign(state.entries[index] ?? {}, { binding })
  }
  await refreshAccounts()
  render(<UnfinishedCard />)
}

describe('the card about unfinished bindings', () => {
  it.each(['associated', 'confirming', 'unbinding'] as const)(
    'counts what is %s, and leads on (BND-12)',
    async (phase) => {
      const opened = vi.fn<(tab: { url: string }) => void>()
      Object.assign(browser.tabs, { create: opened })
      await draw(phase)
      expect(screen.getByText('1 account is not confirmed yet.')).toBeTruthy()
      press('Go on')
      expect(opened.mock.calls[0]?.[0].url).toContain('options/index.html#section-factors')
    },
  )

  it('counts several', async () => {
    await draw('confirming', 'unbinding')
    expect(screen.getByText('2 accounts are not confirmed yet.')).toBeTruthy()
  })

  it('says nothing of what the server had the last word on, nor of plain accounts', async () => {
    await draw('bound', null)
    expect(screen.queryByRole('status')).toBeNull()
  })
})
