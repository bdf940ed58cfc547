// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startAgain } from '../../src/ui/actions/start'
import { isPane } from '../../src/ui/actions/surface'
import { App } from '../../src/ui/popup/app'
import browser from '../support/fake-browser'
import { fillVault, fireEvent, press, screen, setStage, show, waitFor } from './stage'

const closed = vi.fn()
const open = vi.fn(async () => undefined)

beforeEach(async () => {
  closed.mockClear()
  open.mockClear()
  vi.stubGlobal('close', closed)
  Object.assign(browser.tabs, { query: async () => [{ id: 7 }], getCurrent: async () => undefined })
  fillVault(await setStage(), ['Acme', 'bob'])
})
afterEach(() => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(browser, 'sidebarAction')
  history.replaceState(null, '', '/')
})

/** What the menu behind `More` offers. */
async function offered(): Promise<readonly (string | null)[]> {
  await show(<App onRetry={() => void startAgain()} />)
  await screen.findByRole('list', { name: 'Accounts' })
  press('More')
  return (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent?.trim() ?? null)
}

describe('the screens elsewhere', () => {
  it('stand beside the page where the browser has a sidebar for us, and the popup makes room', async () => {
    Object.assign(browser, { sidebarAction: { open }, extension: { getViews: () => [] } })
    expect(await offered()).toContain('Open beside the page')
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open beside the page' }))
    expect(open).toHaveBeenCalledOnce()
    await waitFor(() => expect(closed).toHaveBeenCalled())
  })

  it('say why the sidebar did not open, and stay', async () => {
    open.mockRejectedValueOnce(new Error('no'))
    Object.assign(browser, { sidebarAction: { open }, extension: { getViews: () => [] } })
    await offered()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open beside the page' }))
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(closed).not.toHaveBeenCalled()
  })

  it('have a window alone where there is no sidebar', async () => {
    const names = await offered()
    expect(names).toContain('Open in a window')
    expect(names).not.toContain('Open beside the page')
  })

  it('offer no other place from there', async () => {
    history.replaceState(null, '', '/?surface=pane')
    expect(isPane()).toBe(true)
    expect(await offered()).not.toContain('Open in a window')
  })

  it('know the sidebar from the popup', () => {
    Object.assign(browser, { sidebarAction: { open }, extension: { getViews: () => [window] } })
    expect(isPane()).toBe(true)
    Object.assign(browser, { extension: { getViews: () => [] } })
    expect(isPane()).toBe(false)
  })
})
