import { needed } from './arguments'
import { expectDone } from './failures'
import type { Send } from './http'
import { asObject, text } from './members'
import { encryptForServer } from './rsa'
import { readDemand, readUser, type SecondFactorDemand, type User } from './wire'

/** What a user signs in with. */
export interface Credentials {
  account: string
  password: string
}

/** The password was right: signed in, or a second factor is asked for. */
export type LoginResult = { kind: 'session'; user: User } | SecondFactorDemand

/** The server could not decrypt the password: its key has changed since we asked for it. */
const KEY_OUTDATED = 2016

/** Makes the password login; it keeps the server's public key, which is asked for before the first one. */
export function createPasswordLogin(send: Send): (credentials: Credentials) => Promise<LoginResult> {
  let publicKey: string | null = null
  return async (credentials) => {
    const account = needed(credentials.account)
    const password = needed(credentials.password)
    publicKey ??= await fetchPublicKey(send)
    const answer = await send({
      method: 'POST',
      path: '/api/v2/login/account',
      body: { account, password: encryptForServer(password, publicKey), autoRegister: false, withCustomData: false },
    })
    if (answer.code === KEY_OUTDATED) publicKey = null
    if (answer.code === 1635 || answer.code === 1636) return readDemand(answer.code, answer.data)
    return { kind: 'session', user: readUser(expectDone(answer).data) }
  }
}

async function fetchPublicKey(send: Send): Promise<string> {
  const answer = expectDone(await send({ method: 'GET', path: '/api/v2/.well-known' }))
  return text(asObject(answer.data), 'publicKey')
}
