/** From a stream's data to its requests: who sends what, where and when, drawn from no answer. */
import type { Change } from '../model/check.ts'
import type { Due, Source, Step } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Stream } from '../model/scenario.ts'
import type { KeyFacts, Principal, Random, TargetFacts } from '../model/target.ts'
import { controlAudience, controlClaims, controlHeader, PART_OF } from './control.ts'
import { anotherThan, principalFor } from './principals.ts'
import { changed, changedHeader, stepOf } from './request.ts'
import { stem } from './stem.ts'

export interface StreamContext {
  readonly scenario: string
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
  /** How often the scenario was asked before, from 0: arrivals go on counting. */
  readonly repetition?: number
}

/** Why the target cannot be sent a stream, or null if it can. */
export function lacksFor(stream: Stream, facts: TargetFacts): string | null {
  const by = facts.usages.includes(stream.usage)
    ? principalFor(facts, stream.usage, stream.by)
    : undefined
  if (by === undefined) return `the target has no ${stream.usage}`
  const changes = [stream.change, stream.first]
  const unsigned = changes.find((change) => signerFor(by, change, facts) === null)
  if (unsigned === undefined) return null
  return unsigned.algorithm === undefined
    ? 'needs a second registered party'
    : `needs a registered ${unsigned.algorithm} key`
}

/** @throws {RangeError} When the target cannot be sent it (see `lacksFor`). */
export function stepsOf(stream: Stream, context: StreamContext): readonly Step[] {
  const by = principalFor(context.facts, stream.usage, stream.by)
  if (by === undefined) throw new RangeError(`no party for ${stream.usage}`)
  const count = arrivalsOf(stream)
  return Array.from({ length: count }, (_, arrival) =>
    Array.from({ length: stream.copies }, (_each, copy) =>
      stepFor({
        stream,
        by,
        arrival,
        copy,
        count,
        ...context,
        from: (context.repetition ?? 0) * count,
      }),
    ),
  ).flat()
}

interface Place extends StreamContext {
  readonly stream: Stream
  readonly by: Principal
  readonly arrival: number
  readonly copy: number
  /** How many arrivals there are in one repetition, and how many were before it. */
  readonly count: number
  readonly from: number
}

/** How many assertions a stream sends, each so many times as it has copies. */
export function arrivalsOf({ arrivals }: Stream): number {
  return arrivals.kind === 'even'
    ? Math.floor((arrivals.endSeconds - arrivals.startSeconds) * arrivals.perSecond)
    : arrivals.count
}

function stepFor(place: Place): Step {
  const { stream, by, from, arrival, copy, facts } = place
  const caseId = caseOf(place)
  return stepOf(
    {
      name: nameOf(place),
      caseId,
      due: dueOf(place),
      endpoint: stream.usage === 'bearer-token' ? 'resource' : 'token',
      node: nodeFor(stream, from + arrival, copy, facts.nodes),
      principal: by.name,
      parts: { [PART_OF[stream.usage]]: sourceOf(place) },
      ...(stream.release === 'together' ? { race: caseId } : {}),
    },
    facts,
  )
}

function caseOf({ scenario, stream, from, arrival }: Place): string {
  return `${scenario}/${stream.name}/${from + arrival}`
}

function nameOf({ scenario, stream, from, arrival, copy }: Place): string {
  return `${scenario}/r0/${stream.name}/${from + arrival}/c${copy}`
}

function dueOf(place: Place): Due {
  const { stream, arrival, copy, count } = place
  const gapUs = Math.round(stream.gapSeconds * 1e6)
  if (copy === 0 || stream.release === 'together') return arrivalDue(place)
  if (stream.release === 'in-turn')
    return { after: nameOf({ ...place, copy: copy - 1 }), plusUs: gapUs }
  return arrival === 0
    ? { after: nameOf({ ...place, arrival: count - 1, copy: copy - 1 }), plusUs: gapUs }
    : { after: nameOf({ ...place, arrival: arrival - 1 }), plusUs: 0 }
}

function arrivalDue(place: Place): Due {
  const { stream, arrival } = place
  const { arrivals } = stream
  switch (arrivals.kind) {
    case 'even':
      return { atUs: Math.round((arrivals.startSeconds + arrival / arrivals.perSecond) * 1e6) }
    case 'burst':
      return { atUs: Math.round(arrivals.atSeconds * 1e6) }
    case 'in-turn': {
      if (arrival === 0) return { atUs: 0 }
      const copy = stream.release === 'in-rounds' ? 0 : stream.copies - 1
      return { after: nameOf({ ...place, arrival: arrival - 1, copy }), plusUs: 0 }
    }
  }
}

/** The copy whose bytes are the genuine ones, of which all later copies are the same. */
function genuineCopy({ first }: Stream): number {
  return first === undefined ? 0 : 1
}

function sourceOf(place: Place): Source {
  const { stream, copy } = place
  const genuine = genuineCopy(stream)
  if (copy < genuine) return minted(place, stream.first)
  if (copy === genuine) return minted(place, stream.change)
  return {
    kind: 'again',
    step: nameOf({ ...place, copy: genuine }),
    part: PART_OF[stream.usage],
    altered: null,
    last: isLast(place),
  }
}

function isLast({ stream, copy }: Place): boolean {
  return copy === stream.copies - 1
}

function minted(place: Place, change: Change | undefined): Source {
  const { stream, by, policy, facts, random } = place
  const signing = signerFor(by, change, facts)
  if (signing === null) throw new RangeError(`nobody signs ${nameOf(place)}`)
  const claims = controlClaims(stream.usage, by, {
    audience: controlAudience(stream.usage, policy, facts),
    stem: stem(random, caseOf(place)),
    lifetimeSeconds: stream.lifetimeSeconds,
  })
  return {
    kind: 'minted',
    usage: stream.usage,
    signer: signing.key.name,
    header: changedHeader(controlHeader(stream.usage, signing.key, policy), change),
    claims: changed(claims, change, facts),
    defect: change?.defect ?? null,
    last: isLast(place),
  }
}

function signerFor(
  by: Principal,
  change: Change | undefined,
  facts: TargetFacts,
): { readonly signer: Principal; readonly key: KeyFacts } | null {
  const signer = change?.signedBy === undefined ? by : anotherThan(facts, by)
  const wanted = change?.algorithm
  const key = signer?.keys.find(
    ({ algorithm, mark }) => mark === undefined && (wanted === undefined || wanted === algorithm),
  )
  return signer === undefined || key === undefined ? null : { signer, key }
}

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
