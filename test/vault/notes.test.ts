import { describe, expect, it } from 'vitest'
import { bytesToBase64 } from '../../src/core/bytes'
import { newKey } from '../../src/crypto/keys'
import { openNotes, sealNotes } from '../../src/vault/notes'

const key = bytesToBase64(newKey())
const notes = { top: ['a'], sites: [['a', ['https://heron.example']]] }

describe('notes', () => {
  it('open as they were sealed, and show nothing of it before', async () => {
    const sealed = await sealNotes(key, 7, notes)
    expect(atob(sealed)).not.toContain('heron')
    expect(await openNotes(key, 7, sealed)).toEqual(notes)
  })

  it('are of one generation and one key alone', async () => {
    const sealed = await sealNotes(key, 7, notes)
    expect(await openNotes(key, 8, sealed)).toBeNull()
    expect(await openNotes(bytesToBase64(newKey()), 7, sealed)).toBeNull()
    expect(await openNotes(key, 7, sealed.slice(0, -8))).toBeNull()
    expect(await openNotes(key, 7, 'no Base64 at all!')).toBeNull()
  })
})
