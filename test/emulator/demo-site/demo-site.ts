import type { Call } from '../call'

/** The demo site: its pages and what they load. `null` for any other path. */
export async function demoSite(_call: Call): Promise<Response | null> {
  return null
}
