import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import english from '../src/i18n/_locales/en/messages.json'
import { firstTexts } from '../vite.config'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-first-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is found in `main`, with other modules beside it. */
function found(keys: readonly string[], main: string, others: Readonly<Record<string, string>> = {}): string[] {
  for (const [name, code] of Object.entries({ ...others, 'main.tsx': main })) writeFileSync(join(folder, name), code)
  return [...firstTexts(join(folder, 'main.tsx'), keys)]
}

describe('firstTexts', () => {
  it('finds keys wherever they stand in quotes', () => {
    const main = `text(locked ? 'unlock' : 'lock', { name }); const LEADS = { new: 'lead_new' }; 'unlocked'; un_lock`
    expect(found(['lock', 'unlock', 'lead_new', 'lead_old', 'un_lock'], main)).toEqual(['lock', 'unlock', 'lead_new'])
  })

  it('finds the keys that fit a pattern', () => {
    const keys = ['phase_bound', 'phase_open', 'phase_bound_next', 'error_open']
    expect(found(keys, 'text(`phase_${phase}`); const key = `error_${code}`')).toEqual(['phase_bound', 'phase_open'])
  })

  it('follows what is imported before, not what is loaded later or is gone by then', () => {
    const main = `import {\n  a,\n} from './a'\nimport type { C } from './c'\nconst later = () => import('./d')`
    const others = { 'a.ts': `export { b } from './b'\n'of_a'`, 'b.ts': `'of_b'`, 'c.ts': `'of_c'`, 'd.ts': `'of_d'` }
    expect(found(['of_a', 'of_b', 'of_c', 'of_d'], main, others)).toEqual(['of_a', 'of_b'])
  })

  it('finds a tenth of ours: those of the list and the lock, none of the errors', () => {
    const first = firstTexts('src/ui/popup/main.tsx', Object.keys(english))
    for (const key of ['unlock', 'locked_lead', 'copied', 'fill_code', 'search_accounts', 'phase_confirming']) {
      expect(first).toContain(key)
    }
    expect([...first].filter((key) => /^(error|section|permission|export|import)_/.test(key))).toEqual([])
    expect(first.size).toBeGreaterThan(80)
    expect(first.size).toBeLessThan(160)
  })
})
