/** The steps of an arm: its cases in order between controls of their party, and what the judge is told of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, Step, Usage } from '../../../harness/model/plan.ts'
import type { AssertionsProperty, DrawnStatement } from '../../../harness/model/property.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { openArm, type ArmContext, type ArmParts } from '../../../harness/plan/properties/arm.ts'
import {
  assertionArm,
  basisOf,
  isUnspoiled,
} from '../../../harness/plan/properties/assertion-arm.ts'
import { askedOf } from '../../../harness/plan/properties/asked.ts'
import { seeded } from '../../../harness/random.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { EVERYTHING, FACTS } from './facts.ts'

const CLIENT = 'client-authentication'
const GRANT = 'authorization-grant'

function context(more: Partial<ArmContext> = {}): ArmContext {
  return { policy: rfc7523bis.policy, facts: FACTS, random: seeded('7'), runs: null, ...more }
}

function armOf(more: Partial<ArmParts<number>> = {}, given: Partial<ArmContext> = {}) {
  const { facts } = context(given)
  const by = facts.principals.find(({ usage }) => usage === (more.usage ?? CLIENT))
  if (by === undefined) throw new RangeError('there is one')
  return openArm<number>(
    {
      name: 'arm',
      attack: 'forged',
      usage: CLIENT,
      role: 'hostile',
      by,
      arbitrary: fc.nat(9),
      cases: 3,
      examples: [4, 2, 7],
      // As many requests as the number is even or odd.
      requests: (value, { caseId, step }) =>
        Array.from({ length: 1 + (value % 2) }, (_, copy) => ({
          principal: by,
          source: { kind: 'taken', step: step(copy), what: 'nonce' } as const,
          node: null,
          waitMs: copy * 250,
          params: [['case', caseId]] as const,
        })),
      told: (value) => ({ value }),
      ...more,
    },
    context(given),
  )
}

const cases = (...numbers: readonly number[]) =>
  numbers.map((number) => ({ key: JSON.stringify(number), number }))

const ROUND = { scenario: 's', round: 2 }

const stepsOf = (...of: Parameters<typeof askedOf>) => askedOf(...of).steps

const names = (steps: readonly Step[]) => steps.map(({ name }) => name)

describe('an arm', () => {
  test('draws its examples first, each case once, and is judged as so many single requests', () => {
    const arm = armOf()
    expect(arm.drawn).toEqual(['4', '2', '7'])
    expect(arm.stream).toMatchObject({
      name: 'arm',
      attack: 'forged',
      usage: CLIENT,
      by: 'hostile',
      arrivals: { kind: 'in-turn', count: 3 },
      copies: 1,
      release: 'in-turn',
      nodes: 'rotate',
      lifetimeSeconds: 60,
    })
    expect(arm.told('7')).toEqual({ value: 7 })
    expect([arm.right, arm.open, arm.covered]).toEqual([false, false, null])
    expect(armOf({ covered: { cases: 1 } }).covered).toEqual({ cases: 1 })
    expect(armOf({ open: true }).open).toBe(true)
    expect([armOf({ attack: null }).right, armOf({ apart: true }).right]).toEqual([true, true])
  })

  test('draws by its name and by the seed', () => {
    const drawn = (name: string, seed = '7') =>
      armOf(
        { name, examples: [], cases: 20, arbitrary: fc.nat() },
        { random: seeded(seed) },
      ).drawn.join()
    expect(drawn('one')).toBe(drawn('one'))
    expect(new Set([drawn('one'), drawn('two'), drawn('one', '8')]).size).toBe(3)
  })

  test('searches for the smallest that fails among what is known, and asks for what is not', () => {
    const arm = armOf({ examples: [], cases: 20 })
    const known = new Map(arm.drawn.map((key) => [key, Number(key) >= 3]))
    for (let value = 0; value < 10; value++) known.set(String(value), value >= 3)
    expect(arm.search(known)).toEqual({ smallest: '3', unknown: [] })
    expect(arm.search(new Map())).toEqual({ smallest: null, unknown: arm.drawn })
  })
})

describe('its steps', () => {
  test('are its cases between two controls, each when the one before was answered', () => {
    const steps = stepsOf(armOf(), cases(4, 7), ROUND)
    expect(names(steps)).toEqual([
      's/r2/control/arm/r2/before/c0',
      's/r2/arm/4/c0',
      's/r2/arm/7/c0',
      's/r2/arm/7/c1',
      's/r2/control/arm/r2/after/c0',
    ])
    expect(steps.map(({ caseId }) => caseId)).toEqual([
      's/control/arm/r2/before',
      's/arm/4',
      's/arm/7',
      's/arm/7',
      's/control/arm/r2/after',
    ])
    expect(steps.map(({ due }) => due)).toEqual([
      { atUs: 0 },
      ...[0, 0, 250_000, 0].map((plusUs, index) => ({ after: names(steps)[index], plusUs })),
    ])
    expect(steps[1]?.parts).toEqual({
      client_assertion: { kind: 'taken', step: 's/r2/arm/4/c0', what: 'nonce' },
    })
    expect(steps[1]?.params.at(-1)).toEqual(['case', 's/arm/4'])
    expect(steps[0]?.params.map(([name]) => name)).toEqual(['grant_type', 'client_assertion_type'])
  })

  test('have a control after each case that deserves an acceptance', () => {
    expect(names(stepsOf(armOf({ attack: null }), cases(4, 2), ROUND))).toEqual([
      's/r2/control/arm/r2/before/c0',
      's/r2/arm/4/c0',
      's/r2/control/arm/r2/after-4/c0',
      's/r2/arm/2/c0',
      's/r2/control/arm/r2/after-2/c0',
      's/r2/control/arm/r2/after/c0',
    ])
  })

  test('go to the nodes in turn by the numbers of their cases, or where they say', () => {
    const nodes = (node: number | null, facts: TargetFacts = FACTS) => {
      const [principal] = facts.principals
      if (principal === undefined) throw new RangeError('there is one')
      const request = { principal, source: { kind: 'nothing' }, node, waitMs: 0 } as const
      const at = armOf({ requests: () => [request] }, { facts })
      return stepsOf(at, cases(0, 1, 5), ROUND)
        .filter(({ caseId }) => caseId.startsWith('s/arm/'))
        .map((step) => step.node)
    }
    expect(nodes(null)).toEqual(['node-1', 'node-2', 'node-3'])
    expect(nodes(1)).toEqual(['node-2', 'node-2', 'node-2'])
    expect(nodes(null, { ...FACTS, nodes: [] })).toEqual([null, null, null])
  })

  test('go to where their usage is presented, with a client beside where one must stand', () => {
    const given = { facts: EVERYTHING, policy: idJag.policy }
    const steps = (usage: Usage) => stepsOf(armOf({ usage }, given), cases(2), ROUND)
    expect(steps('bearer-token').map(({ endpoint }) => endpoint)).toEqual(Array(3).fill('resource'))
    const grants = steps(GRANT)
    expect(grants.map(({ endpoint }) => endpoint)).toEqual(Array(3).fill('token'))
    expect(grants.map(({ parts }) => Object.keys(parts))).toEqual(
      grants.map(() => ['client_assertion', 'assertion']),
    )
    const jtis = grants.map(({ parts: { client_assertion: beside } }) =>
      beside?.kind === 'minted' ? JSON.stringify(Object(beside.claims)['jti']) : null,
    )
    expect(new Set(jtis).size).toBe(3)
    expect(grants[0]?.parts['client_assertion']).toMatchObject({ usage: CLIENT })
  })

  test('travel as their requests say', () => {
    const http = { carrier: 'query' } as const
    const [principal] = FACTS.principals
    if (principal === undefined) throw new RangeError('there is one')
    const request = { principal, source: { kind: 'nothing' }, node: null, waitMs: 0, http } as const
    const [before, asked] = stepsOf(armOf({ requests: () => [request] }), cases(2), ROUND)
    expect(asked?.http).toEqual(http)
    expect(before).not.toHaveProperty('http')
  })

  test('of controls are right requests, each under an identifier of its own', () => {
    const [before, , after] = stepsOf(armOf(), cases(2), ROUND)
    const [one, other] = [before, after].map((step) => step?.parts['client_assertion'])
    expect(one).toMatchObject({ kind: 'minted', defect: null, claims: { iss: 'client-honest' } })
    expect(one).not.toEqual(other)
    expect(before?.principal).toBe('honest')
  })
})

describe('an arm of single assertions', () => {
  const property = (statement: Partial<DrawnStatement> = {}) => {
    const drawn: DrawnStatement = {
      name: 'wrong',
      attack: 'forged',
      by: 'hostile',
      cases: 5,
      spoilings: [{ defect: { kind: 'signature-bit' }, usages: [CLIENT] }],
      ...statement,
    }
    return {
      kind: 'assertions',
      variations: [],
      statements: [drawn],
    } as unknown as AssertionsProperty
  }
  const made = (
    statement: Partial<DrawnStatement> = {},
    usage: Usage = CLIENT,
    given: Partial<ArmContext> = {},
  ) => {
    const of = property(statement)
    const [drawn] = of.statements
    return drawn === undefined ? null : assertionArm(of, drawn, usage, context(given))
  }
  const request = (arm: ReturnType<typeof made>, caseId = 's/wrong-ca/0') =>
    arm?.requests(arm.drawn[0] ?? '', { caseId, step: () => 'x' })[0]

  test('is named after its statement and usage, and sent by a party of its role', () => {
    const arm = made()
    expect(arm?.stream).toMatchObject({ name: 'wrong-ca', attack: 'forged', by: 'hostile' })
    expect([arm?.by.name, arm?.open]).toEqual(['hostile', false])
    expect(made({ open: true })?.open).toBe(true)
    const source = Object(request(arm)?.source) as Record<string, Json>
    expect(source).toMatchObject({ kind: 'minted', defect: { kind: 'signature-bit' } })
    expect(Object(source['claims']).jti).not.toEqual(
      Object(Object(request(arm, 's/wrong-ca/1')?.source).claims).jti,
    )
    expect(Object.keys(arm?.told(arm.drawn[0] ?? '') ?? {})).toEqual(['header', 'claims', 'defect'])
  })

  test('is none where nothing spoils an assertion of the usage, or nobody sends one', () => {
    expect(made({}, GRANT)).toBeNull()
    expect(made({ spoilings: [] }, GRANT)).not.toBeNull()
    expect(made({ spoilings: [] }, 'dpop-proof')).toBeNull()
    expect(isUnspoiled({ spoilings: [] }, [])).toBe(false)
    expect(isUnspoiled({ spoilings: [{ defect: { kind: 'x' } }] }, [])).toBe(true)
    expect(isUnspoiled({ spoilings: [{ defect: { kind: 'x' } }] }, [1])).toBe(false)
  })

  test('is odd about its form in some of its cases where a form carries it, and never in a header', () => {
    const oddities = [{ carrier: 'json' as const }]
    const spoilings = [{ defect: { kind: 'signature-bit' } }]
    const odd = (usage: Usage): ReadonlySet<boolean> => {
      const arm = made({ oddities, spoilings, cases: 40 }, usage, { facts: EVERYTHING })
      return new Set((arm?.drawn ?? []).map((key) => key.includes('"carrier":"json"')))
    }
    expect(odd(CLIENT)).toEqual(new Set([true, false]))
    expect(odd('bearer-token')).toEqual(new Set([false]))
  })

  test('has the control of its party to vary', () => {
    const basis = basisOf({ variations: [], usage: CLIENT, role: 'spare' }, context())
    expect(basis?.control).toMatchObject({
      header: { alg: 'ES256', kid: 'spare-kid' },
      claims: { iss: 'client-spare', jti: { $jti: '' } },
      key: { name: 'spare-key' },
    })
    expect(basis?.ways).toEqual([])
    const list = { kind: 'audience-list' } as const
    const grants = basisOf({ variations: [list], usage: GRANT, role: 'spare' }, context())
    expect(grants?.ways).toEqual([{ variation: list, others: [['https://as.example']] }])
    expect(basisOf({ variations: [], usage: 'dpop-proof', role: 'spare' }, context())).toBeNull()
  })
})
