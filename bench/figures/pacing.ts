import { answering } from '../answering.ts'
import type { Figure } from '../figure.ts'
import { ownRun } from '../own.ts'
import { latenesses } from '../lateness.ts'

const PER_SECOND = 2_000
const SECONDS = 6
/** In which a fresh process is slow, and which nobody judges. */
const WARM_UP_SECONDS = 1

/** How late a request begins, at 2,000 a second, at the 99th percentile. */
export const pacing: readonly Figure[] = [of('sleeping', false, 2), of('spinning', true, 1)]

function of(how: string, spin: boolean, atMost: number): Figure {
  return {
    name: `due to begun at 2,000/s, p99, ${how}`,
    unit: 'ms',
    goal: { atMost },
    async measure(say) {
      const server = await answering()
      try {
        const late = await ownRun(
          {
            port: server.port,
            perSecond: PER_SECOND,
            seconds: SECONDS,
            // The minting of all of them is over before the first is due: it is not what is measured.
            pace: { spin, aheadUs: 30e6, leadInUs: 8e6, connections: 50 },
          },
          ({ history }) => latenesses(history, WARM_UP_SECONDS),
        )
        const sorted = late.toSorted((one, other) => one - other)
        const [p50 = NaN, p99 = NaN] = [0.5, 0.99].map(
          (share) => sorted[Math.floor(sorted.length * share)],
        )
        say(`${how}: half within ${p50 / 1000} ms, 99 % within ${p99 / 1000} ms`)
        return p99 / 1000
      } finally {
        server.stop()
      }
    },
  }
}
