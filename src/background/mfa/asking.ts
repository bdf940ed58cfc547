import type { Binding, Server } from '../../core/entry'
import { AppError } from '../../core/errors'
import type { Asker } from '../../mfa/store'
import { entryById } from '../entries'
import { sessionAt, signInAt } from './mfa-sessions'
import { serverById } from './servers'

/** The user who asks a server, and in whose name. */
export interface AskingUser {
  asker: Asker
  account: string
  /** Null where the server does not say. */
  userId: string | null
}

/** A session asks in the user's own name; a sign-in that must bind first, in the application's. Throws `mfa/not-signed-in`. */
export async function userAt(serverId: string): Promise<AskingUser> {
  const session = await sessionAt(serverId)
  if (session) return asking(session, { token: session.token, source: 'SELF' })
  const signIn = await signInAt(serverId, Date.now())
  if (!signIn) throw new AppError('mfa/not-signed-in')
  return asking(signIn, { token: signIn.mfaToken, source: 'APPLICATION' })
}

function asking({ account, userId }: { account: string; userId: string | null }, asker: Asker): AskingUser {
  return { account, userId, asker }
}

/** An entry's server and who is signed in there. Throws `mfa/other-user` when that is not the user it was bound for. */
export async function userOf(entryId: string): Promise<{ server: Server; user: AskingUser }> {
  const { binding } = await entryById(entryId)
  if (!binding) throw new AppError('mfa/refused')
  const server = await serverById(binding.serverId)
  const user = await userAt(server.id)
  // The server would answer for its user, and that would be taken for the truth about this entry.
  if (!isUserOf(binding, user)) throw new AppError('mfa/other-user')
  return { server, user }
}

/** Whether a binding belongs to this user. */
export function isUserOf(binding: Binding, { account, userId }: AskingUser): boolean {
  return userId === null ? binding.account === account : binding.userId === userId
}
