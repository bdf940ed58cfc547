import { describe, expect, it } from 'vitest'

import { checkSize } from '../../src/scan/limits'

describe('checkSize', () => {
  it.each([
    [1, 1],
    [8_000, 5_000],
    [40_000_000, 1],
  ])('lets %i × %i through', (width, height) => {
    expect(() => checkSize({ width, height })).not.toThrow()
  })

  it.each([
    [8_000, 5_001, 'scan/image-too-large'],
    [40_000_001, 1, 'scan/image-too-large'],
    [2 ** 31, 2 ** 31, 'scan/image-too-large'],
    [0, 1, 'scan/image-unreadable'],
    [1, -1, 'scan/image-unreadable'],
    [1.5, 2, 'scan/image-unreadable'],
    [NaN, 1, 'scan/image-unreadable'],
    [Infinity, 1, 'scan/image-unreadable'],
    [2 ** 53, 1, 'scan/image-unreadable'],
  ])('refuses %d × %d (INP-6)', (width, height, code) => {
    expect(() => checkSize({ width, height })).toThrow(expect.objectContaining({ name: 'AppError', code }))
  })
})
