import type { Emulator } from '../emulator/handler'
import { startEmulator } from '../emulator/listen'

/** What the server has for a user; null: no factor at all. */
export type Truth = { state: 'pending' | 'bound'; secret: string; recoveryCode: string } | null

/** The ends of the road that a request travels inside the server. */
export type Moment = 'arrived' | 'done'

/** A request that was stopped on its way. */
export interface Held {
  /** Resolves when it is there. */
  readonly reached: Promise<void>
  /** Lets it go on. */
  release(): void
}

/** The emulator, with an eye on what nobody but the server can see, and a hand on it. */
export interface WatchedServer {
  readonly url: string
  truth(user: string): Promise<Truth>
  /** How many requests of an operation came since the last reset. */
  sent(operation: string): Promise<number>
  /** Stops the next request of `path` when it has arrived, or when it is carried out and not yet answered. */
  hold(method: string, path: string, moment: Moment): Held
  /** Resolves when nothing is in work, and nothing on its way that was sent before. */
  idle(): Promise<void>
  reset(): Promise<void>
  close(): Promise<void>
}

interface State {
  users: { id: string; totp: Truth }[]
  requests: { operation: string | null }[]
}

interface Stop extends Held {
  readonly route: string
  readonly moment: Moment
  readonly there: () => void
  readonly gone: Promise<void>
}

/** Longer than what was sent on this machine takes to arrive. */
const ON_ITS_WAY_MS = 5

/** Starts the emulator on a free port. */
export async function startWatchedServer(): Promise<WatchedServer> {
  const stops: Stop[] = []
  const inWork = new Set<Promise<unknown>>()
  const running = await startEmulator({ inFront: (emulator) => counted(withStops(emulator, stops), inWork) })
  const control = async (path: string, method = 'GET'): Promise<unknown> =>
    (await fetch(`${running.url}/__emulator/${path}`, { method })).json()
  const state = async (): Promise<State> => (await control('state')) as State
  return {
    url: running.url,
    truth: async (user) => (await state()).users.find(({ id }) => id === user)?.totp ?? null,
    sent: async (operation) => (await state()).requests.filter((request) => request.operation === operation).length,
    hold(method, path, moment) {
      const stop = newStop(`${method} ${path}`, moment)
      stops.push(stop)
      return stop
    },
    async idle() {
      do {
        await new Promise((resolve) => setTimeout(resolve, ON_ITS_WAY_MS))
        await Promise.all(inWork)
      } while (inWork.size > 0)
    },
    async reset() {
      for (const { release } of stops.splice(0)) release()
      await control('reset', 'POST')
    },
    close: () => running.close(),
  }
}

function counted(emulator: Emulator, inWork: Set<Promise<unknown>>): Emulator {
  return {
    ...emulator,
    handle(request) {
      const work = emulator.handle(request)
      inWork.add(work)
      return work.finally(() => inWork.delete(work))
    },
  }
}

function withStops(emulator: Emulator, stops: Stop[]): Emulator {
  const pass = async (route: string, moment: Moment): Promise<void> => {
    const at = stops.findIndex((stop) => stop.route === route && stop.moment === moment)
    const [stop] = at < 0 ? [] : stops.splice(at, 1)
    stop?.there()
    await stop?.gone
  }
  return {
    ...emulator,
    async handle(request) {
      const route = `${request.method} ${new URL(request.url).pathname}`
      await pass(route, 'arrived')
      const answer = await emulator.handle(request)
      await pass(route, 'done')
      return answer
    },
  }
}

function newStop(route: string, moment: Moment): Stop {
  let there = (): void => undefined
  let release = (): void => undefined
  const reached = new Promise<void>((resolve) => (there = resolve))
  const gone = new Promise<void>((resolve) => (release = resolve))
  return { route, moment, reached, gone, there: () => there(), release: () => release() }
}
