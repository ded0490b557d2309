/**
 * Histories of servers that do nothing wrong, in an unkind world: nodes and a store whose clocks differ and are stepped,
 * replies that are lost, errors before and after the memory was asked, paths that repeat requests, memory that is flushed.
 * Whatever a ledger convicts here, it convicts wrongly. Everything is drawn beforehand; times in microseconds.
 */
import fc from 'fast-check'
import type { LedgerOptions } from '../../../harness/oracle/replay/ledger.ts'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { SECOND_US } from './uses.ts'

/** What becomes of one presentation, besides what the memory says to it. */
export type Fate =
  | 'answered'
  | 'reply-lost'
  | 'error-before'
  | 'error-after'
  | 'elsewhere-before'
  | 'elsewhere-after'
  /** A store client sends its insert again after a lost reply, and meets itself; only a fault makes it. */
  | 'insert-repeated'
  /** Something in the path sends the whole request again. */
  | 'request-repeated'

/** One clock: its true offset before and after a step, and how much too far its measured bounds reach on either side. */
interface TrueClock {
  readonly beforeUs: number
  readonly afterUs: number
  readonly stepUs: number
  readonly slackUs: number
}

interface Presented {
  readonly key: number
  readonly credential: 'genuine' | 'forged' | 'wrong-audience'
  readonly fate: Fate
  readonly node: number
  readonly begunUs: number
  readonly untilJudgedUs: number
  readonly untilAnsweredUs: number
  /** For a server that reserves: whether an error gives the reservation back, and how much later. */
  readonly givesBack: boolean
  readonly untilGivenBackUs: number
}

export interface World {
  readonly leewaySeconds: number
  /** Whether times are cut off to whole seconds and compared so, which accepts for a second more than is remembered. */
  readonly wholeSeconds: boolean
  readonly reserves: boolean
  /** Whether a refused authentic assertion is spent. */
  readonly burnsRefused: boolean
  /** How the memory ends: by the store's clock reaching a time, or after a lifetime set by the node's clock. */
  readonly endsBy: 'store-clock' | 'lifetime'
  readonly nodes: readonly TrueClock[]
  readonly store: TrueClock
  readonly flushUs: number | null
  readonly presented: readonly Presented[]
}

const EXP_US = 60 * SECOND_US
/** The widest band in which acceptance past exp is not wrong by itself; every world's leeway lies in it. */
const REFUSE_US = 30 * SECOND_US

const span = (mostSeconds: number): fc.Arbitrary<number> =>
  fc.nat({ max: mostSeconds * 1000 }).map((ms) => ms * 1000)
const offset = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -20_000, max: 20_000 }).map((ms) => ms * 1000),
)
const trueClock: fc.Arbitrary<TrueClock> = fc.record({
  beforeUs: offset,
  afterUs: offset,
  stepUs: span(100),
  slackUs: span(1),
})
const presented: fc.Arbitrary<Presented> = fc.record({
  key: fc.nat({ max: 3 }),
  credential: fc.constantFrom(
    'genuine',
    'genuine',
    'genuine',
    'genuine',
    'forged',
    'wrong-audience',
  ),
  fate: fc.constantFrom<Fate[]>(
    'answered',
    'answered',
    'answered',
    'answered',
    'reply-lost',
    'error-before',
    'error-after',
    'elsewhere-before',
    'elsewhere-after',
    'insert-repeated',
    'request-repeated',
  ),
  node: fc.nat({ max: 2 }),
  begunUs: fc.oneof(
    span(100),
    span(5),
    span(35).map((us) => us + 50 * SECOND_US),
  ),
  untilJudgedUs: fc.oneof(span(1), span(20)),
  untilAnsweredUs: fc.oneof(span(1), span(20)),
  givesBack: fc.boolean(),
  untilGivenBackUs: span(5),
})

export const worlds: fc.Arbitrary<World> = fc.record({
  leewaySeconds: fc.constantFrom(0, 1, 10, 30),
  wholeSeconds: fc.boolean(),
  reserves: fc.boolean(),
  burnsRefused: fc.boolean(),
  endsBy: fc.constantFrom('store-clock', 'lifetime'),
  nodes: fc.oneof(
    fc.array(trueClock, { minLength: 3, maxLength: 3 }),
    fc.constant([STILL(), STILL(), STILL()]),
  ),
  store: fc.oneof(trueClock, fc.constant(STILL())),
  flushUs: fc.option(span(100), { freq: 4 }),
  presented: fc.array(presented, { minLength: 2, maxLength: 14 }),
})

function STILL(): TrueClock {
  return { beforeUs: 0, afterUs: 0, stepUs: 0, slackUs: 0 }
}

/** The uses of each key of a world, as a harness would have seen them, and what it knows of clocks and faults. */
export function lived(world: World): {
  uses: readonly (readonly [string, Use])[]
  options: LedgerOptions
} {
  const memory = memoryOf(world)
  const order = world.presented.toSorted((a, b) => judgedUs(a) - judgedUs(b))
  const outcomes = new Map(order.map((each) => [each, judged(each, world, memory)]))
  const uses = world.presented.map((each, index) => {
    const outcome = outcomes.get(each) ?? 'unsent'
    return [`key-${each.key}`, useOf(each, outcome, `use-${index}`, world)] as const
  })
  return { uses, options: optionsOf(world) }
}

function judgedUs({ begunUs, untilJudgedUs }: Presented): number {
  return begunUs + untilJudgedUs
}

/** Answers whether the key was absent, and takes it until its end or until `freeUs`. */
interface Memory {
  take(key: number, atUs: number, node: number, freeUs: number): boolean
}

function memoryOf(world: World): Memory {
  const held = new Map<
    number,
    { readonly sinceUs: number; readonly over: (atUs: number) => boolean }
  >()
  const lastsUs = EXP_US + world.leewaySeconds * SECOND_US
  return {
    take(key, atUs, node, freeUs) {
      const entry = held.get(key)
      const flushed =
        world.flushUs !== null &&
        entry !== undefined &&
        entry.sinceUs <= world.flushUs &&
        world.flushUs <= atUs
      if (entry !== undefined && !flushed && !entry.over(atUs)) return false
      const endUs =
        world.endsBy === 'lifetime'
          ? atUs + Math.max(0, lastsUs - nodeTime(world, node, atUs))
          : null
      const over = (us: number): boolean =>
        us >= freeUs || (endUs === null ? us + offsetAt(world.store, us) >= lastsUs : us >= endUs)
      held.set(key, { sinceUs: atUs, over })
      return true
    },
  }
}

function judged(each: Presented, world: World, memory: Memory): Use['outcome'] {
  const answer = decided(each, world, memory)
  return each.fate === 'reply-lost' ? 'unanswered' : answer
}

function decided(each: Presented, world: World, memory: Memory): Use['outcome'] {
  if (each.fate === 'error-before') return 'failed'
  if (each.credential === 'forged') return 'rejected'
  if (each.fate === 'elsewhere-before') return 'elsewhere'
  if (each.credential === 'wrong-audience' || isExpired(each, world)) {
    if (world.burnsRefused) memory.take(each.key, judgedUs(each), each.node, Infinity)
    return 'rejected'
  }
  return used(each, world, memory)
}

/** What comes of an assertion with which nothing is wrong: the memory decides, and what happens after it. */
function used(each: Presented, world: World, memory: Memory): Use['outcome'] {
  const fails = each.fate === 'error-after' || each.fate === 'elsewhere-after'
  const givenBack = world.reserves && fails && each.givesBack
  const freeUs = givenBack ? judgedUs(each) + each.untilGivenBackUs : Infinity
  if (!memory.take(each.key, judgedUs(each), each.node, freeUs)) return 'rejected'
  if (fails) return each.fate === 'error-after' ? 'failed' : 'elsewhere'
  return each.fate.endsWith('repeated') ? 'rejected' : 'accepted'
}

function isExpired(each: Presented, world: World): boolean {
  const endUs = EXP_US + world.leewaySeconds * SECOND_US
  const lateUs = nodeTime(world, each.node, judgedUs(each)) - endUs
  return world.wholeSeconds ? Math.floor(lateUs / SECOND_US) > 0 : lateUs >= 0
}

function useOf(each: Presented, outcome: Use['outcome'], step: string, world: World): Use {
  const answeredUs = outcome === 'unanswered' ? null : judgedUs(each) + each.untilAnsweredUs
  const node = world.nodes[each.node] ?? STILL()
  const bounds = boundsOf(node, each.begunUs, answeredUs ?? Infinity)
  return {
    step,
    principal: 'honest',
    party: 'honest',
    node: `node-${each.node}`,
    endpoint: 'token',
    part: 'client_assertion',
    begunUs: each.begunUs,
    answeredUs,
    outcome,
    ...deservedBy(each, each.begunUs + bounds.lowUs, (answeredUs ?? Infinity) + bounds.highUs),
    authentic: each.credential !== 'forged',
    expUs: EXP_US,
    nbfUs: null,
    iatUs: null,
    token: null,
    tried: null,
    offset: bounds,
    faultsInForce: each.fate === 'insert-repeated' ? ['link.cut'] : [],
  }
}

function deservedBy(
  { credential }: Presented,
  earliestUs: number,
  latestUs: number,
): Pick<Use, 'deserved' | 'cause'> {
  if (credential === 'forged') return { deserved: 'reject', cause: 'authentic' }
  if (credential === 'wrong-audience') return { deserved: 'reject', cause: 'audience' }
  if (latestUs <= EXP_US - SECOND_US) return { deserved: 'accept', cause: 'valid' }
  return {
    deserved: earliestUs >= EXP_US + REFUSE_US + SECOND_US ? 'reject' : 'either',
    cause: 'time',
  }
}

function optionsOf(world: World): LedgerOptions {
  return {
    earlyUs: (fromUs, toUs) =>
      Math.max(
        ...[...world.nodes, world.store].map((clock) => boundsOf(clock, fromUs, toUs).highUs),
      ),
    forgetting: (fromUs, toUs) =>
      world.flushUs !== null && fromUs <= world.flushUs && world.flushUs <= toUs
        ? ['store.flush']
        : [],
    path: () =>
      world.presented.some(({ fate }) => fate === 'request-repeated') ? 'unknown' : 'direct',
  }
}

function nodeTime(world: World, node: number, atUs: number): number {
  return atUs + offsetAt(world.nodes[node] ?? STILL(), atUs)
}

function offsetAt(clock: TrueClock, atUs: number): number {
  return atUs < clock.stepUs ? clock.beforeUs : clock.afterUs
}

function boundsOf(
  clock: TrueClock,
  fromUs: number,
  toUs: number,
): { lowUs: number; highUs: number } {
  const offsets = [offsetAt(clock, fromUs), offsetAt(clock, toUs)]
  return {
    lowUs: Math.min(...offsets) - clock.slackUs,
    highUs: Math.max(...offsets) + clock.slackUs,
  }
}
