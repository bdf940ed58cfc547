import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { SocketFault } from './faults'

/** Writes the answer to the socket, or does to the socket what the fault says. */
export async function sendResult(outgoing: ServerResponse, result: Response | SocketFault): Promise<void> {
  if (result instanceof Response) return send(outgoing, result)
  switch (result.fault) {
    case 'drop':
      outgoing.socket?.resetAndDestroy()
      return
    case 'never':
      return
    case 'slow':
      await pause(result.delayMs)
      return send(outgoing, result.response)
    case 'drip':
      return drip(outgoing, result.response, result.everyMs)
    case 'cut':
      return cut(outgoing, result.response)
    case 'stall':
      writeHead(outgoing, result.response)
      outgoing.flushHeaders()
  }
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  writeHead(outgoing, response)
  for await (const chunk of response.body ?? []) {
    if (outgoing.destroyed) return
    if (!outgoing.write(chunk)) await drained(outgoing)
  }
  outgoing.end()
}

async function drip(outgoing: ServerResponse, response: Response, everyMs: number): Promise<void> {
  writeHead(outgoing, response)
  for (const byte of new Uint8Array(await response.arrayBuffer())) {
    if (outgoing.destroyed) return
    outgoing.write(Uint8Array.of(byte))
    await pause(everyMs)
  }
  outgoing.end()
}

async function cut(outgoing: ServerResponse, response: Response): Promise<void> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  writeHead(outgoing, response)
  outgoing.setHeader('content-length', bytes.length)
  outgoing.write(bytes.slice(0, Math.floor(bytes.length / 2)), () => outgoing.socket?.resetAndDestroy())
}

/** The server's own `Date` must not correct the one that the skewed clock gave. */
function writeHead(outgoing: ServerResponse, response: Response): void {
  outgoing.sendDate = false
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.setHeader(name, value)
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve)
    outgoing.once('close', resolve)
  })
}
