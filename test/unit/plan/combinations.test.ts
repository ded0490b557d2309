/** Goal: the cases have every choice of ways for any two variations, and what fails is told by the few ways that it takes. */
import { describe, expect, test } from 'vitest'
import { seededKey, type PrivateJwk } from '../../../harness/jwt/keys.ts'
import { mint, type MintContext } from '../../../harness/jwt/mint.ts'
import type { Json, Step } from '../../../harness/model/plan.ts'
import { deserves } from '../../../harness/oracle/deserving/deserves.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { planProperty, type PlannedProperty } from '../../../harness/plan/properties/property.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { combinations } from '../../../suites/properties/combinations.ts'
import { conduct, isControl, mintedIn, type Minted } from './drawn.ts'
import { FACTS } from './facts.ts'

const [PROFILE] = PROFILES
const NOW_US = 1_790_000_000_000_000

function planned(runs: number | null = null): PlannedProperty {
  return planProperty(combinations, PROFILE.policy, FACTS, { random: seeded('7'), runs })
}

function asked(runs: number | null = null): readonly Step[] {
  const [first = []] = conduct(planned(runs).experiment, () => false).rounds
  return first.filter((step) => !isControl(step))
}

describe('what is combined', () => {
  test('has every two ways together, and says so', () => {
    const { conclusion } = conduct(planned().experiment, () => false)
    const { covered } = Object(conclusion)
    expect(Object.keys(covered)).toEqual([
      'combined-ca',
      'combined-jg',
      'combined-wrong-ca',
      'combined-wrong-jg',
    ])
    for (const { choices, cases } of Object.values<{ choices: Json[]; cases: number }>(covered)) {
      const [pairs, triples] = choices.map((each) => Object(each))
      expect(pairs.together).toBe(2)
      expect(pairs.covered).toBe(pairs.of)
      expect(triples.covered).toBeLessThan(triples.of)
      expect(cases).toBeLessThan(30)
    }
  })

  test('has every three ways together once many cases are asked for', () => {
    expect(asked(100).length).toBeGreaterThan(asked().length * 2)
    const { conclusion } = conduct(planned(100).experiment, () => false)
    const [first] = Object(conclusion).covered['combined-ca'].choices
    expect(first).toMatchObject({ together: 3, covered: first.of })
  })

  test('has an escaped writing with each order, and each spoiling with each', () => {
    const wrong = asked()
      .map(mintedIn)
      .filter(({ defect }) => defect !== null)
    const pairs = new Set(wrong.map(({ defect, escapes }) => `${defect?.kind} ${escapes}`))
    for (const kind of ['signature-bit', 'algorithm-none', 'expired', 'audience']) {
      for (const escapes of ['names', 'letters', undefined])
        expect(pairs).toContain(`${kind} ${escapes}`)
    }
  })

  test('deserves acceptance where nothing spoils it and rejection where something does', () => {
    for (const step of asked()) {
      const source = mintedIn(step)
      const { truth } = mint(source, NOW_US, MINTING)
      const standard = { policy: PROFILE.policy, target: JUDGING.target, principal: step.principal }
      const ruling = deserves(truth, source.usage, standard, {
        lowUs: NOW_US,
        highUs: NOW_US + 1e5,
      })
      expect(ruling.deserves, step.name).toBe(source.defect === null ? 'accept' : 'reject')
    }
  })
})

describe('a counterexample', () => {
  test('of a server that cannot read an escape behind a tab has these two and nothing else', () => {
    const { conclusion } = conduct(
      planned().experiment,
      ({ indent, escapes, defect }: Minted) =>
        defect === null && indent === '\t' && escapes === 'letters',
    )
    const { counterexamples } = Object(conclusion)
    expect(counterexamples).toHaveLength(2)
    for (const each of counterexamples) {
      expect(each).toMatchObject({ indent: '\t', escapes: 'letters', defect: null })
      expect(Object.keys(each.claims)).toEqual(['iss', 'sub', 'aud', 'jti', 'iat', 'exp'])
      expect(each.signer).toBeUndefined()
    }
  })
})

const KEYS: Readonly<Record<string, PrivateJwk>> = Object.fromEntries(
  FACTS.principals.flatMap(({ keys }) =>
    keys.map(({ name, kid }) => [name, seededKey('ES256', kid, seeded(name))]),
  ),
)
const MINTING: MintContext = {
  keys: KEYS,
  owners: Object.fromEntries(
    FACTS.principals.flatMap(({ id, keys }) => keys.map(({ name }) => [name, id])),
  ),
  runId: 'run',
}
const JUDGING = judgingOf({
  profiles: PROFILES,
  asked: [PROFILE.name],
  strict: false,
  facts: FACTS,
  clocks: [],
  blocks: [],
  checks: [],
  scenarios: [],
})
