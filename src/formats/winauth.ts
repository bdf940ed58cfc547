import { AppError } from '../core/errors'
import type { Archive, Member } from './archive'
import { authenticatorPlusList } from './authenticator-plus'
import { openFile } from './foreign-file'
import type { Format } from './format'
import { openMember } from './locked-member'
import { linesOf, readAddresses } from './otpauth'

const ADDRESS = /^(otpauth|steam|motp):/i

/** WinAuth (Windows): a zip, mostly with a password, that holds one list of addresses. */
export const winauth: Format = {
  name: 'winauth',

  recognise: ({ archive }) => archive !== null && !authenticatorPlusList(archive) && listIn(archive) !== null,

  async read({ archive }, { password }) {
    const list = archive && listIn(archive)
    if (!list) throw new AppError('format/unknown')
    const lines = linesOf(openFile(await openMember(list, password)))
    if (lines.length > 0 && !lines.some((line) => ADDRESS.test(line))) throw new AppError('format/unknown')
    return readAddresses(lines.map(namedAsSteam))
  },
}

/** The only text in the archive. */
function listIn({ members }: Archive): Member | null {
  const [list, ...others] = members.filter(({ name }) => /\.txt$/i.test(name))
  return list && others.length === 0 ? list : null
}

/** WinAuth writes its Steam accounts as totp and tells them only by what Steam itself wants to know about the device. */
function namedAsSteam(address: string): string {
  return /[?&]deviceid=/i.test(address) ? address.replace(/^otpauth:\/\/totp\//i, 'otpauth://steam/') : address
}
