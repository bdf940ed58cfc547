import { parseArgs } from 'node:util'
import { startEmulator } from './listen'

const DEFAULT_PORT = '8787'

const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } })
const port = Number(values.port)

try {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535')
  const { url } = await startEmulator({ port })
  console.log(`emulator listening on ${url}`)
  console.log(`demo site ${url}/, controls ${url}/__emulator`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
