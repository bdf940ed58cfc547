// @vitest-environment happy-dom
import { cleanup, render, waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { brandIcons, keepBrandIcons } from '../../src/ui/actions/brands'
import { preferences } from '../../src/ui/actions/preferences'
import { Mark } from '../../src/ui/components/mark'
import { entries } from '../../src/ui/state'
import type { EntryView } from '../../src/rpc/account-calls'

beforeEach(() => {
  cleanup()
  brandIcons.value = new Map()
  entries.value = []
  preferences.brandMarks.shown.value = null
})

const drawn = () => document.querySelector('.mark')

describe('the mark of an account', () => {
  it('is the initial, in the same colour everywhere', () => {
    render(<Mark name="acme" />)
    expect(drawn()?.textContent).toBe('A')
    const { className } = drawn() as Element
    cleanup()
    render(<Mark name="acme" />)
    expect(drawn()?.className).toBe(className)
  })

  it('becomes the service’s own once that is loaded, unless the user does not want it', async () => {
    vi.stubGlobal('requestIdleCallback', (work: () => void) => work())
    keepBrandIcons()
    render(<Mark name="GitHub" />)
    expect(drawn()?.textContent).toBe('G')
    entries.value = [{ issuer: 'GitHub', label: 'bob' } as EntryView]
    await waitFor(() => expect(drawn()?.querySelector('path')?.getAttribute('d')).toMatch(/^M/))
    preferences.brandMarks.shown.value = false
    await waitFor(() => expect(drawn()?.textContent).toBe('G'))
    entries.value = []
    // The lock leaves no name behind (MEM-1).
    expect(brandIcons.value.size).toBe(0)
    vi.unstubAllGlobals()
  })
})
