/** Goal: what is drawn deserves what its statement says, and what fails is made as small as it can be. */
import { join } from 'node:path'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk, seededKey, type PrivateJwk } from '../../../harness/jwt/keys.ts'
import { mint, type MintContext } from '../../../harness/jwt/mint.ts'
import type { Json, Step } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { deserves } from '../../../harness/oracle/deserving/deserves.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { planProperty, type PlannedProperty } from '../../../harness/plan/properties/property.ts'
import { seeded } from '../../../harness/random.ts'
import { assertions } from '../../../suites/properties/assertions.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { claimNames, conduct, isControl, mintedIn, type Minted } from './drawn.ts'
import { FACTS } from './facts.ts'

const [PROFILE] = PROFILES
const NOW_US = 1_790_000_000_000_000
const SEEDS = ['1', '2', '3', '4', '5', '6']

function planned(seed: string, facts: TargetFacts = FACTS): PlannedProperty {
  return planProperty(assertions, PROFILE.policy, facts, { random: seeded(seed) })
}

function drawn(seed: string): readonly Step[] {
  const [first = []] = conduct(planned(seed).experiment, () => false).rounds
  return first
}

describe('what is drawn', () => {
  test('is what each statement promises of each usage, between two controls of its party', () => {
    const steps = drawn('7')
    const arms = Map.groupBy(
      steps.filter((step) => !isControl(step)),
      armOf,
    )
    expect([...arms.keys()]).toEqual([
      'well-signed-ca',
      'well-signed-jg',
      'unsigned-ca',
      'unsigned-jg',
      'misspoken-ca',
      'misspoken-jg',
      'junk-ca',
      'junk-jg',
    ])
    for (const [arm, { length }] of arms) {
      const most = /^(well|junk)/.test(arm) ? 16 : 12
      expect(length).toBeLessThanOrEqual(most)
      expect(length).toBeGreaterThan(most / 2)
    }
    // And one after each that is right: several refusals in a row may be those of a party that was locked out.
    const right = [...arms].flatMap(([arm, all]) => (arm.startsWith('well') ? all : []))
    expect(steps.filter(isControl)).toHaveLength(2 * arms.size + right.length)
    expect(steps.filter(({ due }) => 'atUs' in due).every(isControl)).toBe(true)
  })

  test('deserves acceptance if well signed and right, and rejection if not, by the general rules', () => {
    for (const step of SEEDS.flatMap(drawn)) {
      const { truth } = mint(mintedIn(step), NOW_US, MINTING)
      const standard = { policy: PROFILE.policy, target: JUDGING.target, principal: step.principal }
      const { usage } = mintedIn(step)
      const ruling = deserves(truth, usage, standard, { lowUs: NOW_US, highUs: NOW_US + 1e5 })
      const right = isControl(step) || armOf(step).startsWith('well')
      const owed = right ? 'accept' : isJunk(step) ? /either|reject/ : 'reject'
      expect(ruling.deserves, `${step.name}: ${ruling.because}`).toMatch(owed)
    }
  })

  test('verifies under its party’s key if well signed and never if not, by jose', async () => {
    for (const step of SEEDS.slice(0, 2).flatMap(drawn)) {
      if (isJunk(step)) continue
      const source = mintedIn(step)
      const key = await importJWK(publicJwk(keyNamed(source.signer)), 'ES256')
      const verified = await compactVerify(mint(source, NOW_US, MINTING).text, key).then(
        () => true,
        () => false,
      )
      expect(verified, step.name).toBe(isControl(step) || !armOf(step).startsWith('unsigned'))
    }
  })

  test('differs in order, in white space, in optional claims and parameters, and in claims that nobody knows', () => {
    const sources = SEEDS.flatMap(drawn)
      .filter((step) => !isControl(step))
      .map(mintedIn)
    const some = (what: (source: Minted) => boolean): number => sources.filter(what).length
    const known = ['iss', 'sub', 'aud', 'jti', 'iat', 'exp', 'nbf']
    const differences = {
      order: some((source) => claimNames(source)[0] !== 'iss'),
      indent: some(({ indent }) => indent !== undefined),
      unknown: some((source) => claimNames(source).some((name) => !known.includes(name))),
      withoutIat: some((source) => !claimNames(source).includes('iat')),
      nbf: some((source) => claimNames(source).includes('nbf')),
      withoutKid: some(({ header }) => !('kid' in Object(header))),
      typ: some(({ header }) => 'typ' in Object(header)),
      escapes: some(({ escapes }) => escapes !== undefined),
      length: some((source) => 'cupel_filler' in Object(source.claims)),
      list: some(({ claims }) => Array.isArray(Object(claims).aud)),
      fraction: some(({ claims }) => JSON.stringify(claims).includes('.5}')),
      unicode: some((source) => /[^\x20-\x7e]/.test(JSON.stringify(source.claims))),
    }
    for (const [what, times] of Object.entries(differences)) {
      expect(times, what).toBeGreaterThan(10)
    }
  })

  test('keeps the kid where the party has several keys', () => {
    const principals = FACTS.principals.map((each) => ({
      ...each,
      keys: [...each.keys, { name: `${each.name}-2`, algorithm: 'EdDSA', kid: 'another' }],
    }))
    const { experiment } = planned('7', { ...FACTS, principals })
    const [first = []] = conduct(experiment, () => false).rounds
    expect(first.filter((step) => !('kid' in Object(mintedIn(step).header)))).toEqual([])
  })

  test('never holds a marker that a template would fill in, nor one jti twice', () => {
    const sources = SEEDS.flatMap(drawn).map(mintedIn)
    for (const { claims } of sources) {
      const markers = JSON.stringify(claims).match(/"\$[^"]*":/g) ?? []
      expect(markers.filter((each) => each !== '"$now":' && each !== '"$jti":')).toEqual([])
    }
    const stems = sources.map(({ claims }) => JSON.stringify(Object(claims).jti))
    expect(new Set(stems).size).toBe(stems.length)
  })

  test('is the same for the same seed', () => {
    expect(drawn('7')).toEqual(drawn('7'))
    expect(drawn('8')).not.toEqual(drawn('7'))
  })
})

describe('a counterexample', () => {
  test('of a server that believes alg none is that and nothing else', async () => {
    const { rounds, conclusion } = conduct(
      planned('7').experiment,
      ({ defect }) => defect?.kind === 'algorithm-none',
    )
    expect(found(conclusion).map(({ statement }) => statement)).toEqual([
      'unsigned-ca',
      'unsigned-jg',
    ])
    for (const { defect, header, claims } of found(conclusion)) {
      expect(defect).toEqual({ kind: 'algorithm-none' })
      expect(Object.keys(Object(header))).toEqual(['alg', 'kid'])
      expect(Object.keys(Object(claims))).toEqual(['iss', 'sub', 'aud', 'jti', 'iat', 'exp'])
    }
    expect(rounds.length).toBeLessThan(20)
    await expect(`${JSON.stringify(conclusion, null, 2)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, '__outputs__/counterexamples.json'),
    )
  })

  test('of a server that reads the issuer from the first claim has but the order changed', () => {
    const { conclusion } = conduct(
      planned('7').experiment,
      (source) => source.defect === null && claimNames(source)[0] !== 'iss',
    )
    for (const { claims, shownIn } of found(conclusion)) {
      const names = Object.keys(Object(claims))
      expect(names.toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub'])
      expect(names[0]).not.toBe('iss')
      expect(shownIn).toMatch(/^(\d+) of \1$/)
    }
    expect(found(conclusion)).toHaveLength(2)
  })

  test('of a server that chokes on a certain claim value has that value and no other claim', () => {
    const holdsNull = ({ defect, claims }: Minted): boolean =>
      defect === null && Object.values(Object(claims)).includes(null)
    const conclusion = SEEDS.map((seed) => conduct(planned(seed).experiment, holdsNull).conclusion)
    const all = conclusion.flatMap(found)
    expect(all.length).toBeGreaterThan(0)
    for (const { claims } of all) {
      const unknown = Object.entries(Object(claims)).slice(6)
      expect(unknown).toEqual([[expect.any(String), null]])
    }
  })

  test('that shows by chance is asked more often, and says how often it showed', () => {
    const random = seeded('chance')
    const { rounds, conclusion } = conduct(
      planned('7').experiment,
      ({ defect }) => defect !== null && random.next() < 0.4,
    )
    const counterexamples = found(conclusion)
    expect(counterexamples).not.toEqual([])
    for (const { shownIn } of counterexamples) {
      const [shown = 0, asked = 0] = shownIn.split(' of ').map(Number)
      expect(shown).toBeGreaterThan(0)
      expect(asked).toBeGreaterThan(5)
      expect(shown).toBeLessThan(asked)
    }
    for (const steps of rounds.slice(1)) {
      const cases = steps.filter((step) => !isControl(step))
      for (const [, arm] of Map.groupBy(cases, armOf)) expect(arm.length).toBeLessThanOrEqual(24)
    }
  })

  test('does not exist where nothing fails, and then one round was all', () => {
    const { rounds, conclusion } = conduct(planned('7').experiment, () => false)
    expect(rounds).toHaveLength(1)
    expect(found(conclusion)).toEqual([])
  })
})

describe('a property of a target', () => {
  test('that has none of its usages is unsupported, and asks nothing', () => {
    const { experiment, judged } = planned('7', { ...FACTS, usages: [], principals: [] })
    expect(judged.unsupported).toMatch(/has no client-authentication/)
    expect(conduct(experiment, () => true).rounds).toEqual([])
  })

  test('means something only if most of its right cases were answered', () => {
    const { judged } = planned('7')
    for (const { stream, needed, counts } of judged.guards) {
      expect(needed, stream).toBeGreaterThan(1)
      expect(counts).toBe(stream?.startsWith('well') === true ? 'owed-accepts' : 'determinate')
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

function keyNamed(name: string): PrivateJwk {
  const key = KEYS[name]
  if (key === undefined) throw new RangeError(`there is no key ${name}`)
  return key
}

function isJunk(step: Step): boolean {
  return !isControl(step) && armOf(step).startsWith('junk')
}

function armOf({ caseId }: Step): string {
  return caseId.split('/')[1] ?? ''
}

interface Found {
  readonly statement: Json
  readonly header: Json
  readonly claims: Json
  readonly defect: Json
  readonly shownIn: string
}

function found(conclusion: Json): readonly Found[] {
  const { counterexamples } = Object(conclusion)
  return counterexamples
}
