import type { DemoCalls, DemoView } from '../../src/rpc/demo-calls'
import type { Handlers } from '../../src/rpc/wire'

/** The demo account, as a test may set and read it. */
export interface FakeDemo {
  shown: DemoView | null
}

/** What the background answers about it. */
export function demoCalls(demo: FakeDemo): Handlers<DemoCalls> {
  return {
    demo: () => demo.shown,
    startDemo(kind) {
      const validFrom = Math.floor(Date.now() / 30_000) * 30_000
      demo.shown = { kind, code: '481902', validFrom, validUntil: validFrom + 30_000 }
      return demo.shown
    },
    signInToDemo: (code) => code === demo.shown?.code,
    endDemo() {
      demo.shown = null
    },
  }
}
