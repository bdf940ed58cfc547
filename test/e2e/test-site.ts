import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Web pages of a test, and what they tell about themselves. */
export interface TestSite {
  /** As `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The same pages under another origin. */
  readonly otherUrl: string
  /** Pages by path; a query is left out of account. */
  readonly pages: Map<string, string>
  /** What pages sent by `tell(…)`, in order. */
  readonly told: string[]
  close(): Promise<void>
}

/** A field for a code, as sites have it. */
export const CODE_FIELD =
  '<label for="otp">Authenticator code</label> <input id="otp" name="otp" maxlength="6" inputmode="numeric">'

/** A sign-in page around `body` that tells every value that any of its fields ever takes, under the name `page`. */
export function signInPage(page: string, body = CODE_FIELD): string {
  return `<!doctype html><meta charset="utf-8"><title>Two-factor authentication</title>
    <script>
      const tell = (text) => fetch('/told', { method: 'POST', body: text, keepalive: true })
      addEventListener('input', ({ target }) => tell('${page} ' + target.value), true)
    </script><h1>Two-factor authentication</h1>${body}`
}

/** Puts a site behind a port of the loopback interface, under both of its names. */
export async function startTestSite(): Promise<TestSite> {
  const pages = new Map<string, string>()
  const told: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    if (path === '/told') return void bodyOf(request).then((text) => told.push(text) && response.end())
    const text = pages.get(path)
    const type = TYPES[path.replace(/^.*\./, '')] ?? 'text/html'
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    otherUrl: `http://localhost:${port}`,
    pages,
    told,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
