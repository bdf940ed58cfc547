import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface Recorded {
  method: string
  path: string
  query: Record<string, string>
  /** Those that the server may look at; see {@link RELEVANT}. */
  headers: Record<string, string>
  body: unknown
}

/** Headers that mean something to the server. */
const RELEVANT = [
  'authorization',
  'content-type',
  'x-authing-app-id',
  'x-authing-userpool-id',
  'x-authing-lang',
  'x-authing-request-from',
]

/** A server on the loopback that answers by a table and remembers what it was asked. */
export interface Recorder {
  url: string
  requests: Recorded[]
  close: () => Promise<void>
}

/** Starts one. `answer` makes the JSON for a request. */
export async function record(answer: (request: Recorded) => unknown): Promise<Recorder> {
  const requests: Recorded[] = []
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await read(incoming)
    requests.push(request)
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(answer(request)))
  }
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { url: `http://127.0.0.1:${port}`, requests, close }
}

async function read(incoming: IncomingMessage): Promise<Recorded> {
  const url = new URL(incoming.url ?? '', 'http://127.0.0.1')
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(RELEVANT.flatMap((name) => relevant(incoming, name))),
    body: text === '' ? null : folded(JSON.parse(text)),
  }
}

function relevant({ headers }: IncomingMessage, name: string): [string, string][] {
  const value = headers[name]
  if (typeof value !== 'string') return []
  return [[name, name === 'content-type' ? (value.split(';')[0] ?? '') : value]]
}

/** The white space of a GraphQL query means nothing. */
function folded(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('query' in body)) return body
  return { ...body, query: String(body.query).replace(/\s+/g, ' ').trim() }
}
