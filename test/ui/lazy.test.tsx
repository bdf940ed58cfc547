// @vitest-environment happy-dom
import { act, cleanup, render, waitFor } from '@testing-library/preact'
import type { VNode } from 'preact'
import { beforeEach, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors'
import english from '../../src/i18n/_locales/en/messages.json'
import { loadLanguage } from '../../src/i18n/catalogue'
import { errorText, text } from '../../src/i18n/text'
import { bringTexts } from '../../src/ui/actions/texts'
import { Lazy } from '../../src/ui/components/lazy'
import { shownLanguage } from '../../src/ui/state'

beforeEach(async () => {
  cleanup()
  await loadLanguage('en', 'first')
  shownLanguage.value = 'en'
})

const seen: string[] = []

function Part({ of }: { of: string }): VNode {
  const words = text('sheet_confirmed')
  seen.push(words)
  return <p>{`${of}: ${words}`}</p>
}

const load = async () => Part

it('has the texts of a part there before it is drawn', async () => {
  expect(text('sheet_confirmed')).toBe('')
  const { container } = render(<Lazy load={load} of="meter" />)
  expect(container.textContent).toBe('')
  await waitFor(() => expect(container.textContent).toBe(`meter: ${english.sheet_confirmed.message}`))
  expect(seen).not.toContain('')
})

it('draws anew what was drawn without its text, once that has come', async () => {
  const Failed = () => <p>{errorText(new AppError('vault/locked'))}</p>
  const { container } = render(<Failed />)
  expect(container.textContent).toBe('')
  await act(() => bringTexts())
  expect(container.textContent).toBe(english.error_vault_locked.message)
})

it('leaves alone what had its texts', async () => {
  let drawn = 0
  const Calm = () => {
    drawn += 1
    return <p>{text('lock')}</p>
  }
  render(<Calm />)
  await act(() => bringTexts())
  expect(drawn).toBe(1)
})
