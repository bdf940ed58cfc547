import type { DemoCalls } from '../../rpc/demo-calls'
import type { Handlers } from '../../rpc/wire'
import * as demo from '../demo'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const demoCalls: Handlers<DemoCalls> = {
  demo: () => demo.demo(Date.now()),
  startDemo: (kind) => acted(() => demo.startDemo(kind, Date.now())),
  signInToDemo: (code) => acted(() => demo.signInToDemo(code, Date.now())),
  endDemo: () => acted(demo.endDemo),
}
