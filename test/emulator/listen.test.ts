import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startEmulator, type RunningEmulator } from './listen'

let server: RunningEmulator
beforeAll(async () => {
  server = await startEmulator()
})
afterAll(() => server.close())
beforeEach(() => fetch(`${server.url}/__emulator/reset`, { method: 'POST' }))

const known = (host = '127.0.0.1') => `http://${host}:${server.port}/api/v2/.well-known`

async function setFault(fault: string): Promise<void> {
  const body = JSON.stringify({ operation: 'publicKey', fault })
  await fetch(`${server.url}/__emulator/faults`, { method: 'POST', body })
}

describe('startEmulator', () => {
  it('picks a port and answers under 127.0.0.1 and localhost', async () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect((await fetch(known())).status).toBe(200)
    expect((await fetch(known('localhost'))).status).toBe(200)
  })

  it('forgives a doubled slash, which the SDK sends for a host that ends in one', async () => {
    expect((await fetch(`${server.url}//api/v2/.well-known`)).status).toBe(200)
  })

  it('sends the Date of the skewed clock', async () => {
    await fetch(`${server.url}/__emulator/clock`, { method: 'POST', body: '{"skewSeconds":3600}' })
    const { headers } = await fetch(known())
    const aheadSeconds = (Date.parse(headers.get('date') ?? '') - Date.now()) / 1000
    expect(Math.abs(aheadSeconds - 3600)).toBeLessThan(3)
  })

  it.each(['drop-before', 'drop-after'])('resets the connection for %s', async (fault) => {
    await setFault(fault)
    await expect(fetch(known())).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
    })
    expect((await fetch(known())).status).toBe(200)
  })

  it('breaks off in the body for drop-inside', async () => {
    await setFault('drop-inside')
    const response = await fetch(known())
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  it('never answers, stalls and drips until the client gives up', async () => {
    await setFault('never')
    await expect(fetch(known(), { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: 'TimeoutError' })
    for (const fault of ['stall', 'drip', 'endless']) {
      await setFault(fault)
      const response = await fetch(known(), { signal: AbortSignal.timeout(300) })
      await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' })
    }
  })

  it('sends ten megabytes whole', async () => {
    await setFault('huge')
    expect((await (await fetch(known())).text()).length).toBeGreaterThan(10 * 1024 * 1024)
  })

  it('frees the port on close, even while a call is held', async () => {
    const other = await startEmulator()
    const body = JSON.stringify({ operation: '*', fault: 'never' })
    await fetch(`${other.url}/__emulator/faults`, { method: 'POST', body })
    const held = expect(fetch(`${other.url}/api/v2/.well-known`)).rejects.toThrow(TypeError)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await other.close()
    await held
    const socket = connect(other.port, '127.0.0.1')
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })
})

describe('main', () => {
  it('says where it listens in its first line, and takes --port', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/emulator/main.ts', '--port', '0'])
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      const url = /^emulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1]
      expect((await fetch(`${url}/__emulator`)).status).toBe(200)
    } finally {
      child.kill()
    }
  })

  it.each(['-1', '70000', 'x'])('refuses --port=%s', async (port) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/emulator/main.ts', `--port=${port}`])
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(1)
  })
})
