/** The reference system in simulated time: the same decisions, with delays drawn from the seed and no signatures. */
import { timeOf } from '../../harness/clock.ts'
import { CupelError } from '../../harness/errors.ts'
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
import { embedded, type EmbeddedOptions } from '../embedded.ts'
import { linkTo, openCluster, type Cluster } from './cluster.ts'
import { simulatedControls } from './controls.ts'
import { simulatedEndpoints, type Respond } from './endpoints.ts'
import { kindOf } from './kinds.ts'
import { publishedIn } from './published.ts'
import { simulatedTime } from './time.ts'
import { partiesOf } from './truth.ts'

/** When every simulation begins, so that the same seed gives the same stamps. */
export const START_US = timeOf('2026-01-01T00:00:00Z') ?? 0

/** How long a message is on its way, one way, in microseconds. */
export const LINKS = {
  client: { delay: { least: 200, most: 2_000 } },
  store: { delay: { least: 100, most: 1_000 } },
}

export type SimulatedOptions = Pick<EmbeddedOptions, 'name' | 'nodes' | 'flaw' | 'variant'>

/**
 * As the embedded target. Its sessions bring their own time.
 *
 * @throws {CupelError} ERR_UNKNOWN_NAME when there is no such flaw or variant, or no simulated node can have the flaw.
 */
export function simulated(
  random: Random,
  { name = 'simulated:reference', ...options }: SimulatedOptions = {},
): Target {
  const live = embedded(random, { ...options, name })
  const kind = kindOf(options)
  return {
    ...live,
    speaks: 'truth',
    async open(site) {
      const draws = random.stream('simulated')
      const time = simulatedTime(START_US)
      const { queue, clock } = time
      const cluster = openCluster(queue, {
        nodes: live.facts.nodes,
        random: draws.stream('links'),
        links: LINKS,
        audiences: audiencesOf(live.facts),
        behaviour: kind.behaviour,
        storeClient: { retry: 'same-request', endsBy: 'time' },
        store: kind.store(queue),
        published: publishedIn(live.facts),
      })
      const tokens = draws.stream('tokens')
      const respond = simulatedEndpoints({
        facts: live.facts,
        partyOf: partiesOf(live.facts),
        draw: () => tokens.next(),
        nowUs: () => clock.nowUs(),
      })
      return sessionOf(site, { facts: live.facts, time, cluster, respond })
    },
  }
}

/** A token is good at the resource, an assertion where the target says that it answers. */
export function audiencesOf({
  issuer,
  endpoints,
  audiences,
}: TargetFacts): (usage: string) => readonly string[] {
  const resource = [endpoints.resource ?? issuer]
  return (usage) => (usage === 'bearer-token' ? resource : audiences.values)
}

interface System {
  readonly facts: TargetFacts
  readonly time: ReturnType<typeof simulatedTime>
  readonly cluster: Cluster
  readonly respond: Respond
}

function sessionOf(site: Site, { facts, time, cluster, respond }: System): Session {
  const { clock, wake } = time
  let turn = 0
  const call =
    (name: string) =>
    (message: Message): Promise<RawAnswer> =>
      new Promise((resolve) => {
        const node = cluster.nodes.get(name)
        if (node === undefined) throw new CupelError('ERR_INTERNAL', `there is no node ${name}`)
        cluster.links.get(linkTo(name))?.ask<RawAnswer>({
          draws: null,
          deliver: (reply) => node.serve((running) => respond(running, message), reply, null),
          done: (answer) => wake(0, () => resolve(answer)),
          // Who hears nothing waits on, as long as its own patience goes.
          fail: (failure) => {
            if (failure === 'reset') wake(0, () => resolve({ cause: 'reset' }))
          },
        })
      })
  return {
    nodes: facts.nodes,
    clocks: [...cluster.clocks.keys()],
    controls: simulatedControls(cluster, clock),
    counters: async () => ({ 'jwks-fetches': cluster.published.fetches }),
    clock,
    async connect(node) {
      const name = node ?? facts.nodes[turn++ % facts.nodes.length] ?? ''
      return unhurried(site.wires.call(call(name), clock), clock)
    },
    async clockOf(name) {
      const offsetUs = cluster.clocks.get(name)?.offsetUs()
      if (offsetUs === undefined) return null
      return { source: 'simulated', lowUs: offsetUs, highUs: offsetUs }
    },
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
