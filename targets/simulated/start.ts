/** Sets a world going: its system, its clocks, what breaks in it, and everybody who asks. */
import { createHash } from 'node:crypto'
import type { HistoryEvent } from '../../harness/model/history.ts'
import type { Stream } from '../../harness/model/scenario.ts'
import type { Principal, Random, TargetFacts } from '../../harness/model/target.ts'
import { swift } from '../../harness/random.ts'
import { answersOf } from './answers.ts'
import type { Field } from './clients.ts'
import { startBlock } from './blocks.ts'
import { openCluster, type Cluster } from './cluster.ts'
import { kindOf, type Kind } from './kinds.ts'
import { minterOf, type Minted, type Minter } from './minting.ts'
import { eventQueue, type EventQueue } from './queue.ts'
import { openRequests } from './requests.ts'
import { PLAIN, rightBehaviours } from './right-ways.ts'
import { startScript } from './scripts.ts'
import { startStream } from './streams.ts'
import { audiencesOf, START_US } from './target.ts'
import { partiesOf } from './truth.ts'
import { keepReading, planFault, type Watch } from './watching.ts'
import type { System, World } from './world.ts'

/** From the start of a round to its time zero, in which clocks are read: whole seconds are the same on both. */
const LEAD_IN_US = 1_000_000

export interface Started {
  readonly queue: EventQueue
  /** What happened since it was last emptied. */
  readonly events: HistoryEvent[]
  readonly watch: Watch
}

/** @throws {RangeError} When the world speaks of a party, a node or a fault that there is not. */
export function startWorld(world: World, facts: TargetFacts): Started {
  const queue = eventQueue(START_US)
  const events: HistoryEvent[] = []
  const tell = (event: HistoryEvent): void => void events.push(event)
  const random = swift(world.seed)
  const cluster = clusterOf(world, { queue, facts, random })
  const startUs = START_US + LEAD_IN_US
  const { scenario } = world
  const watch: Watch = {
    queue,
    startUs,
    scenario,
    cluster,
    tell,
    random: random.stream('watching'),
  }
  setClocks(world, watch)
  keepReading(watch, world.readings)
  for (const fault of world.faults) planFault(fault, watch, world.readings)
  startTraffic(world, { watch, facts, random })
  return { queue, events, watch }
}

interface Ground {
  readonly queue: EventQueue
  readonly facts: TargetFacts
  readonly random: Random
}

function clusterOf({ system, path }: World, { queue, facts, random }: Ground): Cluster {
  const kind = kindFor(system)
  const { retry, endsBy } = wayOf(system)
  return openCluster(queue, {
    nodes: facts.nodes,
    random: random.stream('links'),
    links: path.links,
    audiences: audiencesOf(facts),
    behaviour: kind.behaviour,
    storeClient: { retry, endsBy },
    store: kind.store(queue),
  })
}

function wayOf(system: System): typeof PLAIN {
  return system.kind === 'right' ? system.way : PLAIN
}

function kindFor(system: System): Kind {
  if (system.kind === 'shipped') return kindOf(system)
  return { ...kindOf({}), behaviour: rightBehaviours(system.way) }
}

function setClocks({ clocks }: World, { queue, startUs, cluster }: Watch): void {
  for (const [name, { offsetUs, driftPpm, turnsUs, step }] of Object.entries(clocks)) {
    const clock = cluster.clocks.get(name)
    if (clock === undefined) throw new RangeError(`there is no clock of ${name}`)
    clock.setOffset(offsetUs)
    clock.setDrift(driftPpm)
    if (turnsUs !== null) queue.at(startUs + turnsUs, () => clock.setDrift(-driftPpm))
    if (step !== null) queue.at(startUs + step.atUs, () => clock.setOffset(step.toUs))
  }
}

function startTraffic(
  world: World,
  { watch, facts, random }: { watch: Watch; facts: TargetFacts; random: Random },
): void {
  const { queue, startUs, scenario, cluster, tell } = watch
  const context = { facts, runId: runIdOf(world), partyOf: partiesOf(facts) }
  let left = world.most ?? Infinity
  const field: Field = {
    queue,
    startUs,
    scenario,
    nodes: facts.nodes,
    tell,
    ask: openRequests({
      queue,
      cluster,
      path: world.path,
      answers: answersOf(world.path.via),
      trouble: wayOf(world.system).trouble,
      random: random.stream('trouble'),
      token: tokensFor(world.system, queue),
    }),
    enter: () => left-- > 0,
  }
  const minter = (principal: string): Minter =>
    minterOf(
      partyNamed(facts, ({ name }) => name === principal),
      context,
    )
  for (const traffic of world.traffic) {
    if (traffic.kind === 'checks') {
      for (const block of traffic.blocks) {
        const dice = random.stream(`dice/block ${block.dice}`)
        startBlock({ block, minter: minter(block.by), random: dice }, field)
      }
    } else if (traffic.kind === 'script') {
      const { stream, credentials } = traffic
      const dice = random.stream(`dice/${stream.name}`)
      startScript({ stream: stream.name, credentials, minterOf: minter, random: dice }, field)
    } else {
      const { name } = partyFor(traffic.stream, facts)
      startStream({ stream: traffic.stream, minter: minter(name), principal: name }, field)
    }
  }
}

/** The party of a usage in a role, as a plan would choose it. */
function partyFor({ usage, by }: Stream, facts: TargetFacts): Principal {
  return partyNamed(facts, (each) => each.usage === usage && each.roles.includes(by))
}

function partyNamed({ principals }: TargetFacts, isIt: (party: Principal) => boolean): Principal {
  const found = principals.find(isIt)
  if (found === undefined) throw new RangeError('there is no such party')
  return found
}

/** How long one party is handed the same token, where that is the way. */
const SAME_TOKEN_US = 5_000_000

/** Eight digits from the first on. */
const FIRST_TAG = 0x10000000

/** Tags of tokens: as long as those of a run, and each of one token alone. */
function tokensFor(system: System, queue: EventQueue): (credential: Minted) => string {
  let made = 0
  const fresh = (): string => `00000000${(FIRST_TAG + made++).toString(16)}`
  if (wayOf(system).tokens === 'fresh') return fresh
  const known = new Map<string, { readonly token: string; readonly untilUs: number }>()
  return ({ truth }) => {
    const party = truth.issuer ?? ''
    const nowUs = queue.nowUs()
    const found = known.get(party)
    if (found !== undefined && found.untilUs > nowUs) return found.token
    const token = fresh()
    known.set(party, { token, untilUs: nowUs + SAME_TOKEN_US })
    return token
  }
}

/** Of a simulation alone may it come from the seed, since what it asks lives no longer than the run. */
export function runIdOf({ seed }: World): string {
  return createHash('sha256').update(seed).digest('base64url').slice(0, 22)
}
