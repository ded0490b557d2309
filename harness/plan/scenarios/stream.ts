/** From a stream's data to its requests: who sends what, where and when, drawn from no answer. */
import type { Change } from '../../model/check.ts'
import { plain } from '../../json.ts'
import type { Due, Source, Step, StepStream } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Arrivals, Pace, Stream } from '../../model/scenario.ts'
import type { Principal, Random, TargetFacts } from '../../model/target.ts'
import { countOf, shareOf, timesOf, type Timed } from './arrivals.ts'
import { controlSource, PART_OF } from '../control.ts'
import { besides, mintingOf, signerFor } from './minting.ts'
import { principalFor } from '../principals.ts'
import { paramsFor } from '../request.ts'
import { stem } from '../stem.ts'
import { lacksForRevoking, revokingEach, stepsOfRevoking } from './revoking.ts'
import { isTried, tryingEach } from './trying.ts'

export interface StreamContext {
  readonly scenario: string
  /** 0 when absent. */
  readonly round?: number
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
  /** How often the scenario was asked before, from 0; the nodes go on taking turns. */
  readonly repetition?: number
}

/** Why the target cannot be sent a stream, or null if it can. */
export function lacksFor(stream: Stream, facts: TargetFacts): string | null {
  const by = facts.usages.includes(stream.usage)
    ? principalFor(facts, stream.usage, stream.by)
    : undefined
  if (by === undefined) return `the target has no ${stream.usage}`
  if (endpointsOf(stream, facts).length === 0)
    return 'needs a target that says which of its endpoints share what they remember (declares.remembersAcross)'
  const unrevoked = lacksForRevoking(stream, facts)
  if (unrevoked !== null) return unrevoked
  const changes = [stream.change, stream.first]
  const unsigned = changes.find((change) => signerFor(by, change, facts) === null)
  if (unsigned === undefined) return null
  return unsigned.algorithm === undefined
    ? 'needs a second registered party'
    : `needs a registered ${unsigned.algorithm} key`
}

/**
 * The requests of a stream, made as they are read: the copies of an arrival one after the other, or, in rounds, the first
 * copies of all arrivals and then the later ones.
 *
 * @param mix What shares are shares of.
 * @throws {RangeError} When the target cannot be sent it (see `lacksFor`).
 */
export function streamOf(stream: Stream, context: StreamContext, mix?: Pace): StepStream {
  const { facts, random, scenario } = context
  const by = principalFor(facts, stream.usage, stream.by)
  if (by === undefined) throw new RangeError(`no party for ${stream.usage}`)
  const arrivals = arrivalsOf(stream, mix)
  // Named apart from the streams that identifiers are drawn from.
  const draws = random.stream(`arrivals/${stream.name}/${batchOf(context)}`)
  const count = arrivals.kind === 'in-turn' ? arrivals.count : countOf(arrivals, draws)
  const made = openMaking({ stream, by, count, ...context })
  const times = arrivals.kind === 'in-turn' ? null : timesOf(arrivals, draws)
  const copies = copiesOf(stream, made, context)
  const tried = isTried(stream, facts) || stream.revokes !== undefined
  const ends = tried ? [...copies(0, null)] : [made(0, 0, null), made(0, stream.copies - 1, null)]
  const shown = count === 0 ? [] : ends
  return {
    length: count * stepsOfArrival(stream, facts),
    ...(tried ? { tried: prefixOf({ stream, ...context }) } : {}),
    recipe: plain({ scenario, stream, arrivals, nodes: facts.nodes, shown, draw: draws.next() }),
    [Symbol.iterator]: () =>
      stream.release === 'in-rounds'
        ? inRounds(stream, count, times, made)
        : inTurn(count, times, copies),
  }
}

function stepsOfArrival(stream: Stream, facts: TargetFacts): number {
  const { revokes, copies } = stream
  if (revokes !== undefined) return stepsOfRevoking(revokes, facts)
  return copies * (isTried(stream, facts) ? 2 : 1)
}

/** What the stream's own client authenticates with where it asks about a token, freshly for each. */
function clientFor(stream: Stream, context: StreamContext): (name: string) => Source {
  const by = principalFor(context.facts, stream.usage, stream.by)
  if (by === undefined) throw new RangeError(`no party for ${stream.usage}`)
  const making = { facts: context.facts, policy: context.policy, role: stream.by }
  return (name) => controlSource(stream.usage, by, stem(context.random, name), making)
}

/** The copies of one arrival, and after each, where they are tried or revoked, what its token goes through. */
function copiesOf(
  stream: Stream,
  made: Made,
  context: StreamContext,
): (arrival: number, atUs: number | null) => Iterable<Step> {
  const all = (arrival: number, atUs: number | null): readonly Step[] =>
    Array.from({ length: stream.copies }, (_, copy) => made(arrival, copy, atUs))
  const { facts } = context
  const { revokes } = stream
  if (revokes === undefined && !isTried(stream, facts)) return all
  const asClient = clientFor(stream, context)
  if (revokes !== undefined)
    return (arrival, atUs) => revokingEach(made(arrival, 0, atUs), { revokes, facts, asClient })
  const trying = { facts, asClient }
  return (arrival, atUs) => tryingEach(all(arrival, atUs), stream.usage, trying)
}

type Made = (arrival: number, copy: number, atUs: number | null) => Step

function* inTurn(
  count: number,
  times: Iterable<number> | null,
  copies: (arrival: number, atUs: number | null) => Iterable<Step>,
): Generator<Step> {
  let arrival = 0
  for (const atUs of times ?? nothing(count)) yield* copies(arrival++, atUs)
}

function* inRounds(
  { copies }: Stream,
  count: number,
  times: Iterable<number> | null,
  made: Made,
): Generator<Step> {
  let first = 0
  for (const atUs of times ?? nothing(count)) yield made(first++, 0, atUs)
  for (let copy = 1; copy < copies; copy++) {
    for (let arrival = 0; arrival < count; arrival++) yield made(arrival, copy, null)
  }
}

function* nothing(count: number): Generator<null> {
  for (let index = 0; index < count; index++) yield null
}

/** The arrivals of a stream, shares of the mix made what they come to. */
export function arrivalsOf({ name, arrivals }: Stream, mix: Pace | undefined): Timed | InTurn {
  if (arrivals.kind !== 'share') return arrivals
  if (mix === undefined) throw new RangeError(`${name} is a share of no mix`)
  return shareOf(mix, arrivals.of)
}

type InTurn = Extract<Arrivals, { readonly kind: 'in-turn' }>

interface Place extends StreamContext {
  readonly stream: Stream
  readonly by: Principal
  /** How many arrivals there are. */
  readonly count: number
}

/** What is the same for all steps of a stream is made once, and shared by them. */
function openMaking(place: Place): Made {
  const { stream, by, facts, random, count, repetition = 0 } = place
  const part = PART_OF[stream.usage]
  const beside = besides(place)
  const parts = { ...beside(''), [part]: UNMADE }
  const asked = endpointsOf(stream, facts).map((endpoint) => ({
    endpoint,
    params: [
      ...paramsFor({ endpoint, principal: by.name, parts }, facts),
      ...(ASKED_ABOUT[endpoint] ?? []),
    ],
  }))
  const genuine = stream.first === undefined ? 0 : 1
  const minting = (change: Change | undefined) => mintingOf(place, change)
  const [early, right] = [minting(stream.first), minting(stream.change)]
  const gapUs = Math.round(stream.gapSeconds * 1e6)
  const together = stream.release === 'together'
  return (arrival, copy, atUs) => {
    const caseId = caseOf(place, arrival)
    const last = copy === stream.copies - 1
    const mint = copy < genuine ? early : right
    const source: Source =
      copy > genuine
        ? {
            kind: 'again',
            step: nameOf(place, arrival, genuine),
            part,
            altered: null,
            last,
          }
        : mint(stem(random, caseId), last)
    return {
      name: nameOf(place, arrival, copy),
      caseId,
      due: dueOf(place, { arrival, copy, atUs, gapUs }),
      ...turnOf(asked, stream.endpoints === undefined ? 0 : arrival + copy),
      node: nodeFor(stream, repetition * count + arrival, copy, facts.nodes),
      principal: by.name,
      // The credential in question is the last, so that a race can hold its end back.
      parts: { ...beside(`${caseId}/${copy}/beside`), [part]: source },
      verifierNowSeconds: null,
      race: together ? caseId : null,
      onChallenge: 'record',
    }
  }
}

/** Where the copies of a stream go; none where it is to go to several and the target has no two that share a memory. */
function endpointsOf({ endpoints, usage }: Stream, facts: TargetFacts): readonly string[] {
  if (endpoints === undefined) return [usage === 'bearer-token' ? 'resource' : 'token']
  const { remembersAcross = [] } = facts.declares
  const shared = remembersAcross.filter((name) => Object.hasOwn(facts.endpoints, name))
  return shared.length > 1 ? shared : []
}

/** What these endpoints are asked about is nobody's: who asks is what matters (RFC 7662 §2.2, RFC 7009 §2.2). */
const ASKED_ABOUT: Readonly<Record<string, Step['params']>> = {
  introspection: [['token', 'never-issued']],
  revocation: [['token', 'never-issued']],
}

function turnOf<T>(all: readonly T[], turn: number): T {
  const found = all[turn % all.length]
  if (found === undefined) throw new RangeError('there is no endpoint to send it to')
  return found
}

/** What is asked in different rounds, or once more, has names and identifiers of its own. */
function batchOf({
  round = 0,
  repetition = 0,
}: Pick<StreamContext, 'round' | 'repetition'>): number {
  return round + repetition
}

function labelOf(place: Place, arrival: number): string {
  const batch = batchOf(place)
  return batch === 0 ? `${arrival}` : `${batch}-${arrival}`
}

function caseOf(place: Place, arrival: number): string {
  return `${place.scenario}/${place.stream.name}/${labelOf(place, arrival)}`
}

function nameOf(place: Place, arrival: number, copy: number): string {
  return `${prefixOf(place)}${labelOf(place, arrival)}/c${copy}`
}

/** What the names of all steps of a stream begin with. */
function prefixOf({
  scenario,
  stream,
  round = 0,
}: Pick<Place, 'scenario' | 'stream' | 'round'>): string {
  return `${scenario}/r${round}/${stream.name}/`
}

interface Moment {
  readonly arrival: number
  readonly copy: number
  /** When the arrival is; null where it waits for another. */
  readonly atUs: number | null
  readonly gapUs: number
}

function dueOf(place: Place, { arrival, copy, atUs, gapUs }: Moment): Due {
  const { release, copies } = place.stream
  if (copy === 0 || release === 'together') {
    if (atUs !== null) return { atUs }
    if (arrival === 0) return { atUs: 0 }
    const before = release === 'in-rounds' ? 0 : copies - 1
    return { after: nameOf(place, arrival - 1, before), plusUs: 0 }
  }
  if (release === 'in-turn') return { after: nameOf(place, arrival, copy - 1), plusUs: gapUs }
  return arrival === 0
    ? { after: nameOf(place, place.count - 1, copy - 1), plusUs: gapUs }
    : { after: nameOf(place, arrival - 1, copy), plusUs: 0 }
}

/** Only which parts a request has decides its form parameters. */
const UNMADE: Source = { kind: 'taken', step: '', what: 'nonce' }

function nodeFor(
  { nodes: rule }: Stream,
  arrival: number,
  copy: number,
  nodes: readonly string[],
): string | null {
  const at = (index: number): string | null => nodes[index % Math.max(1, nodes.length)] ?? null
  if (typeof rule === 'object') return copy === 0 ? rule.first : rule.then
  switch (rule) {
    case 'rotate':
      return at(arrival)
    case 'first-then-others':
      return at(arrival + copy)
    case 'spread':
      return at(copy)
  }
}
