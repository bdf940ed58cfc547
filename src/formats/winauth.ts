import { AppError } from '../core/errors'
import { isOtpauthUri } from '../core/otpauth-uri'
import type { Archive, Member } from './archive'
import { authenticatorPlusList } from './authenticator-plus'
import { openFile } from './foreign-file'
import type { Format } from './format'
import { openMember } from './locked-member'
import { linesOf, readAddresses } from './otpauth'

/** WinAuth (Windows): a zip, mostly with a password, that holds one list of addresses. */
export const winauth: Format = {
  name: 'winauth',

  recognise: ({ archive }) => archive !== null && !authenticatorPlusList(archive) && listIn(archive) !== null,

  async read({ archive }, { password }) {
    const list = archive && listIn(archive)
    if (!list) throw new AppError('format/unknown')
    const lines = linesOf(openFile(await openMember(list, password)))
    if (lines.length > 0 && !lines.some(isOtpauthUri)) throw new AppError('format/unknown')
    return readAddresses(lines)
  },
}

/** The only text in the archive. */
function listIn({ members }: Archive): Member | null {
  const [list, ...others] = members.filter(({ name }) => /\.txt$/i.test(name))
  return list && others.length === 0 ? list : null
}
