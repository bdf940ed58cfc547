// @vitest-environment happy-dom
import { cleanup, render, waitFor } from '@testing-library/preact'
import type { VNode } from 'preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useWhenSeen } from '../../src/ui/components/when-seen'

const begin = vi.fn()
const end = vi.fn()
const hidden = vi.spyOn(document, 'hidden', 'get')

function Screen(): VNode {
  useWhenSeen(begin, end)
  return <p>screen</p>
}

function turn(out: boolean): void {
  hidden.mockReturnValue(out)
  document.dispatchEvent(new Event('visibilitychange'))
}

async function leave(): Promise<void> {
  cleanup()
  await waitFor(() => expect(end).toHaveBeenCalledOnce())
}

beforeEach(() => {
  for (const spy of [begin, end]) spy.mockReset()
})
afterEach(leave)

describe('useWhenSeen', () => {
  it('begins at once, and once, where the page is in sight', () => {
    hidden.mockReturnValue(false)
    render(<Screen />)
    for (const out of [true, false]) turn(out)
    expect(begin).toHaveBeenCalledOnce()
  })

  it('waits where nobody looks', () => {
    hidden.mockReturnValue(true)
    render(<Screen />)
    turn(true)
    expect(begin).not.toHaveBeenCalled()
    turn(false)
    expect(begin).toHaveBeenCalledOnce()
  })

  it('begins no more once the screen is left', async () => {
    hidden.mockReturnValue(true)
    render(<Screen />)
    await leave()
    turn(false)
    expect(begin).not.toHaveBeenCalled()
  })
})
