// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Problem } from '../../src/formats/format'
import { ProblemList, accountsIn } from '../../src/ui/options/transfer/transfer-problems'
import { setStage } from './stage'

const PROBLEMS: readonly Problem[] = [
  { row: 'Acme bob', reason: 'format/note-not-held' },
  { row: 'Acme bob', reason: 'format/sites-not-held' },
  { row: 'כחל ולבן', reason: 'format/note-not-held' },
  { row: 'Curlewmail', reason: 'format/algorithm-not-held' },
]

beforeEach(async () => {
  cleanup()
  await setStage()
})

describe('accountsIn', () => {
  it.each<[string, readonly Problem[], number]>([
    ['nothing', [], 0],
    ['one account with two problems', PROBLEMS.slice(0, 2), 1],
    ['three accounts with four', PROBLEMS, 3],
    ['two accounts of one name', [...PROBLEMS.slice(0, 2), ...PROBLEMS.slice(0, 1)], 2],
  ])('counts in %s', (_what, problems, count) => {
    expect(accountsIn(problems)).toBe(count)
  })
})

describe('ProblemList', () => {
  beforeEach(() => render(<ProblemList title="Not in it" problems={PROBLEMS} />))

  it('names the accounts that are left out before those that lose something', () => {
    const [first, ...others] = screen.getAllByRole('listitem')
    expect(first?.textContent).toMatch(/^Curlewmail /)
    expect(others).toHaveLength(2)
  })

  it('sets each name apart, so that none turns the others around (INP-8)', () => {
    const names = [...screen.getAllByRole('listitem')[1]!.querySelectorAll('b > span[dir="auto"]')]
    expect(names.map(({ textContent }) => textContent)).toEqual(['Acme bob', 'כחל ולבן'])
    expect(names[0]?.parentElement?.textContent).toBe('Acme bob · כחל ולבן')
  })
})
