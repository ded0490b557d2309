/** Goal: what is drawn is a right assertion after anything else, and what a wrong server needs is made as short as it can be. */
import { describe, expect, test } from 'vitest'
import type { Json, Source, Step } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { planProperty, type PlannedProperty } from '../../../harness/plan/properties/property.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { sequences } from '../../../suites/properties/sequences.ts'
import { conductAll, isControl } from './drawn.ts'
import { FACTS } from './facts.ts'

const [PROFILE] = PROFILES
const SEEDS = ['1', '2', '3']

/** Of more cases than are asked by default, so that each kind is among them. */
function planned(seed: string, facts: TargetFacts = FACTS): PlannedProperty {
  const policy = { ...PROFILE.policy, 'jti.scope': 'issuer' } as const
  return planProperty(sequences, policy, facts, { random: seeded(seed), runs: 30 })
}

describe('what is drawn', () => {
  const steps = SEEDS.flatMap((seed) => conductAll(planned(seed).experiment, nobody).rounds.flat())

  test('ends with a genuine assertion, and a control of the same party follows', () => {
    for (const seed of SEEDS) {
      const [first = []] = conductAll(planned(seed).experiment, nobody).rounds
      const cases = Map.groupBy(
        first.filter((step) => !isControl(step)),
        ({ caseId }) => caseId,
      )
      expect(cases.size).toBeGreaterThan(5)
      for (const [caseId, each] of cases) {
        const last = each.at(-1)
        expect(isGenuine(last), caseId).toBe(true)
        const next = first[first.findIndex((step) => step === last) + 1]
        expect(next !== undefined && isControl(next), caseId).toBe(true)
        expect(next?.principal).toBe(last?.principal)
      }
    }
  })

  test('comes one after the other, at any node, and some of it later', () => {
    const due = steps.map((step) => step.due)
    expect(due.every((each) => 'after' in each || each.atUs === 0)).toBe(true)
    expect(due.some((each) => 'after' in each && each.plusUs > 1e6)).toBe(true)
    expect(new Set(steps.map(({ node }) => node))).toEqual(new Set(FACTS.nodes))
  })

  test('holds genuine, forged and other parties’ assertions, and genuine ones again', () => {
    const some = (what: (step: Step) => boolean): number =>
      steps.filter((step) => !isControl(step) && what(step)).length
    expect(some((step) => sourceOf(step)?.kind === 'again')).toBeGreaterThan(5)
    expect(some(isForged)).toBeGreaterThan(5)
    expect(some(isNamesake)).toBeGreaterThan(5)
  })

  test('promises for the last presentation of each identifier that it is the last, and for no other', () => {
    for (const seed of SEEDS) {
      const [first = []] = conductAll(planned(seed).experiment, nobody).rounds
      const names = new Map(first.map((step) => [step.name, step]))
      const keyOf = (step: Step): string => {
        const source = sourceOf(step)
        if (source?.kind === 'again') return keyOf(names.get(source.step) ?? step)
        const { iss, jti } = claimsOf(step)
        return JSON.stringify([iss, jti])
      }
      for (const [key, same] of Map.groupBy(first, keyOf)) {
        const flags = same.map((step) => isLast(sourceOf(step)))
        expect(flags, key).toEqual(same.map((_, at) => at === same.length - 1))
      }
    }
  })
})

describe('a counterexample', () => {
  test('of a server that remembers nothing is one assertion twice', () => {
    const { conclusion } = conductAll(planned('7').experiment, (steps) =>
      failingBy(steps, () => true),
    )
    for (const { sequence } of found(conclusion)) {
      expect(sequence.map(({ what }) => what)).toEqual(['genuine', 'genuine'])
    }
    expect(found(conclusion)).toHaveLength(2)
  })

  test('of a server that remembers before it checks signatures is a forged one before a genuine one', () => {
    const { conclusion } = conductAll(planned('7').experiment, burned)
    for (const { sequence } of found(conclusion)) {
      expect(sequence).toEqual([
        { what: 'forged', of: 0, node: 0, waitMs: 0 },
        { what: 'genuine', of: 0, node: 0, waitMs: 0 },
      ])
    }
    expect(found(conclusion)).toHaveLength(2)
  })

  test('of a server whose nodes remember by themselves is at two nodes', () => {
    const { conclusion } = conductAll(planned('7').experiment, (steps) =>
      failingBy(steps, (one, other) => one.node !== other.node),
    )
    for (const { sequence } of found(conclusion)) {
      expect(sequence.map(({ what }) => what)).toEqual(['genuine', 'genuine'])
      expect(new Set(sequence.map(({ node }) => node)).size).toBe(2)
    }
  })
})

test('a target with one party is asked all but what takes two', () => {
  const principals = FACTS.principals.filter(({ roles }) => roles.includes('honest'))
  const { experiment } = planned('7', { ...FACTS, principals })
  const { rounds } = conductAll(experiment, nobody)
  const parties = new Set(
    rounds
      .flat()
      .map((step) => claimsOf(step).iss)
      .filter(Boolean),
  )
  expect(parties.size).toBe(2)
  expect(rounds.flat().some(isForged)).toBe(true)
})

test('a target that does not say whose identifiers it tells apart is sent no namesake', () => {
  const { experiment } = planProperty(sequences, PROFILE.policy, FACTS, { random: seeded('7') })
  const { rounds } = conductAll(experiment, nobody)
  expect(rounds.flat().some(isNamesake)).toBe(false)
})

function nobody(): readonly string[] {
  return []
}

/** Cases in which a genuine assertion comes twice in a way that is held against the server. */
function failingBy(
  steps: readonly Step[],
  wrong: (one: Step, other: Step) => boolean,
): readonly string[] {
  const firsts = new Map(steps.map((step) => [step.name, step]))
  return steps
    .filter((step) => {
      const source = sourceOf(step)
      const one = source?.kind === 'again' ? firsts.get(source.step) : undefined
      return one !== undefined && wrong(one, step)
    })
    .map(({ caseId }) => caseId)
}

/** Cases in which a genuine assertion comes for the first time after a forged one under its identifier. */
function burned(steps: readonly Step[]): readonly string[] {
  const seen = new Set<string>()
  const failing: string[] = []
  for (const step of steps.filter((each) => sourceOf(each)?.kind === 'minted')) {
    const { iss, jti } = claimsOf(step)
    const key = JSON.stringify([iss, jti])
    if (isGenuine(step) && seen.has(key)) failing.push(step.caseId)
    if (isForged(step)) seen.add(key)
  }
  return failing
}

function sourceOf({ parts }: Step): Source | undefined {
  return Object.values(parts).at(-1)
}

function isForged(step: Step): boolean {
  const source = sourceOf(step)
  return source?.kind === 'minted' && source.defect?.kind === 'signature-bit'
}

/** Of the party that all controls are of. */
function isGenuine(step: Step | undefined): boolean {
  return step !== undefined && !isForged(step) && !isNamesake(step)
}

function isNamesake({ principal }: Step): boolean {
  return FACTS.principals.some(
    ({ name, roles }) => name === principal && !roles.includes('hostile'),
  )
}

function isLast(source: Source | undefined): boolean {
  return source !== undefined && 'last' in source && source.last
}

function claimsOf(step: Step): { readonly iss: Json; readonly jti: Json } {
  const source = sourceOf(step)
  return Object(source?.kind === 'minted' ? source.claims : {})
}

interface Found {
  readonly statement: Json
  readonly sequence: readonly { readonly what: Json; readonly node: Json }[]
}

function found(conclusion: Json): readonly Found[] {
  const { counterexamples } = Object(conclusion)
  return counterexamples
}
