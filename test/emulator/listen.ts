import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createEmulator, type Emulator } from './handler'
import { sendResult } from './socket'

/** An emulator behind a port. */
export interface RunningEmulator {
  readonly url: string
  readonly port: number
  readonly emulator: Emulator
  /** Breaks open connections and frees the port. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly port?: number
  readonly now?: () => number
  /** Stands in front of the emulator: sees each request before it does, and each answer before it leaves. */
  readonly inFront?: (emulator: Emulator) => Emulator
}

/** Puts an emulator behind a port of 127.0.0.1, and of ::1 where that exists; port 0 picks a free one. */
export async function startEmulator({ inFront, ...options }: ListenOptions = {}): Promise<RunningEmulator> {
  const bare = createEmulator(options)
  const emulator = inFront?.(bare) ?? bare
  const main = serve(emulator)
  main.listen(options.port ?? 0, '127.0.0.1')
  await once(main, 'listening')
  const { port } = main.address() as AddressInfo
  const servers = [main, ...(await alsoOnIpv6(emulator, port))]
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    emulator,
    close: async () => void (await Promise.all(servers.map(stop))),
  }
}

function serve(emulator: Emulator): Server {
  return createServer((incoming, outgoing) => {
    answer(emulator, incoming, outgoing).catch((error: unknown) => {
      console.error(error)
      outgoing.destroy()
    })
  })
}

async function answer(emulator: Emulator, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  await sendResult(outgoing, await emulator.handle(await requestFrom(incoming)))
}

async function requestFrom(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const body = chunks.length > 0 && method !== 'GET' ? Buffer.concat(chunks) : null
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`, { method, headers, body })
}

/** `localhost` may mean ::1 first; a machine without IPv6 does without. */
async function alsoOnIpv6(emulator: Emulator, port: number): Promise<Server[]> {
  const server = serve(emulator)
  return new Promise((resolve) => {
    server.once('error', () => resolve([]))
    server.listen(port, '::1', () => resolve([server]))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
