import { expect, it, vi } from 'vitest'
import { unasked } from '../../src/background/unasked'

it('leaves no failure unhandled, and takes nothing for an answer', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  unasked(Promise.reject(new Error('nobody waits for it')))
  unasked(undefined)
  await new Promise((resolve) => setTimeout(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})
