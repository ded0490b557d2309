/** Goal: a draft that names an algorithm is signed by the party's key of it, and not asked where there is none. */
import { describe, expect, test } from 'vitest'
import type { Change, Check } from '../../../harness/model/check.ts'
import type { Step } from '../../../harness/model/plan.ts'
import type { KeyFacts, TargetFacts } from '../../../harness/model/target.ts'
import { planChecks, type PlannedChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { accepted } from '../../../suites/draft.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { mintedIn } from './drawn.ts'
import { FACTS } from './facts.ts'

const WITH_RSA: TargetFacts = {
  ...FACTS,
  principals: FACTS.principals.map((each) => ({ ...each, keys: [...each.keys, rsa(each.name)] })),
}

function planned(change: Omit<Change, 'defect'>, facts: TargetFacts): PlannedChecks {
  const check: Check = {
    id: 'rfc7523/5/rs256',
    title: 'RS256',
    section: 'RFC 7523 §5',
    level: 'must',
    requirement: 'RS256 must be known.',
    usages: ['client-authentication'],
    finding: 'refusal/valid-refused',
    cases: [accepted('one', { ...change, defect: null }, 'it is right')],
  }
  return planChecks([check], [PROFILES[0]], facts, seeded('7'))
}

function stepsOf({ experiment }: PlannedChecks): readonly Step[] {
  const first = experiment.start()
  return 'ask' in first ? [...first.ask] : []
}

describe('a draft that names an algorithm', () => {
  test('is signed by that key, under its name, between controls of the first key', () => {
    const steps = stepsOf(planned({ algorithm: 'RS256' }, WITH_RSA))
    expect(steps.map((step) => [mintedIn(step).signer, mintedIn(step).header])).toEqual([
      ['honest-key', { alg: 'ES256', kid: 'honest-kid' }],
      ['honest-rsa', { alg: 'RS256', kid: 'honest-rsa-kid' }],
      ['honest-key', { alg: 'ES256', kid: 'honest-kid' }],
    ])
  })

  test('is unsupported where the party has no such key, and nothing is asked', () => {
    const plan = planned({ algorithm: 'RS256' }, FACTS)
    expect(plan.checks[0]?.unsupported).toEqual({ 'ca:one': 'needs a registered RS256 key' })
    expect(stepsOf(plan)).toEqual([])
  })

  test('takes the key of whoever signs in the party’s place', () => {
    const steps = stepsOf(
      planned({ algorithm: 'RS256', signedBy: 'another-registered-party' }, WITH_RSA),
    )
    const [, signed] = steps.map((step) => mintedIn(step))
    expect(signed?.signer).toBe('spare-rsa')
    expect(signed?.header).toEqual({ alg: 'RS256', kid: 'spare-rsa-kid' })
  })
})

function rsa(owner: string): KeyFacts {
  return { name: `${owner}-rsa`, algorithm: 'RS256', kid: `${owner}-rsa-kid` }
}
