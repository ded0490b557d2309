/** What a simulated system may be broken with by a scenario. */
import type { ClockControl, Controls, Lever, LeverName } from '../../harness/model/fault.ts'
import type { Json } from '../../harness/model/plan.ts'
import type { Clock } from '../../harness/model/target.ts'
import { STORE, type Cluster } from './cluster.ts'
import { isOperation, operationOf, placeOf } from './operations.ts'

/** How the report names the lever. */
const RUNG = 'simulated'

/** How long an order takes until it is in force, and a look until something was seen, in microseconds. */
const ACT_US = 1_000

export function simulatedControls(cluster: Cluster, clock: Clock): Omit<Controls, 'load'> {
  const inAMoment = (): Promise<void> => clock.sleepUntil(clock.nowUs() + ACT_US)
  return {
    link: lever('link', cluster, inAMoment),
    clock: clockControl(cluster, inAMoment),
    node: lever('node', cluster, inAMoment),
    store: lever('store', cluster, inAMoment),
    keys: lever('keys', cluster, inAMoment),
    revoke: lever('revoke', cluster, inAMoment),
  }
}

/** What is done to a simulation is done; there is nothing to be seen beyond what its parts say of themselves. */
function lever(of: LeverName, cluster: Cluster, inAMoment: () => Promise<void>): Lever {
  const isThere = (act: string, on: string): boolean =>
    isOperation(`${of}.${act}`) && placesOf(of, cluster).includes(on)
  return {
    rung: (act, on) => (isThere(act, on) ? RUNG : null),
    lacks: (act) => (isOperation(`${of}.${act}`) ? null : 'no simulation has that'),
    async inflict(act, on, options) {
      if (!isThere(act, on)) throw new RangeError(`nothing here can ${act} ${on}`)
      const window = { fault: `${of}.${act}`, on, startSeconds: 0, endSeconds: 0, options }
      const { inflict, mend } = operationOf(window)
      const place = placeOf(window)
      const before = stateOf(of, on, cluster)
      inflict(cluster, place)
      // At once, or what others did meanwhile would be taken for it.
      const now = stateOf(of, on, cluster)
      await inAMoment()
      return {
        rung: RUNG,
        confirm: async () =>
          JSON.stringify(now) === JSON.stringify(before) ? null : { before, now },
        async mend() {
          mend(cluster, place)
          await inAMoment()
        },
        confirmMended: async () => stateOf(of, on, cluster),
      }
    },
  }
}

function placesOf(of: LeverName, { links, nodes, published }: Cluster): readonly string[] {
  switch (of) {
    case 'link':
      return [...links.keys()]
    case 'node':
      return [...nodes.keys()]
    case 'store':
      return [STORE]
    case 'keys':
    case 'revoke':
      return [...published.shelves.keys()]
  }
}

function stateOf(of: LeverName, on: string, cluster: Cluster): Json {
  const { links, nodes, store, published } = cluster
  const link = links.get(on)
  if (of === 'link' && link !== undefined) return { ...link.state }
  if (of === 'node') return nodes.get(on)?.state ?? null
  if (of === 'revoke') return [...nodes.values()].map(({ registry }) => registry.holds(on))
  const shelf = published.shelves.get(on)
  if (of === 'keys' && shelf !== undefined)
    return { keys: shelf.keys.map((key) => ({ ...key })), manner: { ...shelf.manner } }
  const edges = [...links].flatMap(([name, each]) =>
    name.endsWith(`>${STORE}`) ? [{ ...each.state }] : [],
  )
  return { state: store.state, takes: store.takes, entries: store.size, edges }
}

function clockControl({ clocks }: Cluster, inAMoment: () => Promise<void>): ClockControl {
  return {
    rung: RUNG,
    async setOffset(node, offsetUs) {
      found(clocks, node, 'clock').setOffset(Math.round(offsetUs))
      await inAMoment()
    },
    async setDrift(node, ppm) {
      found(clocks, node, 'clock').setDrift(ppm)
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
