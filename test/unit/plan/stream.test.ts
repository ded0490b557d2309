import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unitsOf } from '../../../harness/drive/units.ts'
import type { Source, Step } from '../../../harness/model/plan.ts'
import type { Stream } from '../../../harness/model/scenario.ts'
import { lacksFor, streamOf } from '../../../harness/plan/scenarios/stream.ts'
import { seeded } from '../../../harness/random.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const STREAM: Stream = {
  name: 'some',
  attack: null,
  usage: 'client-authentication',
  by: 'hostile',
  arrivals: { kind: 'in-turn', count: 3 },
  copies: 2,
  release: 'in-turn',
  gapSeconds: 0,
  nodes: 'rotate',
  lifetimeSeconds: 60,
}
const CONTEXT = { scenario: 's', policy: rfc7523bis.policy, facts: FACTS, random: seeded('7') }

const FORGED = { defect: { kind: 'signature-bit' } }

function planned(more: Partial<Stream>): readonly Step[] {
  return [...streamOf({ ...STREAM, ...more }, CONTEXT)]
}

function sourceOf(step: Step | undefined): Source | undefined {
  return step?.parts['client_assertion']
}

/** The identifier of a minted credential, as the plan knows it. */
function jtiOf(step: Step | undefined): unknown {
  const source = sourceOf(step)
  return source?.kind === 'minted' ? Object(source.claims)['jti'] : null
}

/** The steps in an order in which they can become due one by one. */
function inOrder(steps: readonly Step[]): readonly string[] {
  const next = new Map(steps.map(({ name, due }) => ['after' in due ? due.after : '', name]))
  const names: string[] = []
  for (let name = next.get(''); name !== undefined; name = next.get(name)) names.push(name)
  return names.map((name) => name.replace('s/r0/some/', ''))
}

describe('a grant that a client must stand beside', () => {
  const usage = 'authorization-grant'
  const demanding = {
    ...CONTEXT,
    policy: { ...CONTEXT.policy, 'grant.clientAuth': 'required' },
  } as const
  const steps = [...streamOf({ ...STREAM, usage }, demanding)]

  test('has one, and comes last itself', () => {
    expect(steps.map(({ parts }) => Object.keys(parts))).toEqual(
      steps.map(() => ['client_assertion', 'assertion']),
    )
    expect(steps[0]?.params.map(([name]) => name)).toContain('client_assertion_type')
  })

  test('is sent again beside a fresh one, which no replay is', () => {
    const besides = steps.map(jtiOf)
    expect(new Set(besides.map((each) => JSON.stringify(each))).size).toBe(steps.length)
  })

  test('names that client, which is the one that authenticates', () => {
    for (const { parts } of steps.filter((_, index) => index % 2 === 0)) {
      const [client, grant] = [parts['client_assertion'], parts['assertion']].map((source) =>
        source?.kind === 'minted' ? Object(source.claims) : {},
      )
      expect(grant.client_id).toBe(client.iss)
      expect(client.iss).toBeTypeOf('string')
    }
  })

  test('is alone where nobody must', () => {
    const alone = [...streamOf({ ...STREAM, usage }, CONTEXT)]
    expect(alone.flatMap(({ parts }) => Object.keys(parts))).toEqual(alone.map(() => 'assertion'))
  })
})

describe('copies in rounds', () => {
  test('come again in the order of the first ones, each after all the others', () => {
    expect(inOrder(planned({ release: 'in-rounds' }))).toEqual([
      '0/c0',
      '1/c0',
      '2/c0',
      '0/c1',
      '1/c1',
      '2/c1',
    ])
  })

  test('wait for the gap once, between the rounds', () => {
    const gaps = planned({ release: 'in-rounds', gapSeconds: 2 }).map(({ due }) =>
      'after' in due ? due.plusUs : 0,
    )
    expect(gaps).toEqual([0, 0, 0, 2e6, 0, 0])
  })
})

describe('copies in turn', () => {
  test('of one assertion come before the next assertion', () => {
    expect(inOrder(planned({}))).toEqual(['0/c0', '0/c1', '1/c0', '1/c1', '2/c0', '2/c1'])
  })
})

describe('a burst', () => {
  test('is due all at once', () => {
    const steps = planned({ arrivals: { kind: 'burst', count: 5, atSeconds: 1.5 }, copies: 1 })
    expect(steps).toHaveLength(5)
    expect(steps.filter(({ due }) => 'atUs' in due && due.atUs === 1_500_000)).toHaveLength(5)
  })
})

describe('a stream', () => {
  test('knows how many steps it has, and is the same when read again', () => {
    for (const release of ['in-turn', 'together', 'in-rounds'] as const) {
      const arrivals = { kind: 'poisson', perSecond: 20, startSeconds: 0, endSeconds: 3 } as const
      const stream = streamOf({ ...STREAM, arrivals, release }, CONTEXT)
      const steps = [...stream]
      expect(steps).toHaveLength(stream.length)
      expect([...stream]).toEqual(steps)
      expect(streamOf({ ...STREAM, arrivals, release }, CONTEXT).recipe).toEqual(stream.recipe)
    }
  })

  test('of another seed, party or lifetime has another recipe', () => {
    const recipe = (change: Partial<Stream>, random = CONTEXT.random): string =>
      JSON.stringify(streamOf({ ...STREAM, ...change }, { ...CONTEXT, random }).recipe)
    const recipes = [
      recipe({}),
      recipe({}, seeded('8')),
      recipe({ by: 'honest' }),
      recipe({ lifetimeSeconds: 30 }),
    ]
    expect(new Set(recipes).size).toBe(4)
  })

  test('of a million steps is there at once, and makes none before it is asked', () => {
    const arrivals = { kind: 'even', perSecond: 1e6, startSeconds: 0, endSeconds: 1e6 } as const
    const stream = streamOf({ ...STREAM, arrivals }, CONTEXT)
    expect(stream.length).toBe(2e12)
    const [first] = stream
    expect(first?.name).toBe('s/r0/some/0/c0')
  })

  test('that is a share has its part of the mix, and none without one', () => {
    const mix = { kind: 'even', perSecond: 100, startSeconds: 0, endSeconds: 2 } as const
    const arrivals = { kind: 'share', of: 0.25 } as const
    expect(streamOf({ ...STREAM, arrivals, copies: 1 }, CONTEXT, mix).length).toBe(50)
    expect(() => streamOf({ ...STREAM, arrivals }, CONTEXT)).toThrow(RangeError)
  })
})

describe('a first copy of its own', () => {
  test('is another assertion under the same identifier, and the genuine one is the last', () => {
    const [first, second, other] = planned({ first: FORGED })
    expect(sourceOf(first)).toMatchObject({ kind: 'minted', defect: FORGED.defect, last: false })
    expect(sourceOf(second)).toMatchObject({ kind: 'minted', defect: null, last: true })
    expect(jtiOf(first)).toEqual(jtiOf(second))
    expect(jtiOf(other)).not.toEqual(jtiOf(first))
  })

  test('is not what later copies repeat', () => {
    const [, second, third] = planned({ first: FORGED, copies: 3 })
    expect(sourceOf(second)).toMatchObject({ kind: 'minted', last: false })
    expect(sourceOf(third)).toMatchObject({ kind: 'again', step: second?.name, last: true })
  })
})

describe('a change', () => {
  test('is in every assertion of the stream, with markers for the target’s own names filled in', () => {
    const aud = { $audience: 'issuer', suffix: '/' }
    const change = { set: { aud, exp: { $now: -60 } }, drop: ['iat'], defect: { kind: 'expired' } }
    const minted = planned({ change, copies: 1 }).map(sourceOf)
    expect(minted).toHaveLength(3)
    for (const source of minted)
      expect(source).toMatchObject({
        defect: { kind: 'expired' },
        claims: { aud: 'https://as.example/', exp: { $now: -60 }, iss: 'client-hostile' },
      })
    expect(JSON.stringify(minted)).not.toContain('"iat"')
  })

  test('that needs a second party or another key says so where there is none', () => {
    const alone = {
      ...FACTS,
      principals: FACTS.principals.filter(({ roles }) => roles.includes('hostile')),
    }
    const foreign = {
      ...STREAM,
      change: { signedBy: 'another-registered-party' as const, defect: null },
    }
    expect(lacksFor(foreign, FACTS)).toBeNull()
    expect(lacksFor(foreign, alone)).toBe('needs a second registered party')
    const stronger = { ...STREAM, first: { algorithm: 'RS256', defect: null } }
    expect(lacksFor(stronger, FACTS)).toBe('needs a registered RS256 key')
  })
})

test('whatever a stream says, its steps can all become due, and each identifier ends once', () => {
  fc.assert(
    fc.property(
      fc.record({
        copies: fc.integer({ min: 1, max: 4 }),
        release: fc.constantFrom('together', 'in-turn', 'in-rounds'),
        first: fc.option(fc.constant(FORGED), { nil: undefined }),
        arrivals: fc.oneof(
          fc.record({
            kind: fc.constant('in-turn' as const),
            count: fc.integer({ min: 1, max: 5 }),
          }),
          fc.record({
            kind: fc.constant('burst' as const),
            count: fc.integer({ min: 1, max: 5 }),
            atSeconds: fc.integer({ min: 0, max: 3 }),
          }),
          fc.record({
            kind: fc.constant('even' as const),
            perSecond: fc.integer({ min: 1, max: 5 }),
            startSeconds: fc.constant(0),
            endSeconds: fc.integer({ min: 1, max: 2 }),
          }),
        ),
      }),
      ({ first, ...more }) => {
        const withFirst = first === undefined || more.copies === 1 ? {} : { first }
        const steps = planned({ ...more, ...withFirst })
        expect(() => unitsOf(steps, new Map())).not.toThrow()
        const groups = Map.groupBy(steps, ({ caseId }) => caseId)
        for (const group of groups.values()) {
          const lasts = group.map((step) => Object(sourceOf(step))['last'])
          expect(lasts).toEqual(group.map((_, index) => index === group.length - 1))
        }
      },
    ),
  )
})

describe('a stream to several endpoints', () => {
  const endpoints = 'first-then-others'
  const remembering = (remembersAcross: readonly string[]) => ({
    ...FACTS,
    declares: { ...FACTS.declares, remembersAcross },
  })
  const facts = remembering(['token', 'introspection', 'par'])

  test('goes from each that shares a memory to the next, and back', () => {
    const steps = [...streamOf({ ...STREAM, endpoints }, { ...CONTEXT, facts })]
    expect(steps.map(({ endpoint }) => endpoint)).toEqual(
      // Three arrivals of two copies; the target has no endpoint for pushed requests.
      ['token', 'introspection', 'introspection', 'token', 'token', 'introspection'],
    )
    expect(steps.map(({ params }) => params.map(([name]) => name))).toEqual([
      ['grant_type', 'client_assertion_type'],
      ['client_assertion_type', 'token'],
      ['client_assertion_type', 'token'],
      ['grant_type', 'client_assertion_type'],
      ['grant_type', 'client_assertion_type'],
      ['client_assertion_type', 'token'],
    ])
  })

  test('is not asked of a target that does not say that two which it has share a memory', () => {
    const why = expect.stringContaining('declares.remembersAcross')
    expect(lacksFor({ ...STREAM, endpoints }, facts)).toBeNull()
    expect(lacksFor({ ...STREAM, endpoints }, FACTS)).toEqual(why)
    expect(lacksFor({ ...STREAM, endpoints }, remembering(['token', 'par']))).toEqual(why)
    expect(lacksFor(STREAM, FACTS)).toBeNull()
  })
})
