/** Goal: keys change once in a round, whatever is drawn, and what a wrong server needs is made as short as it can be. */
import { describe, expect, test } from 'vitest'
import type { FaultWindow, Json, Source, Step } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { planProperty, type PlannedProperty } from '../../../harness/plan/properties/property.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { rotations } from '../../../suites/properties/rotations.ts'
import { conductAll, isControl } from './drawn.ts'
import { FACTS, PUBLISHING } from './facts.ts'

const [{ policy }] = PROFILES
const SEEDS = ['1', '2', '3']

function planned(seed: string, facts: TargetFacts = PUBLISHING, runs = 30): PlannedProperty {
  return planProperty(rotations, policy, facts, { random: seeded(seed), runs })
}

interface FirstRound {
  readonly steps: readonly Step[]
  readonly faults: readonly FaultWindow[]
}

function firstRound(seed: string, facts?: TargetFacts): FirstRound {
  const next = planned(seed, facts).experiment.start()
  if (!('ask' in next)) throw new RangeError('nothing is asked')
  return { steps: [...next.ask], faults: next.faults }
}

/** How long a step waits after the one before it. */
function heldUs({ due }: Step): number {
  return 'after' in due ? due.plusUs : 0
}

/** Where the steps that come after the change begin. */
function turnIn(steps: readonly Step[]): number {
  return steps.findIndex((step) => heldUs(step) > 1e6)
}

describe('a round', () => {
  test.each(SEEDS)(
    'has one change of keys, which all of its halves lie around, seed %s',
    (seed) => {
      const { steps, faults } = firstRound(seed)
      const [window, ...others] = faults
      expect([window?.fault, window?.on, others]).toEqual(['keys.add', 'rotating', []])
      const turn = turnIn(steps)
      expect(window?.between).toEqual([steps[turn - 1]?.name, steps.at(-1)?.name])
      // Each waits for the one before, so that none of the second half comes before the first is over.
      for (const [at, step] of steps.entries()) {
        expect('after' in step.due ? step.due.after : null).toBe(steps[at - 1]?.name ?? null)
      }
      expect(steps.filter((step) => heldUs(step) > 1e6)).toEqual([steps[turn]])
    },
  )

  test('tells every node of the next key before any case goes on', () => {
    const { steps } = firstRound('1')
    const [turn, { nodes }] = [turnIn(steps), PUBLISHING]
    const asked = steps.slice(turn, turn + 2 * nodes.length)
    expect(asked.every(isControl)).toBe(true)
    expect(asked.map(({ node }) => node)).toEqual(nodes.flatMap((node) => [node, node]))
    const both = ['rotating-next-key', 'rotating-key']
    expect(asked.map(signerOf)).toEqual(nodes.flatMap(() => both))
  })

  test('waits for the new key where the target says that it knows one soon', () => {
    const soon = firstRound('1', declaring({ newKey: 2, removedKey: 4, revoked: 1 }))
    const late = firstRound('1', declaring({ newKey: 30, removedKey: 60, revoked: 1 }))
    const waited = ({ steps }: FirstRound): number => Math.max(...steps.map(heldUs)) / 1e6
    expect(waited(soon)).toBeCloseTo(2.3)
    expect(waited(late)).toBeCloseTo(1.1)
  })

  test('that follows another begins when the keys of that are forgotten', () => {
    const { rounds } = conductAll(
      planned('7', declaring({ newKey: 3, removedKey: 4, revoked: 1 })).experiment,
      doubled,
    )
    expect(rounds.length).toBeGreaterThan(2)
    const begins = rounds.map(([first]) =>
      first !== undefined && 'atUs' in first.due ? first.due.atUs : null,
    )
    expect(begins).toEqual(rounds.map((_, at) => (at === 0 ? 0 : 4_300_000)))
  })
})

describe('what is drawn', () => {
  const steps = SEEDS.flatMap((seed) => firstRound(seed).steps).filter((step) => !isControl(step))

  test('is signed by either key, and by those who have none of them', () => {
    const defects = new Set(steps.map(defectOf))
    expect(defects).toEqual(new Set([undefined, null, 'attacker-key', 'foreign-key']))
    const signers = new Set(steps.filter((step) => defectOf(step) === null).map(signerOf))
    expect(signers).toEqual(new Set(['rotating-key', 'rotating-next-key']))
    const foreign = steps.filter((step) => defectOf(step) === 'foreign-key').map(signerOf)
    expect(new Set(foreign)).toEqual(new Set(['spare-key']))
    expect(new Set(steps.map(({ principal }) => principal))).toEqual(new Set(['rotating']))
  })

  test('is judged by when its key came only where the next key signed it', () => {
    const own = firstRound('1').steps.filter((step) => !isControl(step))
    const names = new Map(own.map((step) => [step.name, step]))
    for (const step of own) {
      const source = sourceOf(step)
      const of = source?.kind === 'again' ? (names.get(source.step) ?? step) : step
      const isNew = signerOf(of) === 'rotating-next-key' && defectOf(of) === null
      expect(step.caseId.startsWith('property-rotations/rotated-new-ca/'), step.name).toBe(isNew)
    }
    const [old, fresh] = planned('1').judged.streams
    expect([old?.keyState, fresh?.keyState]).toEqual([undefined, { is: 'added', by: 'keys.add' }])
  })

  test('ends with the assertion of the old key', () => {
    for (const seed of SEEDS) {
      const own = firstRound(seed).steps.filter((step) => !isControl(step))
      for (const each of Map.groupBy(own, ({ caseId }) => caseId.split('/').at(-1)).values()) {
        const last = each.at(-1)
        expect(last?.caseId).toContain('/rotated-ca/')
        expect(last === undefined ? null : (defectOf(last) ?? null)).toBeNull()
      }
    }
  })
})

describe('a counterexample', () => {
  test('of a server that remembers nothing has no change of keys', () => {
    const { conclusion, rounds } = conductAll(planned('7').experiment, doubled)
    expect(sequencesIn(conclusion)).toEqual([['genuine old', 'genuine old']])
    // What need not wait for a change does not, and is asked in the last round.
    expect(turnIn(rounds.at(-1) ?? [])).toBe(-1)
  })

  test('of a server that forgets with the keys has the change between two uses', () => {
    const { conclusion } = conductAll(planned('7').experiment, (steps) => {
      const turn = turnIn(steps)
      return doubled(
        steps,
        (one, other) => turn >= 0 && steps.indexOf(one) < turn && steps.indexOf(other) >= turn,
      )
    })
    expect(sequencesIn(conclusion)).toEqual([['genuine old', 'rotate', 'genuine old']])
  })
})

test('a target without a party that publishes its keys is not asked, and told why', () => {
  const { judged } = planned('7', FACTS)
  expect(judged.streams).toEqual([])
  expect(judged.unsupported).toContain('for: [rotating]')
})

function declaring(
  propagationSeconds: NonNullable<TargetFacts['declares']['propagationSeconds']>,
): TargetFacts {
  return { ...PUBLISHING, declares: { ...PUBLISHING.declares, propagationSeconds } }
}

/** Cases in which one assertion comes twice, in a way that is held against the server. */
function doubled(
  steps: readonly Step[],
  wrong: (one: Step, other: Step) => boolean = () => true,
): readonly string[] {
  const names = new Map(steps.map((step) => [step.name, step]))
  return steps.flatMap((step) => {
    const source = sourceOf(step)
    const one = source?.kind === 'again' ? names.get(source.step) : undefined
    return one !== undefined && wrong(one, step) ? [step.caseId] : []
  })
}

function sourceOf({ parts }: Step): Source | undefined {
  return Object.values(parts).at(-1)
}

function signerOf(step: Step): string | undefined {
  const source = sourceOf(step)
  return source?.kind === 'minted' ? source.signer : undefined
}

/** Undefined of what comes again. */
function defectOf(step: Step): string | null | undefined {
  const source = sourceOf(step)
  if (source?.kind !== 'minted') return undefined
  return source.defect === null ? null : source.defect.kind
}

function sequencesIn(conclusion: Json): readonly (readonly string[])[] {
  const {
    counterexamples,
  }: { readonly counterexamples: readonly { readonly sequence: readonly Json[] }[] } =
    Object(conclusion)
  return counterexamples.map(({ sequence }) =>
    sequence.map((each) => {
      const { what, key }: { readonly what: string; readonly key?: string } = Object(each)
      return key === undefined ? what : `${what} ${key}`
    }),
  )
}
