import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ZXING_WASM_SHA256 } from 'zxing-wasm/reader'

import { wasmSource } from '../../../src/scan/engines/wasm-source'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('wasmSource', () => {
  it('is the installed file in Node, the very one the library was made with', () => {
    const source = wasmSource()
    expect('wasmBinary' in source && createHash('sha256').update(source.wasmBinary).digest('hex')).toBe(
      ZXING_WASM_SHA256,
    )
  })

  it.each([
    ['a page', undefined],
    ['a page with a stand-in for process', { env: {} }],
  ])('is our own file in %s, and no other server is named', (_where, process) => {
    vi.stubGlobal('process', process)
    const source = wasmSource()
    vi.unstubAllGlobals()
    expect('locateFile' in source && source.locateFile()).toMatch(/^\/[^/].*zxing_reader\.wasm/)
  })
})
