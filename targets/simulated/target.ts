/** The reference server in simulated time: the same decisions, with delays drawn from the seed and no signatures. */
import { timeOf } from '../../harness/clock.ts'
import type {
  Clock,
  Message,
  Random,
  RawAnswer,
  Session,
  Site,
  Target,
  TargetFacts,
  Wire,
} from '../../harness/model/target.ts'
import { embedded } from '../embedded.ts'
import { simulatedNode } from './node.ts'
import { simulatedTime } from './time.ts'

/** When every simulation begins, so that the same seed gives the same stamps. */
const START = '2026-01-01T00:00:00Z'

/** How long a message is on its way between client and node, in microseconds. */
const NETWORK_US = { least: 200, most: 2_000 }

/** As the embedded target, but of one node. Its sessions bring their own time. */
export function simulatedReference(random: Random): Target {
  const live = embedded(random, { name: 'simulated:reference', nodes: 1 })
  return {
    ...live,
    speaks: 'truth',
    open: async (site) => open(site, live.facts, random.stream('simulated')),
  }
}

function open(site: Site, facts: TargetFacts, random: Random): Session {
  const time = simulatedTime(timeOf(START) ?? 0)
  const network = random.stream('network')
  const delayUs = (): number =>
    Math.round(NETWORK_US.least + network.next() * (NETWORK_US.most - NETWORK_US.least))
  const respond = simulatedNode(facts, time, random)
  const call = (message: Message): Promise<RawAnswer> =>
    new Promise((resolve) => {
      time.after(delayUs(), () =>
        respond(message, (answer) => time.wake(delayUs(), () => resolve(answer))),
      )
    })
  return {
    nodes: facts.nodes,
    clocks: [...facts.nodes, 'store'],
    controls: {},
    clock: time.clock,
    connect: async () => unhurried(site.wires.call(call, time.clock), time.clock),
    // Node and store read the one simulated clock.
    clockOf: async () => ({ source: 'simulated', lowUs: 0, highUs: 0 }),
    close: async () => undefined,
  }
}

/**
 * Nobody answers and asks again in no time. Stamps of one and the same microsecond have no order, so a replay that began
 * when the first use was answered would count as concurrent with it.
 */
function unhurried(wire: Wire, clock: Clock): Wire {
  const pause = (): Promise<void> => clock.sleepUntil(clock.nowUs() + 1)
  return {
    async send(message, signal) {
      await pause()
      return wire.send(message, signal)
    },
    async hold(message, signal) {
      await pause()
      return wire.hold(message, signal)
    },
    usable: () => wire.usable(),
    close: () => wire.close(),
  }
}
