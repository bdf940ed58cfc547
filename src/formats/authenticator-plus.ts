import { AppError } from '../core/errors'
import type { Archive, Member } from './archive'
import { openFile } from './foreign-file'
import type { Format } from './format'
import { openMember } from './locked-member'
import { linesOf, readAddresses } from './otpauth'

/** Authenticator Plus (Android): a zip, mostly with a password, with a list of addresses in it. */
export const authenticatorPlus: Format = {
  name: 'authenticator-plus',

  recognise: ({ archive }) => archive !== null && authenticatorPlusList(archive) !== null,

  async read({ archive }, { password }) {
    const list = archive && authenticatorPlusList(archive)
    if (!list) throw new AppError('format/unknown')
    return readAddresses(linesOf(openFile(await openMember(list, password))))
  },
}

/** The list in such an archive; null in any other. */
export function authenticatorPlusList({ members }: Archive): Member | null {
  return members.find(({ name }) => name === 'Accounts.txt') ?? null
}
