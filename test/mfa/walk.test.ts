import { describe, expect, it } from 'vitest'

import { encodeBase32 } from '../../src/core/base32'
import type { Entry } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import type { MfaApi } from '../../src/mfa/api'
import { bind, confirm } from '../../src/mfa/bind'
import { reconcile } from '../../src/mfa/reconcile'
import { settle } from '../../src/mfa/settle'
import type { FlowParts } from '../../src/mfa/store'
import { unbind } from '../../src/mfa/unbind'
import { totp } from '../emulator/one-time-code'
import { START, STEP_MS } from './emulated-server'
import { memoryStore, type MemoryStore } from './memory-store'

const DEPTH = 8
/** More than one waits for the same user; a third one adds nothing new. */
const MOST_ENTRIES = 2
const JUMP_MS = 600_000

/** What the server knows of its one user; it does what the emulator does, and can be copied. */
interface ServerState {
  pending: string | null
  bound: string | null
  recoveryCodes: Record<string, string>
  everBound: string[]
  made: number
}

type Call = 'confirmTotp' | 'unbindTotp'
/** What the network makes of the one call of a move that changes something. */
type Fate = 'answer' | 'crash before' | 'crash after' | 'lost before' | 'lost after' | 'duplicate' | 'late'

interface World {
  server: ServerState
  entries: Entry[]
  signedIn: boolean
  clockOffMs: number
  /** A request that was given up and is still on its way. */
  late: { call: Call; totp: string } | null
  now: number
}

interface Move {
  name: string
  act: 'bind' | 'confirm' | 'unbind' | 'settle' | 'lock' | 'sign in' | 'clock jump'
  fate: Fate
  /** Whether the list can be asked in the same move. */
  list: boolean
}

const FATES: readonly Fate[] = [
  'answer',
  'crash before',
  'crash after',
  'lost before',
  'lost after',
  'duplicate',
  'late',
]
const MOVES: readonly Move[] = [
  { name: 'bind', act: 'bind', fate: 'answer', list: true },
  { name: 'bind, answer lost', act: 'bind', fate: 'lost after', list: true },
  ...(['confirm', 'unbind'] as const).flatMap((act) =>
    FATES.flatMap((fate) => [true, false].map((list) => ({ name: `${act}: ${fate}, list: ${list}`, act, fate, list }))),
  ),
  { name: 'settle', act: 'settle', fate: 'answer', list: true },
  { name: 'settle, no answer', act: 'settle', fate: 'answer', list: false },
  { name: 'lock or sign-out', act: 'lock', fate: 'answer', list: true },
  { name: 'sign in', act: 'sign in', fate: 'answer', list: true },
  { name: 'clock jump', act: 'clock jump', fate: 'answer', list: true },
]

function beginning(): World {
  const server = { pending: null, bound: null, recoveryCodes: {}, everBound: [], made: 0 }
  return { server, entries: [], signedIn: true, clockOffMs: 0, late: null, now: START }
}

const never = (): Promise<never> => new Promise(() => undefined)
const offline = (): never => {
  throw new AppError('network/timed-out')
}

function confirmAt(server: ServerState, code: string, now: number): void {
  if (!server.pending || totp(server.pending, now) !== code) throw new AppError('mfa/code-rejected')
  server.bound = server.pending
  server.everBound.push(server.bound)
  server.pending = null
}

function unbindAt(server: ServerState): void {
  if (!server.bound && !server.pending) throw new AppError('mfa/refused')
  server.bound = null
  server.pending = null
}

/** The client as the move's fate has it. */
function apiOf(world: World, { act, fate, list }: Move, sent: Record<Call, number>): MfaApi {
  const { server } = world
  const carry = async (call: Call, code: string): Promise<void> =>
    call === 'confirmTotp' ? confirmAt(server, code, world.now) : unbindAt(server)
  const changing = async (call: Call, code = ''): Promise<void> => {
    sent[call]++
    if (fate === 'crash before') await never()
    if (fate === 'lost before') offline()
    if (fate === 'late') world.late = { call, totp: code }
    if (fate === 'late') offline()
    // Browsers send again by themselves what was reset; the second answer is the one that is read.
    if (fate === 'duplicate') await carry(call, code).catch(() => undefined)
    await carry(call, code).catch((error: unknown) => {
      if (fate !== 'crash after' && fate !== 'lost after') throw error
    })
    if (fate === 'crash after') await never()
    if (fate === 'lost after') offline()
  }
  return {
    associateTotp: async () => {
      const secret = encodeBase32(new Uint8Array(20).fill(++server.made))
      server.pending = secret
      server.recoveryCodes[secret] = `recovery-${server.made}`
      if (fate === 'lost after') offline()
      return { secret, uri: '', qrDataUrl: '', recoveryCode: server.recoveryCodes[secret] ?? '' }
    },
    confirmTotp: async ({ totp: code }: { totp: string }) => {
      await changing('confirmTotp', code)
      return {}
    },
    unbindTotp: () => changing('unbindTotp'),
    listAuthenticators: async () => {
      // An unbind asks before it is sent, too, and nothing is sent where that is not answered.
      if (!list && (act !== 'unbind' || sent.unbindTotp > 0)) offline()
      const listed = (secret: string | null, enabled: boolean) =>
        secret === null
          ? []
          : [
              {
                id: secret,
                type: 'totp',
                enabled,
                secret,
                recoveryCode: server.recoveryCodes[secret] ?? '',
                createdAt: '',
              },
            ]
      return [...listed(server.bound, true), ...listed(server.pending, false)]
    },
  } as unknown as MfaApi
}

function storeOf(world: World): MemoryStore {
  return memoryStore(world.entries)
}

const ASKER = { token: 't' }
const REQUEST = { ...ASKER, serverId: 's', account: 'a', userId: 'u', issuer: 'i', sites: [] }

/** Plays one move on the entry number `which`; a flow that crashed is left where it stands. */
async function played(before: World, move: Move, which: number): Promise<{ world: World; sent: Record<Call, number> }> {
  const world = structuredClone(before)
  const arriving = world.late
  world.late = null
  // Each move has a time step of its own, so that no code has to be waited for.
  world.now += STEP_MS
  const sent = { confirmTotp: 0, unbindTotp: 0 }
  const store = storeOf(world)
  const parts: FlowParts = { api: apiOf(world, move, sent), store, now: () => world.now + world.clockOffMs }
  await Promise.race([acted(world, parts, move, which).catch(() => undefined), turns(40)])
  if (arriving) arrive(world, arriving)
  world.entries = [...store.entries.values()]
  return { world, sent }
}

async function acted(world: World, parts: FlowParts, { act }: Move, which: number): Promise<unknown> {
  const id = world.entries[which]?.id ?? ''
  if (act === 'lock') world.signedIn = false
  if (act === 'sign in') world.signedIn = true
  if (act === 'clock jump') world.clockOffMs = world.clockOffMs === 0 ? JUMP_MS : 0
  if (!world.signedIn) return null
  if (act === 'bind') return bind(parts, { ...REQUEST })
  if (act === 'confirm') return confirm(parts, id, ASKER, 0)
  if (act === 'unbind') return unbind(parts, id, ASKER.token)
  return act === 'settle' ? settle(parts, id, ASKER) : null
}

/** The server takes a code one step late. */
function arrive({ server, now }: World, { call, totp: code }: { call: Call; totp: string }): void {
  try {
    if (call === 'unbindTotp') unbindAt(server)
    else confirmAt(server, code, now - STEP_MS)
  } catch {
    // It came too late for anything.
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const secretOf = (entry: Entry): string => encodeBase32(entry.secret)

function relation({ server }: World, entry: Entry): string {
  const secret = secretOf(entry)
  if (server.bound === secret) return 'bound'
  return server.pending === secret ? 'pending' : 'none'
}

/** Worlds that differ in nothing that a flow can see are one. */
function keyOf(world: World): string {
  const entries = world.entries.map((entry) => `${entry.binding?.phase}/${relation(world, entry)}`)
  const strange = world.server.pending !== null && !world.entries.some((one) => secretOf(one) === world.server.pending)
  const { late } = world
  const lateFor =
    late && world.entries.findIndex((entry) => totp(secretOf(entry), world.now + world.clockOffMs) === late.totp)
  return JSON.stringify([entries, strange, world.signedIn, world.clockOffMs, late?.call, lateFor])
}

/** I1, I2 and I4 of the threat model (§7). */
function check({ server, entries }: World, path: readonly string[]): void {
  // What the server does after it was asked can be known only by asking again.
  const lateUnbound = path.some((name) => name.startsWith('unbind: late'))
  const lateBound = path.some((name) => name.startsWith('confirm: late'))
  const holding = entries.filter((entry) => secretOf(entry) === server.bound)
  if (server.bound !== null) {
    expect({ path, holding: holding.length }).toEqual({ path, holding: 1 })
    expect(holding[0]?.recoveryCode).toBe(server.recoveryCodes[server.bound])
    if (!lateBound) expect({ path, phase: holding[0]?.binding?.phase }).not.toEqual({ path, phase: 'unbound' })
  }
  for (const entry of entries) {
    const shownBound = entry.binding?.phase === 'bound'
    expect({ path, lie: shownBound && !server.everBound.includes(secretOf(entry)) && !lateUnbound }).toEqual({
      path,
      lie: false,
    })
  }
}

/** Signed in, with the clock right and the server there, the user comes to an end with every entry (BND-3). */
async function checkExit(before: World, path: readonly string[]): Promise<void> {
  const world = { ...structuredClone(before), signedIn: true, clockOffMs: 0, late: null }
  const store = storeOf(world)
  const move: Move = { name: 'exit', act: 'settle', fate: 'answer', list: true }
  const api = apiOf(world, move, { confirmTotp: 0, unbindTotp: 0 })
  const parts: FlowParts = { api, store, now: () => world.now }
  const ids = world.entries.map(({ id }) => id)
  world.now += 100 * STEP_MS
  for (const { entry, notThere } of (await reconcile(parts, ASKER, ids)).entries) {
    const waiting = entry.binding.phase === 'associated' && !notThere
    if (waiting) expect({ path, ...(await confirm(parts, entry.id, ASKER, 0)) }).toMatchObject({ path, kind: 'bound' })
  }
  for (const { entry, notThere } of (await reconcile(parts, ASKER, ids)).entries) {
    const done = entry.binding.phase === 'bound' && world.server.bound === secretOf(entry)
    // Here and not there: the user keeps it as a plain account, or moves it to the trash.
    const offered = notThere || entry.binding.phase === 'unbound'
    expect({ path, phase: entry.binding.phase, end: done || offered }).toMatchObject({ path, end: true })
  }
  expect(store.entries.size).toBe(ids.length)
}

/** Every move that this world lets the user make. */
function movesIn(world: World): { move: Move; which: number }[] {
  return MOVES.flatMap((move) => {
    if (move.act === 'bind') return world.entries.length < MOST_ENTRIES ? [{ move, which: 0 }] : []
    const onEntry = ['confirm', 'unbind', 'settle'].includes(move.act)
    return onEntry ? world.entries.map((_entry, which) => ({ move, which })) : [{ move, which: 0 }]
  })
}

describe('every way through binding and unbinding', () => {
  it(
    `to depth ${DEPTH} keeps what the server demands, lies about nothing and has a way on (BND-3)`,
    {
      timeout: 300_000,
    },
    async () => {
      const seen = new Map<string, string[]>()
      let edge: { world: World; path: string[] }[] = [{ world: beginning(), path: [] }]
      let transitions = 0
      for (let depth = 0; depth < DEPTH; depth++) {
        const next: typeof edge = []
        for (const { world, path } of edge) {
          for (const { move, which } of movesIn(world)) {
            const after = await played(world, move, which)
            const way = [...path, `${move.name} #${which}`]
            transitions++
            // I3: nothing that changes something leaves without a click, nor twice for one (BND-11).
            expect(after.sent.confirmTotp + after.sent.unbindTotp).toBeLessThanOrEqual(1)
            expect(after.world.entries.length).toBeGreaterThanOrEqual(world.entries.length)
            check(after.world, way)
            if (seen.has(keyOf(after.world))) continue
            seen.set(keyOf(after.world), way)
            await checkExit(after.world, way)
            next.push({ world: after.world, path: way })
          }
        }
        edge = next
      }
      process.stdout.write(`walk of the binding's states, ${transitions} moves, ${seen.size} states, 0 lost\n`)
      expect(seen.size).toBeGreaterThan(50)
    },
  )
})
