import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { AppError } from '../../src/core/errors'
import { note } from '../faults/tally'
import { emulatedServer, type EmulatedServer } from './emulated-server'
import { OPERATIONS, type Prepare } from './operations'

const UNREADABLE = 'mfa/answer-unreadable'

/** What each fault becomes, for every operation; null: the answer is sound. */
const FAULTS: Readonly<Record<string, string | null>> = {
  'drop-before': 'network/offline',
  'drop-after': 'network/offline',
  'drop-inside': 'network/offline',
  never: 'network/timed-out',
  stall: 'network/timed-out',
  drip: 'network/timed-out',
  slow: null,
  huge: 'mfa/answer-too-large',
  deep: UNREADABLE,
  html: UNREADABLE,
  empty: UNREADABLE,
  null: UNREADABLE,
  number: UNREADABLE,
  string: UNREADABLE,
  array: UNREADABLE,
  truncated: UNREADABLE,
  'wrong-types': UNREADABLE,
  'proto-keys': UNREADABLE,
  'invalid-utf8': UNREADABLE,
  'duplicate-keys': null,
  'content-type': null,
  bom: null,
  'redirect-other-origin': 'network/offline',
  'redirect-same-origin': 'network/offline',
  'graphql-string-error': 'mfa/refused',
  'api-code-string': 'mfa/not-permitted',
  'status-401': 'mfa/not-signed-in',
  'status-403': 'mfa/not-permitted',
  'status-404': 'mfa/refused',
  'status-408': 'mfa/refused',
  'status-409': 'mfa/refused',
  'status-413': 'mfa/refused',
  'status-429': 'mfa/rate-limited',
  'status-500': 'mfa/server-error',
  'status-502': 'mfa/server-error',
  'status-503': 'mfa/busy',
  'status-504': 'mfa/server-error',
  'code-1000': 'mfa/busy',
  'code-1001': 'mfa/not-permitted',
  'code-2020': 'mfa/not-signed-in',
  'code-2021': 'mfa/login-expired',
  'code-6001': 'mfa/code-rejected',
}

/** An intact envelope around data that is wrong or not there; operations without data of their own do not look. */
const DATA_FAULTS = ['wrong-data', 'missing-members']
const HEEDLESS = ['unbindTotp', 'sendSms', 'unassociate']

/** GraphQL answers have no code of their own; the fault's first one is then the only one. */
function expected(operation: string, fault: string, code: string | null): string | null {
  const graphql = operation === 'sendEmail' || operation === 'adminToken'
  return graphql && fault === 'duplicate-keys' ? 'mfa/not-permitted' : code
}

const OPERATION_NAMES = Object.keys(OPERATIONS)

/** The matrix as it was walked: every operation under every fault, and the cells that did not end as they should. */
const cells = { tried: 0, wrong: 0 }

let server: EmulatedServer
let unhandled: unknown[]
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

beforeEach(async () => {
  server = await emulatedServer()
  unhandled = []
  process.on('unhandledRejection', onUnhandled)
})

afterAll(() => note({ fault: 'operation under a network fault', tried: cells.tried, lost: cells.wrong, where: 'Node' }))

afterEach(() => {
  vi.useRealTimers()
  process.off('unhandledRejection', onUnhandled)
})

/** The code the operation ends with under the fault (null: it succeeds), and after how many seconds. */
async function endUnder(operation: string, fault: string, prepare: Prepare): Promise<{ code: unknown; ms: number }> {
  await server.reset()
  const call = await prepare(server)
  await server.fault(operation, fault)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    const begun = Date.now()
    const end = (code: unknown): { code: unknown; ms: number } => ({ code, ms: Date.now() - begun })
    const ended = call().then(
      () => end(null),
      (error: unknown) => end(error instanceof AppError ? error.code : error),
    )
    return await ticking(ended)
  } finally {
    vi.useRealTimers()
  }
}

/** Notes a cell of the matrix, and insists that it ended with the code that it should. */
function expectCell(fault: string, code: unknown, wanted: string | null): void {
  cells.tried++
  if (code !== wanted) cells.wrong++
  expect({ fault, code }).toEqual({ fault, code: wanted })
}

/** Lets fake seconds pass until the work is over. */
async function ticking<T>(work: Promise<T>): Promise<T> {
  const ended = work.then((value) => ({ value }))
  for (let second = 0; second < 60; second++) {
    const end = await Promise.race([ended, turns(20)])
    if (end) return end.value
    await vi.advanceTimersByTimeAsync(1_000)
  }
  throw new Error('no end after a minute')
}

/** Lets everything that waits for no timer happen. */
async function turns(count: number): Promise<null> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
  return null
}

describe.each(OPERATION_NAMES)('%s', (operation) => {
  const prepare = OPERATIONS[operation]
  if (!prepare) throw new Error(operation)

  it('succeeds where nothing goes wrong', async () => {
    await expect((await prepare(server))()).resolves.not.toThrow()
  })

  it(`ends in a typed error under each of ${Object.keys(FAULTS).length} faults, within 30 s (NET-1)`, async () => {
    for (const [fault, code] of Object.entries(FAULTS)) {
      const end = await endUnder(operation, fault, prepare)
      expectCell(fault, end.code, expected(operation, fault, code))
      expect(end.ms).toBeLessThanOrEqual(30_000)
    }
    expect(unhandled).toEqual([])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect({}).not.toHaveProperty('polluted')
  })

  it('ends under a body without end, by size or by time (NET-2)', async () => {
    const end = await endUnder(operation, 'endless', prepare)
    expect(['mfa/answer-too-large', 'network/timed-out']).toContain(end.code)
    expect(end.ms).toBeLessThanOrEqual(26_000)
  })

  it('does not take wrong data for right (NET-1)', async () => {
    for (const fault of DATA_FAULTS) {
      const end = await endUnder(operation, fault, prepare)
      const heedless = HEEDLESS.includes(operation) || (operation === 'confirmTotp' && fault === 'missing-members')
      expectCell(fault, end.code, heedless ? null : UNREADABLE)
    }
  })

  it('is sent at most once (BND-11)', async () => {
    for (const fault of ['drop-before', 'drop-after', 'status-429', 'status-503', 'code-1000', 'truncated']) {
      await endUnder(operation, fault, prepare)
      const sent = (await server.state()).requests.filter((request) => request.operation === operation)
      expect({ fault, sent: sent.length }).toEqual({ fault, sent: 1 })
    }
  })
})

describe('the reason for holding back', () => {
  it('travels with the error (BND-11)', async () => {
    const call = await OPERATIONS['sendSms']?.(server)
    await server.fault('sendSms', 'status-429')
    await expect(call?.()).rejects.toMatchObject({ code: 'mfa/rate-limited', params: { seconds: 2 } })
  })
})
