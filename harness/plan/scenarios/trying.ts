/** Trying the tokens that come back for a stream's assertions: a token that works nowhere is none (oracle.md, section 3). */
import type { Source, Step } from '../../model/plan.ts'
import type { Stream } from '../../model/scenario.ts'
import type { TargetFacts } from '../../model/target.ts'
import { PART_OF } from '../control.ts'
import { paramsFor } from '../request.ts'

/** Where a token is tried: introspection says of it what it is; a resource takes it or does not. */
type Place = 'introspection' | 'resource'

/** How long the token of the last copy is left before it is tried: who revokes what a replay was given has that time. */
const LEFT_US = 500_000

export function triedAt(facts: Pick<TargetFacts, 'endpoints'>): Place | null {
  return placesIn(facts)[0] ?? null
}

/** Wherever a token can be tried, best first. */
export function placesIn({ endpoints }: Pick<TargetFacts, 'endpoints'>): readonly Place[] {
  return PLACES.filter((place) => endpoints[place] !== undefined)
}

const PLACES: readonly Place[] = ['introspection', 'resource']

export function isTried(stream: Stream, facts: Pick<TargetFacts, 'endpoints'>): boolean {
  return stream.tries === true && triedAt(facts) !== null
}

/** A stream as this target can be asked it: nothing is tried where there is nowhere to. */
export function withTries(stream: Stream, facts: Pick<TargetFacts, 'endpoints'>): Stream {
  if (stream.tries === undefined || triedAt(facts) !== null) return stream
  const { tries: _, ...others } = stream
  return others
}

/** Steps of a stream, and after each the step that tries its token. The next copy waits for that. */
export function tryingEach(
  steps: readonly Step[],
  usage: Stream['usage'],
  { facts, asClient }: { readonly facts: TargetFacts; readonly asClient: (name: string) => Source },
): readonly Step[] {
  const at = triedAt(facts)
  if (at === null) return steps
  return steps.flatMap((step, copy) => {
    const before = steps[copy - 1]
    const last = copy === steps.length - 1
    const due =
      before !== undefined && 'after' in step.due
        ? { ...step.due, after: trialOf(before.name) }
        : step.due
    return [{ ...step, due }, trial(step, last, { at, usage, facts, asClient })]
  })
}

function trialOf(step: string): string {
  return `${step}/token`
}

interface Trying {
  readonly at: Place
  readonly usage: Stream['usage']
  readonly facts: TargetFacts
  readonly asClient: (name: string) => Source
}

function trial(of: Step, last: boolean, { at, usage, facts, asClient }: Trying): Step {
  const name = trialOf(of.name)
  const token: Source = {
    kind: 'taken',
    step: of.name,
    what: 'access-token',
    tells: PART_OF[usage],
  }
  const parts: Step['parts'] =
    at === 'introspection'
      ? { client_assertion: asClient(name), token }
      : { [PART_OF['bearer-token']]: token }
  return {
    ...of,
    name,
    due: { after: of.name, plusUs: last ? LEFT_US : 0 },
    endpoint: at,
    parts,
    params: paramsFor({ endpoint: at, principal: of.principal, parts }, facts),
    race: null,
  }
}
