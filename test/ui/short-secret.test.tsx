// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import type { EntryType } from '../../src/core/entry'
import { ShortSecret } from '../../src/ui/components/short-secret'

afterEach(cleanup)

it.each<[EntryType, string, boolean]>([
  ['totp', 'JBSWY3DPEHPK3PX', true],
  ['totp', 'JBSWY3DPEHPK3PXP', false],
  ['totp', 'jbsw y3dp-ehpk 3px=', true],
  ['hotp', 'JBSWY3DP', true],
  ['steam', 'AA', true],
  ['motp', '0aff0aff0aff0aff', false],
])('of %s says of %s that it is short: %s (INP-2)', (type, secret, short) => {
  const { container } = render(<ShortSecret of={{ type, secret }} />)
  expect(container.querySelector('.hint') !== null).toBe(short)
})
