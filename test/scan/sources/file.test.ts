import { describe, expect, it } from 'vitest'

import { IMAGE_TYPES, imageAmong } from '../../../src/scan/sources/file'

const file = (type: string, bytes = 5): File => new File([new Uint8Array(bytes)], 'a', { type })

describe('imageAmong', () => {
  it.each([...IMAGE_TYPES.split(','), ''])('takes the type %j', (type) => {
    const image = file(type)
    expect(imageAmong([file('text/plain'), image, file('image/png')])).toBe(image)
  })

  it.each(['text/plain', 'image/svg+xml', 'application/pdf', 'image/heic'])('refuses the type %j', (type) => {
    expect(() => imageAmong([file(type)])).toThrow(expect.objectContaining({ code: 'scan/image-unreadable' }))
  })

  it('refuses nothing at all', () => {
    expect(() => imageAmong([])).toThrow(expect.objectContaining({ code: 'scan/image-unreadable' }))
  })

  it('refuses a file of more than 50 MiB (INP-6)', () => {
    expect(imageAmong([file('image/png', 50 * 1024 * 1024)]).size).toBe(50 * 1024 * 1024)
    const tooLong = file('image/png', 50 * 1024 * 1024 + 1)
    expect(() => imageAmong([tooLong])).toThrow(expect.objectContaining({ code: 'scan/image-too-large' }))
  })
})
