import { now, status } from '../state'
import { loadCodes } from './accounts'
import { load } from './attempt'

/** Moves `now` at each full second, and asks for codes as they end; until the answer is called. */
export function startClock(): () => void {
  let timer: ReturnType<typeof setTimeout>
  const tick = () => {
    now.value = Date.now()
    if (status.value === 'unlocked') void load('codes', loadCodes)
    timer = setTimeout(tick, 1_000 - (Date.now() % 1_000))
  }
  tick()
  return () => clearTimeout(timer)
}
