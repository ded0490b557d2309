/** A whole system inside a simulation: nodes, the store they share, the links between, and a clock for each. */
import type { Random } from '../../harness/model/target.ts'
import type { Behaviour } from '../reference/behaviour.ts'
import type { AssertionUsage } from '../reference/decide.ts'
import { simulatedClock, type SimulatedClock } from './clock.ts'
import { simulatedLink, type Link, type LinkOptions } from './link.ts'
import { simulatedNode, type SimulatedNode } from './node.ts'
import { NOTHING_PUBLISHED, type Published } from './published.ts'
import type { EventQueue } from './queue.ts'
import { storeClient, type EndsBy, type Retry } from './store-client.ts'
import { simulatedStore, type SimulatedStore, type StoreOptions } from './store.ts'

export const STORE = 'store'

export interface Cluster {
  readonly nodes: ReadonlyMap<string, SimulatedNode>
  readonly store: SimulatedStore
  /** By name, `client>NODE` and `NODE>store` for each node. */
  readonly links: ReadonlyMap<string, Link>
  /** Of the nodes and of the store. */
  readonly clocks: ReadonlyMap<string, SimulatedClock>
  readonly published: Published
}

export interface ClusterOptions {
  readonly nodes: readonly string[]
  /** A stream of it for each link. */
  readonly random: Random
  readonly links: {
    readonly client: Omit<LinkOptions, 'random'>
    readonly store: Omit<LinkOptions, 'random'>
  }
  readonly audiences: (usage: AssertionUsage) => readonly string[]
  /** Called whenever a node starts. */
  readonly behaviour: (nowMs: () => number) => Behaviour
  readonly storeClient: { readonly retry: Retry; readonly endsBy: EndsBy }
  readonly store: StoreOptions
  /** What clients publish of their keys; nothing when absent. */
  readonly published?: Published
}

export function openCluster(queue: EventQueue, options: ClusterOptions): Cluster {
  const { random, audiences, behaviour, published = NOTHING_PUBLISHED } = options
  const nowSeconds = (): number => queue.nowUs() / 1e6
  const store = simulatedStore(queue, options.store)
  const nodes = new Map<string, SimulatedNode>()
  const links = new Map<string, Link>()
  const link = (name: string, how: Omit<LinkOptions, 'random'>): Link => {
    const made = simulatedLink(name, queue, { ...how, random: random.stream(name) })
    links.set(name, made)
    return made
  }
  for (const name of options.nodes) {
    link(linkTo(name), options.links.client)
    const toStore = link(`${name}>${STORE}`, options.links.store)
    const clock = simulatedClock(queue)
    const to = { link: toStore, store, clock, ...options.storeClient }
    const askStore = storeClient(name, queue, to)
    const node = { clock, askStore, audiences, behaviour, published, nowSeconds }
    nodes.set(name, simulatedNode(name, node))
  }
  const clocks = new Map([...nodes.values()].map(({ name, clock }) => [name, clock]))
  clocks.set(STORE, store.clock)
  return { nodes, store, links, clocks, published }
}

/** The link over which a node is asked. */
export function linkTo(node: string): string {
  return `client>${node}`
}
