/** Who is asked to send what, what a round is known by, and what a history is told of its target. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Step } from '../../../harness/model/plan.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import type { Principal, TargetFacts } from '../../../harness/model/target.ts'
import { digest } from '../../../harness/plan/digest.ts'
import { extentOf } from '../../../harness/plan/extent.ts'
import { judgingOf, type JudgingInput } from '../../../harness/plan/judging.ts'
import {
  anotherThan,
  freshPrincipals,
  namesakeOf,
  principalFor,
} from '../../../harness/plan/principals.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { streamOf } from '../oracle/histories.ts'
import { FACTS } from './facts.ts'

const CLIENT = 'client-authentication'

function named(name: string): Principal {
  const found = FACTS.principals.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(name)
  return found
}

function having(...principals: readonly Principal[]): TargetFacts {
  return { ...FACTS, principals }
}

const names = (of: readonly (Principal | undefined)[]) => of.map((each) => each?.name)

describe('the party for a role', () => {
  test('is one of that usage that has the role', () => {
    expect(principalFor(FACTS, CLIENT, 'hostile')?.name).toBe('hostile')
    expect(principalFor(FACTS, 'authorization-grant', 'hostile')?.name).toBe('hostile-issuer')
  })

  test('is whoever there is, where nobody has it, and nobody where there is none of that usage', () => {
    expect(principalFor(FACTS, CLIENT, 'rotating')?.name).toBe('honest')
    expect(principalFor(FACTS, 'dpop-proof', 'honest')).toBeUndefined()
  })
})

describe('another party than one', () => {
  test('is a spare one, or else any other of its usage', () => {
    expect(anotherThan(FACTS, named('honest'))?.name).toBe('spare')
    expect(anotherThan(FACTS, named('spare'))?.name).toBe('honest')
    const two = having(named('honest'), named('honest-issuer'), named('hostile'))
    expect(anotherThan(two, named('honest'))?.name).toBe('hostile')
    expect(
      anotherThan(having(named('honest'), named('spare-issuer')), named('honest')),
    ).toBeUndefined()
  })

  test('whose name goes on where its ends is of its usage, and not itself', () => {
    const longer = { ...named('spare'), name: 'longer', id: 'client-honest/2' }
    expect(namesakeOf(having(named('honest'), longer), named('honest'))?.name).toBe('longer')
    expect(namesakeOf(FACTS, named('honest'))).toBeUndefined()
    const grant = { ...longer, usage: 'authorization-grant' as const }
    expect(namesakeOf(having(named('honest'), grant), named('honest'))).toBeUndefined()
    const before = { ...longer, id: 'my-client-honest' }
    expect(namesakeOf(having(named('honest'), before), named('honest'))).toBeUndefined()
  })

  test('may send a lost control again: spare ones first, and never the one that lost it', () => {
    expect(names(freshPrincipals(FACTS, CLIENT, 'honest'))).toEqual(['spare', 'hostile'])
    expect(names(freshPrincipals(FACTS, CLIENT, 'spare'))).toEqual(['honest', 'hostile'])
    expect(freshPrincipals(FACTS, 'dpop-proof', 'honest')).toEqual([])
  })
})

describe('a plan is known', () => {
  test('by all of its data, in order', () => {
    const text = '{"a":1}\n"b"\n'
    expect(digest([{ a: 1 }, 'b'])).toBe(createHash('sha256').update(text).digest('hex'))
    expect(digest(['ab'])).not.toBe(digest(['a', 'b']))
  })

  test('by its steps, or by what they are made from where they are made as they are read', () => {
    const steps = [{ name: 'one' }, { name: 'two' }] as unknown as readonly Step[]
    expect(extentOf(steps)).toEqual({ count: 2, parts: [{ name: 'one' }, { name: 'two' }] })
    const streams = [
      { length: 3, recipe: { of: 'a' } },
      { length: 4, recipe: { of: 'b' } },
    ]
    const made = Object.assign([], { streams }) as never
    expect(extentOf(made)).toEqual({ count: 7, parts: [{ of: 'a' }, { of: 'b' }] })
    const unmade = Object.assign([...steps], { streams: undefined }) as never
    expect(extentOf(unmade)).toEqual({ count: 2, parts: [{ name: 'one' }, { name: 'two' }] })
  })
})

describe('what a history is told', () => {
  const SCENARIO: Scenario = {
    name: 's',
    question: 'Is it?',
    means: { conforms: 'It is.', violates: 'It is not.' },
    needs: [],
    nodes: 1,
    streams: [],
    faults: [{ fault: 'link.cut', on: 'edge', startSeconds: 1, endSeconds: 2 }],
    guards: [],
    gates: [],
    maxUndecided: 0,
  }
  const input = (more: Partial<JudgingInput> = {}): JudgingInput => ({
    profiles: PROFILES,
    asked: ['rfc7523'],
    strict: true,
    facts: FACTS,
    clocks: ['node-1'],
    blocks: [],
    checks: [],
    scenarios: [{ scenario: SCENARIO, unsupported: null }],
    ...more,
  })

  test('of the target is all that judging needs, and no key of anybody', () => {
    const { target, policies, asked, strict } = judgingOf(input())
    expect([asked, strict, Object.keys(policies)]).toEqual([
      ['rfc7523'],
      true,
      PROFILES.map(({ name }) => name),
    ])
    expect(target).toMatchObject({
      name: 'paper',
      kind: 'token-endpoint',
      tokenEndpoint: 'https://as.example/token',
      resource: null,
      nodes: FACTS.nodes,
      clocks: ['node-1'],
    })
    expect(target.principals['hostile']).toEqual({
      id: 'client-hostile',
      subject: 'client-hostile',
      usage: CLIENT,
      roles: ['hostile'],
    })
    expect(target).not.toHaveProperty('called')
    expect(judgingOf(input({ called: 'x.yaml' })).target.called).toBe('x.yaml')
  })

  test('of endpoints is those that there are', () => {
    const facts = { ...FACTS, endpoints: { resource: 'https://api.example' } }
    expect(judgingOf(input({ facts })).target).toMatchObject({
      tokenEndpoint: null,
      resource: 'https://api.example',
    })
  })

  test('of a scenario asked several times is each of its faults as often', () => {
    const faults = (times?: number) =>
      judgingOf(
        input({
          scenarios: [
            {
              scenario: SCENARIO,
              unsupported: 'no link',
              ...(times === undefined ? {} : { times }),
            },
          ],
        }),
      ).scenarios[0]
    expect(faults()).toMatchObject({ name: 's', unsupported: 'no link', faults: SCENARIO.faults })
    expect(faults(3)?.faults).toHaveLength(3)
    for (const key of ['mix', 'climb', 'tolerates']) expect(faults()).not.toHaveProperty(key)
  })

  test('of what else a scenario has, and of properties before it', () => {
    const tolerates = { dropped: 1 }
    const scenario = { ...SCENARIO, tolerates } as Scenario
    const property = { ...judgingOf(input()).scenarios[0], name: 'p' } as never
    const { scenarios } = judgingOf(
      input({ properties: [property], scenarios: [{ scenario, unsupported: null }] }),
    )
    expect(scenarios.map(({ name }) => name)).toEqual(['p', 's'])
    expect(scenarios[1]).toMatchObject({ tolerates })
  })

  test('of a mix and a climb, and of streams as this target can be asked them', () => {
    const mix = { kind: 'even', perSecond: 1, startSeconds: 0, endSeconds: 1 } as const
    const climb = { times: [1], unavailable: 0 }
    const streams = [streamOf({ tries: true })]
    const told = (facts: TargetFacts) =>
      judgingOf(
        input({
          facts,
          scenarios: [{ scenario: { ...SCENARIO, mix, climb, streams }, unsupported: null }],
        }),
      ).scenarios[0]
    expect(told(FACTS)).toMatchObject({ mix, climb, streams })
    // Where there is nowhere to try a token none is tried.
    const { introspection: _, ...endpoints } = FACTS.endpoints
    expect(told({ ...FACTS, endpoints })?.streams).toEqual([streamOf()])
  })

  test('of a plan, where there is one', () => {
    const plan = { shard: { index: 1, of: 2 } } as never
    const basis = { seed: '7' } as never
    expect(judgingOf(input())).not.toHaveProperty('plan')
    expect(judgingOf(input({ plan, basis }))).toMatchObject({ plan, basis })
  })
})
