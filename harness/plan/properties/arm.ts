/** An arm of a property: one statement asked of one usage, whatever its cases consist of. */
import type { Http, Json, Source } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Stream } from '../../model/scenario.ts'
import type { Principal, Random, TargetFacts } from '../../model/target.ts'
import { search, type Drawing, type Known, type Searched } from './search.ts'

/** As long as a control's, which every target that is asked accepts. */
const LIFETIME_SECONDS = 60

export interface ArmContext {
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
  /** How many cases to draw instead of what each statement says; null leaves it at that. */
  readonly runs: number | null
}

/** A case is known by its JSON throughout, so that whatever searches for the smallest need not know what it is. */
export interface Arm {
  /** How the judge sees it. */
  readonly stream: Stream
  /** How it sees requests that the turn bears on; their cases are those of the arm all the same. */
  readonly besides: readonly Stream[]
  readonly by: Principal
  /** The cases of the first round, each once. */
  readonly drawn: readonly string[]
  search(known: Known): Searched<string>
  /** The requests of a case, one after the other. */
  requests(key: string, place: CasePlace): readonly CaseRequest[]
  /** How a counterexample is told. */
  told(key: string): Readonly<Record<string, Json>>
  /**
   * Whether each case has an assertion that deserves acceptance. Then a control stands after each, since a refusal has to mean
   * something: several in a row may be those of a party that was locked out.
   */
  readonly right: boolean
  /** Whether what comes of a case is left open, so that none need tell anything. */
  readonly open: boolean
  /** What lies between the two halves of its cases; absent where they have one. */
  readonly turn?: Turn
  /** What is to be said of the cases that were asked, whether or not one failed. */
  readonly covered: Json
  readonly context: ArmContext
}

/** Something that happens once in a round, for all of its cases at once, since waiting takes the time that it takes. */
export interface Turn {
  readonly fault: string
  readonly on: string
  /** How long after it the second halves begin. */
  readonly settlesSeconds: number
  /** How long nothing is asked at the start of each further round, so that what the one before did is over. */
  readonly restSeconds: number
  /** What each node is asked before the second halves, so that no case needs another to show anything. */
  readonly heralded: (stem: string) => Source
}

export interface CasePlace {
  readonly caseId: string
  /** The name of the step that its so manyth request becomes, counted from zero. */
  readonly step: (copy: number) => string
}

export interface CaseRequest {
  readonly principal: Principal
  readonly source: Source
  /** Which node in turn; null for the next one of the arm. */
  readonly node: number | null
  /** How long after the answer to the one before, in milliseconds. */
  readonly waitMs: number
  /** Whether it comes after the turn of the arm. */
  readonly turned?: true
  /** The name of the stream it is judged as, where that is one of `besides`. */
  readonly stream?: string
  readonly params?: readonly (readonly [string, string])[]
  readonly http?: Http
}

export interface ArmParts<Value extends Json> {
  readonly name: string
  readonly attack: string | null
  readonly usage: Stream['usage']
  readonly role: 'honest' | 'hostile' | 'rotating'
  readonly by: Principal
  readonly arbitrary: Drawing<Value>['arbitrary']
  readonly cases: number
  readonly examples?: readonly Value[]
  readonly requests: (value: Value, place: CasePlace) => readonly CaseRequest[]
  readonly told: (value: Value) => Readonly<Record<string, Json>>
  readonly apart?: boolean
  readonly open?: boolean
  readonly covered?: Json
  /** Names of further streams, each with what makes it another than that of the arm. */
  readonly besides?: readonly (Pick<Stream, 'name'> & Partial<Stream>)[]
  readonly turn?: Turn
}

export function openArm<Value extends Json>(parts: ArmParts<Value>, context: ArmContext): Arm {
  const { name, attack, usage, role, by, cases, arbitrary, examples = [], besides = [] } = parts
  const seed = Math.floor(context.random.stream(`draws/${name}`).next() * 2 ** 32) - 2 ** 31
  const drawing = { arbitrary, seed, cases, examples }
  const searched = (known: Known): Searched<string> => {
    const { smallest, unknown } = search(drawing, known)
    return {
      smallest: smallest === null ? null : JSON.stringify(smallest),
      unknown: unknown.map((each) => JSON.stringify(each)),
    }
  }
  // What a key holds was written by this very arm.
  const valueOf = (key: string): Value => JSON.parse(key)
  const drawn = searched(new Map()).unknown
  const stream: Stream = {
    name,
    attack,
    usage,
    by: role,
    arrivals: { kind: 'in-turn', count: drawn.length },
    // The last presentation of an assertion says that it is the last.
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: LIFETIME_SECONDS,
  }
  return {
    stream,
    besides: besides.map((each) => ({ ...stream, ...each })),
    by,
    drawn,
    search: searched,
    requests: (key, place) => parts.requests(valueOf(key), place),
    told: (key) => parts.told(valueOf(key)),
    right: attack === null || parts.apart === true,
    open: parts.open === true,
    ...(parts.turn === undefined ? {} : { turn: parts.turn }),
    covered: parts.covered ?? null,
    context,
  }
}

/** Under which ids requests of a case may stand: its own first, then those it has as one of `besides`. */
export function idsOf({ stream, besides }: Arm, id: string): readonly string[] {
  const [scenario, , number] = id.split('/')
  return [stream, ...besides].map(({ name }) => `${scenario}/${name}/${number}`)
}
