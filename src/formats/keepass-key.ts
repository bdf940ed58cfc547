import type * as kdbxweb from 'kdbxweb'
import type { Credentials } from 'kdbxweb'

import { AppError } from '../core/errors'
import type { ReadOptions } from './format'

/** Tells whoever asks for a password that a key file may be what is missing. */
export const KEY_FILE_PARAMS = { keyFile: 1 } as const

/**
 * What opens a database: a password, a key file, or both. A key file is XML of either version, 32 bytes, 64 hexadecimal digits, or
 * any other file, of which the hash counts. Throws `format/needs-password`, `format/wrong-password`.
 */
export async function credentialsFrom(library: typeof kdbxweb, options: ReadOptions): Promise<Credentials> {
  const { password, keyFile } = options
  if (!password && !keyFile) throw new AppError('format/needs-password', KEY_FILE_PARAMS)
  // No password and an empty one are two things; who has a key file alone has the former.
  const secret = password ? library.ProtectedValue.fromString(password) : null
  try {
    const credentials = await new library.Credentials(secret, keyFile?.slice().buffer).ready
    // Base64 that is none comes out empty.
    if (credentials.keyFileHash?.byteLength !== 0) return credentials
    throw new AppError('format/wrong-password', KEY_FILE_PARAMS)
  } catch (cause) {
    if (!keyFile || !isOtherXml(library, cause)) throw new AppError('format/wrong-password', KEY_FILE_PARAMS, { cause })
    return hashed(library, secret, keyFile)
  }
}

/** XML that is no key file of KeePass's is a file like any other. */
function isOtherXml({ Consts, KdbxError }: typeof kdbxweb, cause: unknown): boolean {
  return cause instanceof KdbxError && cause.code === Consts.ErrorCodes.InvalidArg
}

async function hashed(
  library: typeof kdbxweb,
  secret: kdbxweb.ProtectedValue | null,
  keyFile: Uint8Array,
): Promise<Credentials> {
  const credentials = await new library.Credentials(secret).ready
  const hash = await library.CryptoEngine.sha256(keyFile.slice().buffer)
  credentials.keyFileHash = library.ProtectedValue.fromBinary(hash)
  return credentials
}
