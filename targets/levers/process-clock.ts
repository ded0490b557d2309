/** The parent's end of the skewed-clock preload: moves the clocks of child processes and measures them. */
import { entry } from '../../harness/entry.ts'
import type { ClockControl } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Clock, Session } from '../../harness/model/target.ts'
import type { Child } from './child.ts'

/** To be among a child's preloads, or none of this works on it. */
export const SKEWED_CLOCK: URL = entry(import.meta, './skewed-clock')

/** `Date.now()` says which millisecond it is, so the clock reads up to this much more. */
const QUANTUM_US = 1_000

export function clockControl(children: ReadonlyMap<string, Child>, clock: Clock): ClockControl {
  const childOf = (node: string): Child => {
    const child = children.get(node)
    if (child === undefined) throw new RangeError(`there is no clock of ${node}`)
    return child
  }
  return {
    rung: 'fake-timers',
    async setOffset(node, offsetUs) {
      await childOf(node).ask('clock', Math.round(offsetUs / 1000))
    },
    async setDrift(node, ppm) {
      await childOf(node).ask('clock', { ppm })
    },
    async measure(node) {
      const reading = await measureClock(childOf(node), clock)
      if (reading === null) throw new RangeError(`the clock of ${node} cannot be read`)
      return { lowUs: reading.lowUs, highUs: reading.highUs }
    },
  }
}

/**
 * The offset of a child's clock from the harness's, in microseconds: it was read somewhere between `before` and `after`.
 * Null when the child does not answer.
 */
export async function measureClock(child: Child, clock: Clock): ReturnType<Session['clockOf']> {
  const before = clock.nowUs()
  const reply = await child.ask('clock', null).catch((): Json => null)
  const after = clock.nowUs()
  if (typeof reply !== 'object' || reply === null || !('clock' in reply)) return null
  const readUs = Number(reply['clock']) * 1000
  return { source: 'hook', lowUs: readUs - after, highUs: readUs + QUANTUM_US - before }
}
