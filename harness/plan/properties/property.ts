/** From a property to an experiment in rounds: cases drawn from the seed, then ever smaller ones around the first failure. */
import { isObject } from '../../json.ts'
import type { Experiment, Next } from '../../model/experiment.ts'
import type { JudgedScenario } from '../../model/judging.ts'
import type { FaultWindow, Json, Step } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Property } from '../../model/property.ts'
import type { Guard } from '../../model/scenario.ts'
import type { Random, TargetFacts } from '../../model/target.ts'
import { idsOf, type Arm } from './arm.ts'
import { askedOf } from './asked.ts'
import { arms } from './property-arms.ts'
import { DRAWN_BY, type Known } from './search.ts'

/** How often a case that failed is asked again, to learn how often it does, and once more at the end. */
const CONFIRMATIONS = 5

/** No case is asked more often than this (decisions.md, "Replaying properties and sequences"). */
const MOST_REPEATS = 20

/** How likely a smaller case that fails as often as the first must be to show it. */
const CONFIDENCE = 0.95

/** Smaller cases that are asked in one round, and rounds after which the smallest found must do. */
const CASES_IN_A_ROUND = 24
const MOST_ROUNDS = 40

/** Of each statement, so many of the cases that failed are kept as they were drawn: the last, which are the smallest. */
const MOST_KEPT = 40

/** Of the cases drawn, how many must have told something: right ones, whose controls vouch for them, and others. */
const TOLD_OF_RIGHT = 0.75
const TOLD_OF_SPOILED = 0.25

export interface PlannedProperty {
  readonly experiment: Experiment
  /** What a judge needs to know of it: to the judge its statements are streams. */
  readonly judged: JudgedScenario
}

/** @param runs How many cases to draw for each statement; null for what the property itself says. */
export function planProperty(
  property: Property,
  policy: Policy,
  facts: TargetFacts,
  { random, runs = null }: { readonly random: Random; readonly runs?: number | null },
): PlannedProperty {
  const planned = arms(property, { policy, facts, random, runs })
  return { experiment: experimentOf(property, planned), judged: judgedAs(property, planned) }
}

/** To the judge a property is a scenario, and each of its arms a stream. */
export function judgedAs(property: Property, planned: readonly Arm[]): JudgedScenario {
  return {
    name: property.name,
    question: property.question,
    means: property.means,
    streams: planned.flatMap(({ stream, besides }) => [stream, ...besides]),
    faults: planned.flatMap((arm) => (arm.turn === undefined ? [] : faultsOf(arm, property.name))),
    guards: planned.filter(({ open }) => !open).map(guardOf),
    gates: [],
    maxUndecided: 0.5,
    unsupported: planned.length === 0 ? whoIsMissing(property) : null,
    drawn: true,
  }
}

function whoIsMissing({ kind, usages }: Property): string {
  return kind === 'rotations'
    ? 'the target has no client that publishes its keys and has another to go on with (for: [rotating])'
    : `the target has no ${usages.join(' or ')}`
}

/** Those of the first round. */
function faultsOf(arm: Arm, scenario: string): readonly FaultWindow[] {
  const cases = arm.drawn.map((key, number) => ({ key, number }))
  return askedOf(arm, cases, { scenario, round: 0 }).faults
}

function guardOf({ stream, drawn, right }: Arm): Guard {
  return {
    name: `${stream.name} answers that tell something`,
    counts: right ? 'owed-accepts' : 'determinate',
    stream: stream.name,
    needed: Math.ceil(drawn.length * (right ? TOLD_OF_RIGHT : TOLD_OF_SPOILED)),
  }
}

/** How often a case was asked, and the ids under which it failed. */
type Answer = { readonly asked: number; readonly failed: readonly string[] }

/** Where the search for a counterexample to one statement stands. */
type Search = {
  readonly stage: 'drawn' | 'confirming' | 'shrinking' | 'showing' | 'over'
  /** By the JSON of the case. */
  readonly answers: Readonly<Record<string, Answer>>
  /** How often each smaller case is asked. */
  readonly repeats: number
  /** Rounds of smaller cases so far. */
  readonly rounds: number
  /** How many cases have been asked; each gets the next number. */
  readonly numbered: number
}

type State = {
  readonly round: number
  readonly searches: Readonly<Record<string, Search>>
  /** By case id: whose case it is, and which. */
  readonly pending: Readonly<Record<string, readonly [arm: string, key: string]>>
}

const FRESH: Search = { stage: 'drawn', answers: {}, repeats: 1, rounds: 0, numbered: 0 }

function experimentOf({ name, question }: Property, planned: readonly Arm[]): Experiment<State> {
  return {
    name,
    question,
    start: () =>
      asked(
        name,
        0,
        planned.map((arm) => ({ arm, search: FRESH, ask: arm.drawn })),
      ) ?? conclusion(planned, {}),
    next(state, judged) {
      const failing = failingIn(judged)
      const moves = planned.map((arm) => {
        const before = state.searches[arm.stream.name] ?? FRESH
        return { arm, ...advance(arm, answered(arm, before, state, failing)) }
      })
      const searches = Object.fromEntries(
        moves.map(({ arm, search: each }) => [arm.stream.name, each]),
      )
      return asked(name, state.round + 1, moves) ?? conclusion(planned, searches)
    },
  }
}

interface Move {
  readonly arm: Arm
  readonly search: Search
  /** Cases to ask, a repeated one several times. */
  readonly ask: readonly string[]
}

/** Null when there is nothing to ask. */
function asked(scenario: string, round: number, moves: readonly Move[]): Next<State> | null {
  const steps: Step[] = []
  const faults: FaultWindow[] = []
  const pending: Record<string, readonly [string, string]> = {}
  const searches: Record<string, Search> = {}
  for (const { arm, search: before, ask } of moves) {
    const { name } = arm.stream
    searches[name] = { ...before, numbered: before.numbered + ask.length }
    if (ask.length === 0) continue
    const cases = ask.map((key, index) => ({ key, number: before.numbered + index }))
    const own = askedOf(arm, cases, { scenario, round })
    steps.push(...own.steps)
    faults.push(...own.faults)
    for (const { key, number } of cases) pending[`${scenario}/${name}/${number}`] = [name, key]
  }
  return steps.length === 0 ? null : { ask: steps, faults, state: { round, searches, pending } }
}

/** Enters the answers of a round. */
function answered(
  arm: Arm,
  before: Search,
  { pending }: State,
  failing: ReadonlySet<string>,
): Search {
  const answers = { ...before.answers }
  for (const [caseId, [name, key]] of Object.entries(pending)) {
    if (name !== arm.stream.name) continue
    const { asked: times, failed } = answers[key] ?? { asked: 0, failed: [] }
    const under = idsOf(arm, caseId).find((id) => failing.has(id))
    answers[key] = {
      asked: times + 1,
      failed: under === undefined ? failed : [...failed, under],
    }
  }
  return { ...before, answers }
}

/** What to ask next for one statement. */
function advance(arm: Arm, before: Search): Omit<Move, 'arm'> {
  const over = { search: { ...before, stage: 'over' }, ask: [] } as const
  const { smallest, unknown } = arm.search(known(before))
  if (smallest === null) return over
  const again = Array.from({ length: CONFIRMATIONS }, () => smallest)
  switch (before.stage) {
    case 'drawn':
      return { search: { ...before, stage: 'confirming' }, ask: again }
    case 'confirming': {
      const repeats = repeatsFor(before.answers[smallest])
      return shrunk({ ...before, stage: 'shrinking', repeats }, unknown, again)
    }
    case 'shrinking':
      return shrunk(before, unknown, again)
    case 'showing':
    case 'over':
      return over
  }
}

function shrunk(
  before: Search,
  unknown: readonly string[],
  again: readonly string[],
): Omit<Move, 'arm'> {
  if (unknown.length === 0 || before.rounds >= MOST_ROUNDS) {
    return { search: { ...before, stage: 'showing' }, ask: again }
  }
  const few = unknown.slice(0, Math.max(1, Math.floor(CASES_IN_A_ROUND / before.repeats)))
  return {
    search: { ...before, rounds: before.rounds + 1 },
    ask: few.flatMap((each) => Array.from({ length: before.repeats }, () => each)),
  }
}

/** So often that a case which fails as often as this one did would show it (1 - (1 - rate)^n ≥ 0.95). */
function repeatsFor(answer: Answer | undefined): number {
  const rate = answer === undefined ? 1 : answer.failed.length / answer.asked
  if (rate >= 1) return 1
  return Math.min(MOST_REPEATS, Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - rate)))
}

function known({ answers }: Search): Known {
  return new Map(Object.entries(answers).map(([key, { failed }]) => [key, failed.length > 0]))
}

function conclusion(
  planned: readonly Arm[],
  searches: Readonly<Record<string, Search>>,
): { readonly conclude: Json } {
  const counterexamples = planned.flatMap((arm) => {
    const found = searches[arm.stream.name]
    return found === undefined ? [] : counterexample(arm, found)
  })
  const covered = planned.flatMap(({ stream, covered: each }) =>
    each === null ? [] : [[stream.name, each]],
  )
  const failed = planned.flatMap((arm) => failedIn(arm, searches[arm.stream.name]))
  return {
    conclude: {
      drawnBy: DRAWN_BY,
      ...(covered.length === 0 ? {} : { covered: Object.fromEntries(covered) }),
      counterexamples,
      ...(failed.length === 0 ? {} : { failed }),
    },
  }
}

function drawnOf(key: string): Json {
  return JSON.parse(key)
}

/** Every case that failed, as it was drawn, under all the ids that it failed by, so that any can be asked again. */
function failedIn(arm: Arm, found: Search | undefined): readonly Json[] {
  return Object.entries(found?.answers ?? {})
    .filter(([, { failed }]) => failed.length > 0)
    .slice(-MOST_KEPT)
    .map(([key, { failed }]) => ({
      drawn: drawnOf(key),
      caseIds: failed.flatMap((id) => idsOf(arm, id)),
    }))
}

function counterexample(arm: Arm, found: Search): readonly Json[] {
  const { smallest } = arm.search(known(found))
  const answer = smallest === null ? undefined : found.answers[smallest]
  if (smallest === null || answer === undefined) return []
  return [
    {
      statement: arm.stream.name,
      caseId: answer.failed.at(-1) ?? null,
      ...arm.told(smallest),
      shownIn: `${answer.failed.length} of ${answer.asked}`,
      rounds: found.rounds,
    },
  ]
}

function failingIn(judged: Json): ReadonlySet<string> {
  const failing = isObject(judged) ? judged['failing'] : undefined
  return new Set(
    Array.isArray(failing) ? failing.filter((each: Json) => typeof each === 'string') : [],
  )
}
