// @vitest-environment happy-dom
import { signal } from '@preact/signals'
import { cleanup, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Dialog } from '../../src/ui/components/dialog'

const open = signal(false)

function Page() {
  return (
    <>
      <button type="button">Before</button>
      <button type="button">Elsewhere</button>
      {open.value && (
        <Dialog title="Sure?" onClose={() => (open.value = false)}>
          <button type="button">Yes</button>
        </Dialog>
      )}
    </>
  )
}

const named = (name: string) => screen.getByRole('button', { name })

beforeEach(async () => {
  render(<Page />)
  named('Before').focus()
  open.value = true
  await waitFor(() => expect(screen.getByRole('dialog').hasAttribute('open')).toBe(true))
  named('Yes').focus()
})
afterEach(() => {
  cleanup()
  open.value = false
})

describe('a dialog that goes', () => {
  it('gives the focus back to where it was', async () => {
    open.value = false
    await waitFor(() => expect(document.activeElement).toBe(named('Before')))
  })

  it('leaves the focus with whoever has taken it', async () => {
    named('Elsewhere').focus()
    open.value = false
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await Promise.resolve()
    expect(document.activeElement).toBe(named('Elsewhere'))
  })

  it('leaves no event waiting that would keep what it was drawn from (MEM-3)', async () => {
    const dialog = screen.getByRole('dialog')
    let closed = false
    dialog.addEventListener('close', () => (closed = true))
    open.value = false
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(closed).toBe(false)
  })
})
