import { describe, expect, it } from 'vitest'

import { formatSheetCode, newSheetSecret, parseSheetCode } from '../../src/crypto/sheet-code'

describe('the code of a recovery sheet', () => {
  it('is eight groups of four, and is read as people type it', async () => {
    for (let i = 0; i < 200; i++) {
      const secret = newSheetSecret()
      const code = await formatSheetCode(secret)
      expect(code).toMatch(/^([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/)
      const misread = code.replaceAll('O', '0').replaceAll('I', '1').replaceAll('B', '8')
      for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ' '), ` ${code}\n`, misread]) {
        expect(await parseSheetCode(typed)).toEqual(secret)
      }
    }
  })

  it('tells a typing mistake at every place', async () => {
    const code = await formatSheetCode(new Uint8Array(18).fill(0x5a))
    let told = 0
    let tried = 0
    for (let at = 0; at < code.length; at++) {
      if (code[at] === '-') continue
      for (const other of 'AQ7') {
        if (other === code[at]) continue
        tried++
        const typed = code.slice(0, at) + other + code.slice(at + 1)
        if ((await parseSheetCode(typed).catch(() => null)) === null) told++
      }
    }
    // Two bytes of check: one mistake in 65,536 goes through, and then it opens nothing.
    expect(told).toBe(tried)
  })

  it.each(['', 'ABCD', 'no code', 'A'.repeat(31), 'A'.repeat(33), 'Ä'.repeat(32), '9'.repeat(32)])(
    'refuses "%s"',
    async (typed) => {
      await expect(parseSheetCode(typed)).rejects.toThrow('vault/sheet-code-mistyped')
    },
  )
})
