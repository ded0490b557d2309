import type { Json } from '../harness/model/plan.ts'
import type { Fault } from '../harness/model/fault.ts'

/** How long the first answer under load may take, in microseconds, and how often it is looked for. */
const FIRST_ANSWER_US = 3_000_000
const LOOK_US = 20_000

/**
 * A node busy with the requests of somebody else: `perSecond` of them over `connections`, `most` in all. Forgets nothing.
 */
export const loadPressure: Fault<'load'> = {
  name: 'load.pressure',
  title: 'A node is busy with requests that are not judged',
  needs: ['load'],
  forgets: 'nothing',
  async inflict(node, { load }, { clock }, options) {
    const bounds = boundsIn(options)
    const running = bounds === null ? null : await load.start(node, bounds)
    return {
      rung: load.rung,
      async confirm() {
        if (running === null)
          throw new RangeError('perSecond, connections and most are to be whole numbers over 0')
        const untilUs = clock.nowUs() + FIRST_ANSWER_US
        while (running.counts().answered === 0 && clock.nowUs() < untilUs)
          await clock.sleepUntil(clock.nowUs() + LOOK_US)
        const seen = running.counts()
        return seen.answered > 0 ? { ...seen } : null
      },
      mend: async () => running?.stop(),
      confirmMended: async () => ({ ...running?.counts() }),
    }
  },
}

function boundsIn({ perSecond, connections, most }: Readonly<Record<string, Json>>) {
  return isCount(perSecond) && isCount(connections) && isCount(most)
    ? { perSecond, connections, most }
    : null
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}
