/** What a simulated system may be broken with by a scenario: its links and its clocks. */
import type { ClockControl, Controls, LinkControl } from '../../harness/model/fault.ts'
import type { Clock } from '../../harness/model/target.ts'
import type { Cluster } from './cluster.ts'

/** How the report names the lever. */
const RUNG = 'simulated'

/** How long an order takes until it is in force, and a look until something was seen, in microseconds. */
const ACT_US = 1_000

export function simulatedControls(
  cluster: Cluster,
  clock: Clock,
): Pick<Controls, 'link' | 'clock'> {
  const inAMoment = (): Promise<void> => clock.sleepUntil(clock.nowUs() + ACT_US)
  return { link: linkControl(cluster, inAMoment), clock: clockControl(cluster, inAMoment) }
}

function linkControl({ links }: Cluster, inAMoment: () => Promise<void>): LinkControl {
  const named = <T>(of: ReadonlyMap<string, T>, name: string): T => found(of, name, 'edge')
  return {
    rung: RUNG,
    edges: [...links.keys()],
    async cut(edge) {
      named(links, edge).cut()
      await inAMoment()
    },
    async mend(edge) {
      named(links, edge).mend()
      await inAMoment()
    },
    async probe(edge) {
      const link = named(links, edge)
      await inAMoment()
      const { there, back } = link.state
      // Nothing of a cut link is let through, so that there are no bytes to count.
      return {
        reached: there === 'through' && back === 'through',
        attempts: link.attempts,
        bytes: 0,
      }
    },
  }
}

function clockControl({ clocks }: Cluster, inAMoment: () => Promise<void>): ClockControl {
  return {
    rung: RUNG,
    async setOffset(node, offsetUs) {
      found(clocks, node, 'clock').setOffset(Math.round(offsetUs))
      await inAMoment()
    },
    async measure(node) {
      const offsetUs = found(clocks, node, 'clock').offsetUs()
      return { lowUs: offsetUs, highUs: offsetUs }
    },
  }
}

function found<T>(of: ReadonlyMap<string, T>, name: string, what: string): T {
  const one = of.get(name)
  if (one === undefined) throw new RangeError(`there is no ${what} ${JSON.stringify(name)}`)
  return one
}
