import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'

import { createMfaApi } from '../../src/mfa/api'
import { record } from './recorder'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function listed(appHost: string): Promise<unknown> {
  return createMfaApi({ appHost, appId: 'app', fetch }).listAuthenticators({ token: 'TOKEN' })
}

describe('over real sockets', () => {
  it.each([301, 302, 303, 307, 308])('HTTP %i takes nothing to another origin (NET-3)', async (status) => {
    const other = await record(() => ({ code: 200, data: [] }))
    const here = await listening((_, response) => {
      response.writeHead(status, { location: `${other.url}/api/v2/mfa/authenticator` }).end()
    })
    await expect(listed(here)).rejects.toMatchObject({ code: 'network/redirected' })
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('a refused connection is offline', async () => {
    const here = await listening(() => undefined)
    const [server] = servers.splice(0)
    await new Promise((resolve) => server?.close(resolve))
    await expect(listed(here)).rejects.toMatchObject({ code: 'network/offline' })
  })

  it('a name that does not exist is offline', async () => {
    await expect(listed('https://no-such-host.invalid')).rejects.toMatchObject({ code: 'network/offline' })
  })

  it('a server that does not speak TLS is offline', async () => {
    const here = await listening((_, response) => void response.end('{"code":200,"data":[]}'))
    await expect(listed(here.replace('http:', 'https:'))).rejects.toMatchObject({ code: 'network/offline' })
  })

  it.each([
    ['before the headers', (response: Parameters<RequestListener>[1]): void => void response.destroy()],
    [
      'inside the body',
      (response: Parameters<RequestListener>[1]): void => {
        response.writeHead(200, { 'content-length': 1000 })
        response.write('{"code":', () => response.destroy())
      },
    ],
  ])('a reset %s is offline', async (_, reset) => {
    const here = await listening((_request, response) => reset(response))
    await expect(listed(here)).rejects.toMatchObject({ code: 'network/offline' })
  })

  it('hangs up on an answer that is too large', async () => {
    let hangUp = (): void => undefined
    const hungUp = new Promise<void>((resolve) => (hangUp = resolve))
    const here = await listening((_, response) => {
      response.on('close', hangUp)
      const more = (): void => void (response.destroyed || response.write(' '.repeat(65_536), () => setImmediate(more)))
      more()
    })
    await expect(listed(here)).rejects.toMatchObject({ code: 'mfa/answer-too-large' })
    await hungUp
  })
})
