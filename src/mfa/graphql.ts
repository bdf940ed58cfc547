import { expectDone } from './failures'
import type { Send } from './http'
import { asObject, member, type JsonObject } from './members'

const PATH = '/graphql/v2'

/** A GraphQL operation: the query's text and the member of `data` that holds its answer. */
export interface Operation {
  name: string
  query: string
}

/** As the vendor's SDK writes it. */
export const SEND_EMAIL: Operation = {
  name: 'sendEmail',
  query: `
    mutation sendEmail($email: String!, $scene: EmailScene!) {
  sendEmail(email: $email, scene: $scene) {
    message
    code
  }
}
    `,
}

/** As the vendor's SDK writes it. */
export const ACCESS_TOKEN: Operation = {
  name: 'accessToken',
  query: `
    query accessToken($userPoolId: String!, $secret: String!) {
  accessToken(userPoolId: $userPoolId, secret: $secret) {
    accessToken
    exp
    iat
  }
}
    `,
}

/** Runs one operation; its own part of `data`. Throws as `expectDone` does. A success has no code of its own here. */
export async function runGraphql(send: Send, { name, query }: Operation, variables: JsonObject): Promise<JsonObject> {
  const answer = await send({ method: 'POST', path: PATH, body: { query, variables } })
  if (answer.code !== null) expectDone(answer)
  return asObject(member(asObject(answer.data), name))
}
