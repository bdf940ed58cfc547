import { describe, expect, it } from 'vitest'

import { IMAGE_TYPES, imagesAmong } from '../../../src/scan/sources/file'

const file = (type: string, bytes = 5): File => new File([new Uint8Array(bytes)], 'a', { type })

describe('imagesAmong', () => {
  it.each([...IMAGE_TYPES.split(','), ''])('takes the type %j', (type) => {
    const image = file(type)
    const other = file('image/png')
    expect(imagesAmong([file('text/plain'), image, other])).toEqual([image, other])
  })

  it.each(['text/plain', 'image/svg+xml', 'application/pdf', 'image/heic'])('refuses the type %j', (type) => {
    expect(() => imagesAmong([file(type)])).toThrow(expect.objectContaining({ code: 'scan/image-unreadable' }))
  })

  it('refuses nothing at all', () => {
    expect(() => imagesAmong([])).toThrow(expect.objectContaining({ code: 'scan/image-unreadable' }))
  })

  it('refuses a file of more than 50 MiB (INP-6)', () => {
    const long = file('image/png', 50 * 1024 * 1024)
    expect(imagesAmong([long])).toEqual([long])
    const tooLong = file('image/png', 50 * 1024 * 1024 + 1)
    expect(() => imagesAmong([tooLong])).toThrow(expect.objectContaining({ code: 'scan/image-too-large' }))
    const short = file('image/png')
    expect(imagesAmong([tooLong, short])).toEqual([short])
  })

  it('takes a hundred at most', () => {
    const many = Array.from({ length: 101 }, () => file('image/png', 1))
    expect(imagesAmong(many)).toEqual(many.slice(0, 100))
  })
})
