import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { AppError } from '../../src/core/errors'
import { readImport } from '../../src/formats/index'
import { cpuTime } from './cpu-time'

const LENGTH = 512 * 1024
const pieces = [
  '\n',
  '\r',
  ' ',
  '\t',
  ' \n',
  '"',
  ',',
  '\n,',
  '#\n',
  '<',
  '<a ',
  '&amp;',
  '%',
  '%41',
  'A',
  '=',
  '{}',
  'otpauth:',
  'otpauth://totp/x\n',
  'otpauth://totp/a?secret=AAAA&',
  'otpauth-migration://offline?data=',
  'login_totp,',
  ',otpauth://x',
  '\\"',
  '<code>',
  '<!--',
  '\u0000',
  '\ufeff',
]

it.each(pieces)('says soon what a long text of %j is, whatever it is (INP-1)', async (piece) => {
  for (const start of [
    '',
    '<map>',
    'login_totp\n',
    '<!doctype html>otpauth://totp/a?secret=AAAA ',
    'otpauth://totp/a?secret=AAAA\n',
  ]) {
    const bytes = textToBytes(start + piece.repeat(LENGTH / piece.length))
    const begin = cpuTime()
    await readImport(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(AppError))
    expect(cpuTime() - begin).toBeLessThan(1000)
  }
})
