/** What scenarios with a fault have in common: honest traffic throughout, and replays that lie across it. */
import type { Guard, Scenario, Stream } from '../harness/model/scenario.ts'

/** One kind of traffic at a steady pace, each assertion once, at one node after the other. */
export function stream(
  name: string,
  [startSeconds, endSeconds]: readonly [number, number],
  perSecond: number,
  more: Partial<Stream> = {},
): Stream {
  return {
    name,
    attack: null,
    usage: 'client-authentication',
    by: 'honest',
    arrivals: { kind: 'even', perSecond, startSeconds, endSeconds },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
    ...more,
  }
}

/** Assertions that are sent twice, the second time so much later. */
export function replays(
  name: string,
  during: readonly [number, number],
  perSecond: number,
  more: Partial<Stream> & Pick<Stream, 'gapSeconds'>,
): Stream {
  return stream(name, during, perSecond, { attack: 'replay', by: 'hostile', copies: 2, ...more })
}

/** Where a fault is in force, in seconds from the start; the traffic around it goes on for as long as it takes to tell. */
interface Around {
  readonly startSeconds: number
  readonly endSeconds: number
  /** Where the replays go, first and then. */
  readonly nodes: Stream['nodes']
  /** Where the assertions go that are sent twice while it lasts. */
  readonly amid: Stream['nodes']
}

/** How long before a fault its replays have all had their first use, and after it things are given to settle. */
const MARGIN_SECONDS = 0.4

/**
 * The traffic that tells what becomes of used assertions across a fault: used before it and sent again during it; used and
 * sent again while it lasts; used while it lasts and sent again to another node afterwards.
 */
export function acrossFault({ startSeconds, endSeconds, nodes, amid }: Around): readonly Stream[] {
  const beforeSeconds = startSeconds - MARGIN_SECONDS
  const lastsSeconds = endSeconds - startSeconds
  const amidSeconds = [startSeconds + 0.8, endSeconds - 0.4] as const
  return [
    stream('honest', [0, endSeconds + 2.4], 20),
    replays('across', [0, beforeSeconds], Math.ceil(66 / beforeSeconds), {
      gapSeconds: startSeconds + lastsSeconds / 4,
      nodes,
    }),
    replays('twice-amid', amidSeconds, 4, {
      gapSeconds: 0.05,
      nodes: amid,
      findingAmidFault: 'replay/fails-open',
    }),
    replays('amid-then-after', amidSeconds, 4, {
      gapSeconds: lastsSeconds + 0.6,
      nodes: typeof nodes === 'object' ? { first: nodes.then, then: nodes.first } : nodes,
    }),
  ]
}

export const ACROSS_GUARDS: readonly Guard[] = [
  {
    name: 'replays whose first half was accepted before the fault and whose second met it',
    counts: 'pairs',
    stream: 'across',
    first: 'before',
    second: 'during',
    needed: 30,
  },
  {
    name: 'honest requests judged after the fault was mended',
    counts: 'owed-accepts',
    stream: 'honest',
    first: 'after',
    needed: 15,
  },
]

/** One thing that happens to the store, for three seconds and more, under traffic at all nodes. */
export function storeScenario(
  told: Pick<Scenario, 'name' | 'question' | 'means'> & Partial<Scenario>,
  fault: string,
  options: Scenario['faults'][number]['options'] = {},
): Scenario {
  const [startSeconds, endSeconds] = [1.9, 5.2]
  return {
    needs: ['store'],
    nodes: 2,
    streams: acrossFault({ startSeconds, endSeconds, nodes: 'first-then-others', amid: 'rotate' }),
    faults: [{ fault, on: 'store', startSeconds, endSeconds, options }],
    guards: ACROSS_GUARDS,
    gates: [],
    // Whoever answers nothing but "not now" leaves undecided all that met the fault.
    maxUndecided: 0.5,
    ...told,
  }
}

/** The same on an edge from one node to the store. */
export function partitionScenario(
  told: Pick<Scenario, 'name' | 'question' | 'means'> & Partial<Scenario>,
  faults: Scenario['faults'],
): Scenario {
  const first = Math.min(...faults.map(({ startSeconds }) => startSeconds))
  const last = Math.max(...faults.map(({ endSeconds }) => endSeconds))
  return {
    needs: ['link'],
    nodes: 2,
    streams: [
      ...acrossFault({
        startSeconds: first,
        endSeconds: last,
        nodes: { first: 'node-1', then: 'node-2' },
        amid: { first: 'node-2', then: 'node-2' },
      }),
      // What one party alone is told may be its own affair: this one sends nothing else here.
      stream('bystander', [0.02, last + 1.4], 6, { by: 'pressure' }),
    ],
    faults,
    guards: ACROSS_GUARDS,
    gates: [],
    maxUndecided: 0.5,
    ...told,
  }
}
