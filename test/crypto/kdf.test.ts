import { argon2id } from '@noble/hashes/argon2.js'
import { describe, expect, it } from 'vitest'

import { bytesToHex, textToBytes } from '../../src/core/bytes'
import { KDF_DEFAULT, type KdfParameters, isCheaper, isKdfParameters, stretchPassphrase } from '../../src/crypto/kdf'
import { ARGON2ID } from '../vectors/argon2'

const cheap: KdfParameters = { algorithm: 'argon2id', memoryKib: 64, passes: 1, lanes: 1 }

describe('stretchPassphrase', () => {
  it.each(ARGON2ID)(
    'makes the published key of %s, %s, %i KiB, %i passes, %i lanes',
    async (passphrase, salt, memoryKib, passes, lanes, key) => {
      const parameters: KdfParameters = { algorithm: 'argon2id', memoryKib, passes, lanes }
      expect(bytesToHex(await stretchPassphrase(passphrase, textToBytes(salt), parameters))).toBe(key)
    },
  )

  it('equals another implementation, with NFKC and UTF-8 as the document says', async () => {
    const salt = Uint8Array.from({ length: 16 }, (_, i) => i)
    for (const passphrase of ['a', 'correct horse', 'Ｇｒüße', '测试🔑', 'x'.repeat(300)]) {
      const other = argon2id(textToBytes(passphrase.normalize('NFKC')), salt, { m: 64, t: 1, p: 1, dkLen: 32 })
      expect(await stretchPassphrase(passphrase, salt, cheap)).toEqual(new Uint8Array(other))
    }
  })

  it('makes other keys from another passphrase, salt or cost', async () => {
    const salt = new Uint8Array(16)
    const keys = await Promise.all([
      stretchPassphrase('passphrase', salt, cheap),
      stretchPassphrase('Passphrase', salt, cheap),
      stretchPassphrase('passphrase', new Uint8Array(16).fill(1), cheap),
      stretchPassphrase('passphrase', salt, { ...cheap, passes: 2 }),
      stretchPassphrase('passphrase', salt, { ...cheap, memoryKib: 72 }),
    ])
    expect(new Set(keys.map(bytesToHex)).size).toBe(5)
  })
})

describe('isCheaper', () => {
  it.each([
    [{}, false],
    [{ memoryKib: 65_535 }, true],
    [{ passes: 2 }, true],
    [{ lanes: 0 }, true],
    [{ memoryKib: 131_072, passes: 4, lanes: 4 }, false],
    [{ memoryKib: 1_000_000, passes: 1 }, true],
  ])('of the default with %j is %s (KEY-1)', (change, cheaper) => {
    expect(isCheaper({ ...KDF_DEFAULT, ...change }, KDF_DEFAULT)).toBe(cheaper)
  })
})

describe('isKdfParameters', () => {
  it('takes the default, and what OWASP asks for at least', () => {
    expect(isKdfParameters(KDF_DEFAULT)).toBe(true)
    expect(isKdfParameters({ ...KDF_DEFAULT, memoryKib: 19_456, passes: 2 })).toBe(true)
  })

  it.each<[unknown]>([
    [null],
    [{}],
    [{ ...KDF_DEFAULT, algorithm: 'argon2i' }],
    [{ ...KDF_DEFAULT, memoryKib: 2 ** 32 - 1 }],
    [{ ...KDF_DEFAULT, memoryKib: 1_048_577 }],
    [{ ...KDF_DEFAULT, memoryKib: 1_048_576, passes: 9 }],
    [{ ...KDF_DEFAULT, memoryKib: 7 }],
    [{ ...KDF_DEFAULT, memoryKib: '65536' }],
    [{ ...KDF_DEFAULT, passes: 2 ** 31 }],
    [{ ...KDF_DEFAULT, passes: 0 }],
    [{ ...KDF_DEFAULT, passes: -1 }],
    [{ ...KDF_DEFAULT, passes: 1.5 }],
    [{ ...KDF_DEFAULT, passes: Number.NaN }],
    [{ ...KDF_DEFAULT, lanes: 2 ** 24 }],
    [{ ...KDF_DEFAULT, lanes: 17 }],
  ])('refuses %j before anything is allocated (INP-4)', (value) => expect(isKdfParameters(value)).toBe(false))
})
