/** How cases stand in blocks between controls, what is asked side by side, and what is asked once more: each worked by hand. */
import { describe, expect, test } from 'vitest'
import type { CaseDraft } from '../../../harness/model/check.ts'
import type { Step } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { oidcCore } from '../../../suites/profiles/oidc-core.ts'
import { fapi2 } from '../../../suites/profiles/fapi2.ts'
import { idJag } from '../../../suites/profiles/id-jag.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { EVERYTHING, FACTS } from './facts.ts'
import {
  checkOf,
  claimsIn,
  CLIENT,
  draftOf,
  firstRound,
  GRANT,
  ID,
  plannedChecks,
} from './small-check.ts'

const CLIENTS: TargetFacts = { ...FACTS, usages: [CLIENT] }

const wrong = (name: string): CaseDraft => draftOf({ name })
const right = (name: string, steps = ['ask']): CaseDraft =>
  draftOf({
    name,
    steps: steps.map((each) => ({ name: each })),
    expects: steps.map((each) => ({ step: each, deserves: 'accept', because: 'it is right' })),
  })

/** The cases of a round by their names, and its controls by which they are. */
const order = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ caseId }) => caseId.replace(`${ID}:ca:`, '').replace('control/', ''))

/** Which step each waits for, by place; null where it begins by itself. */
function waits(steps: readonly Step[]): readonly (number | null)[] {
  return steps.map(({ due }) =>
    'after' in due ? steps.findIndex(({ name }) => name === due.after) : null,
  )
}

describe('a block', () => {
  test('is six cases of one party at one node, honest and hostile ones apart', () => {
    const cases = [...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(wrong), right('x')]
    const plan = plannedChecks([checkOf(cases)], CLIENTS)
    expect(plan.checks[0]?.cases.map(({ name, block }) => [name, block])).toEqual([
      ['x', 'ca-1'],
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 'ca-2']),
      ['g', 'ca-3'],
    ])
    expect(plan.blocks).toEqual(
      ['ca-1', 'ca-2', 'ca-3'].map((id) => ({ id, usage: CLIENT, profiles: ['rfc7523bis'] })),
    )
    const steps = firstRound(plan)
    const places = steps
      .filter(({ caseId }) => caseId.endsWith('/before'))
      .map(({ node, principal }) => [node, principal])
    expect(places).toEqual([
      ['node-1', 'honest'],
      ['node-2', 'hostile'],
      ['node-3', 'hostile'],
    ])
    const nowhere = plannedChecks([checkOf(cases)], { ...CLIENTS, nodes: [] })
    expect(firstRound(nowhere)[0]?.node).toBeNull()
  })

  test('asks each step when the one before was answered, and one party’s blocks after each other', () => {
    const steps = firstRound(plannedChecks([checkOf(['a', 'b'].map(wrong))], CLIENTS))
    expect(order(steps)).toEqual(['ca-1/before', 'a', 'b', 'ca-1/after'])
    expect(waits(steps)).toEqual([null, 0, 1, 2])
    expect(steps.flatMap(({ due }) => ('after' in due ? [due.plusUs] : []))).toEqual([0, 0, 0])
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(wrong)
    const all = firstRound(plannedChecks([checkOf([...many, right('x')])], CLIENTS))
    const befores = all.filter(({ caseId }) => caseId.endsWith('/before'))
    expect(befores.map(({ due }) => ('after' in due ? due.after : due.atUs))).toEqual([
      0,
      0,
      'checks/r0/control/ca-2/after',
    ])
  })

  test('has a control before what is owed an acceptance, where something else came before it', () => {
    const cases = [right('x', ['one', 'two']), right('y')]
    const steps = firstRound(plannedChecks([checkOf(cases)], CLIENTS))
    expect(order(steps)).toEqual([
      'ca-1/before',
      'x',
      'ca-1/between-2',
      'x',
      'ca-1/between-4',
      'y',
      'ca-1/after',
    ])
    const mixed = draftOf({
      name: 'z',
      steps: [{ name: 'wrong' }, { name: 'right' }],
      expects: [
        { step: 'wrong', deserves: 'reject', because: 'x' },
        { step: 'right', deserves: 'accept', because: 'x' },
      ],
    })
    const asked = (draft: CaseDraft) =>
      order(firstRound(plannedChecks([checkOf([draft])], CLIENTS)))
    expect(asked(mixed)).toEqual(['ca-1/before', 'z', 'ca-1/between-2', 'z', 'ca-1/after'])
    const turned = { ...mixed, steps: mixed.steps.toReversed() }
    expect(asked(turned)).toEqual(['ca-1/before', 'z', 'z', 'ca-1/after'])
  })

  test('of a resource begins with a request that shows nothing', () => {
    const facts = { ...EVERYTHING, usages: ['bearer-token'] as const }
    const check = checkOf([wrong('a')], { usages: ['bearer-token'] })
    const [bare, before, ...others] = firstRound(plannedChecks([check], facts))
    expect(bare).toMatchObject({
      name: 'checks/r0/control/v-1/bare',
      caseId: 'control/v-1/bare',
      endpoint: 'resource',
      due: { atUs: 0 },
      parts: {},
      node: 'node-1',
      principal: 'hostile-bearer-token',
    })
    expect(before).toMatchObject({ caseId: 'control/v-1/before', endpoint: 'resource' })
    expect(before?.due).toEqual({ after: bare?.name, plusUs: 0 })
    expect(others).toHaveLength(2)
  })

  test('of grants that a client must stand beside has one beside each control, in the lane of that client', () => {
    const facts = { ...EVERYTHING, usages: [CLIENT, GRANT] as const }
    const check = checkOf([wrong('a')], { usages: [CLIENT, GRANT] })
    const steps = firstRound(plannedChecks([check], facts, [idJag]))
    const [control] = steps.filter(({ caseId }) => caseId === 'control/jg-2/before')
    expect(Object.keys(control?.parts ?? {})).toEqual(['client_assertion', 'assertion'])
    expect(control).toMatchObject({ endpoint: 'token', principal: 'hostile-authorization-grant' })
    const [beside, grant] = ['client_assertion', 'assertion'].map((part) =>
      claimsIn(control?.parts[part]),
    )
    expect(beside?.['iss']).toBe('client-hostile')
    expect(grant?.['client_id']).toBe('client-hostile')
    expect(beside?.['jti']).not.toEqual(grant?.['jti'])
    expect(control?.parts['client_assertion']).toMatchObject({ usage: CLIENT })
    const besides = steps
      .filter(({ caseId }) => caseId.includes('/jg-2/'))
      .map(({ parts }) => JSON.stringify(claimsIn(parts['client_assertion'])['jti']))
    expect(new Set(besides).size).toBe(besides.length)
    // The same client fails in both, so that one may lock it out of the other.
    expect(control?.due).toEqual({ after: 'checks/r0/control/ca-1/after', plusUs: 0 })
  })
})

describe('profiles', () => {
  const facts = {
    ...CLIENTS,
    audiences: { values: [FACTS.issuer, 'https://as.example/token'], complete: true },
  }

  test('share a case where their controls are the same, and have one of their own where not', () => {
    const plan = plannedChecks([checkOf([wrong('a')])], facts, [rfc7523bis, oidcCore, fapi2])
    expect(plan.checks[0]?.cases.map(({ name, profiles }) => [name, profiles])).toEqual([
      ['a', ['rfc7523bis', 'fapi2']],
      ['a~oidc-core', ['oidc-core']],
    ])
  })
})

describe('what is not asked', () => {
  test('is told by usage and case, with why; what makes no sense for a usage is not told of it', () => {
    const cases = [
      draftOf({ name: 'a', needs: ['par'] }),
      draftOf({ name: 'b', usages: [GRANT] }),
      draftOf({ name: 'c' }),
    ]
    const [check] = plannedChecks([checkOf(cases, { usages: [CLIENT, GRANT] })]).checks
    expect(check?.unsupported).toEqual({
      'ca:a': expect.stringContaining('endpoints.par'),
      'jg:a': expect.stringContaining('endpoints.par'),
    })
    expect(check?.cases.map(({ caseId }) => caseId)).toEqual([
      `${ID}:ca:c`,
      `${ID}:jg:b`,
      `${ID}:jg:c`,
    ])
    expect(check).toMatchObject({
      id: ID,
      title: 'A check',
      section: 'DOC §1',
      level: 'must',
      requirement: 'It must.',
    })
  })

  test('is all of a check whose usages the target has none of', () => {
    const check = checkOf([wrong('a')], { usages: ['bearer-token', 'dpop-proof'] })
    const plan = plannedChecks([check])
    expect(plan.checks[0]?.unsupported).toEqual({
      'v+dp:*': 'the target has no bearer-token or dpop-proof',
    })
    expect(plan.experiment.start()).toEqual({ conclude: { retries: 0 } })
    const partly = checkOf([wrong('a')], { usages: ['bearer-token', CLIENT] })
    expect(plannedChecks([partly]).checks[0]?.unsupported).toEqual({})
  })
})

describe('a further round', () => {
  const plan = () => plannedChecks([checkOf([right('x'), wrong('a'), wrong('b')])], CLIENTS)
  const next = (state: unknown, judged: unknown) => {
    const found = plan().experiment.next(state as never, judged as never)
    return 'ask' in found ? { ...found, ask: [...found.ask] } : found
  }
  const asked = (state: unknown, judged: unknown) => {
    const found = next(state, judged)
    return 'ask' in found ? found.ask : []
  }
  const lost = (...blocks: readonly string[]) => ({ lost: blocks.map((block) => ({ block })) })

  test('sends lost controls by a party that has not tried, named after how many did', () => {
    expect(next(0, lost('ca-2'))).toMatchObject({ faults: [], state: 1 })
    const [one] = asked(0, lost('ca-2'))
    expect(one).toMatchObject({
      name: 'checks/r1/control/ca-2/after-2',
      caseId: 'control/ca-2/after-2',
      due: { atUs: 0 },
      principal: 'spare',
    })
    expect(asked(1, lost('ca-1', 'ca-2')).map(({ name, principal }) => [name, principal])).toEqual([
      ['checks/r2/control/ca-1/after-3', 'hostile'],
      ['checks/r2/control/ca-2/after-3', 'honest'],
    ])
    // There are two others, and nobody else to try.
    expect(next(2, lost('ca-2'))).toEqual({ conclude: { retries: 2 } })
    const many = [1, 2, 3, 4].flatMap((number) =>
      FACTS.principals.slice(2, 3).map((each) => ({ ...each, name: `spare-${number}` })),
    )
    const facts = { ...CLIENTS, principals: [...FACTS.principals, ...many] }
    const { experiment } = plannedChecks([checkOf([wrong('a')])], facts)
    expect(experiment.next(2, lost('ca-1'))).toMatchObject({ state: 3 })
    // Three times, however many there are.
    expect(experiment.next(3, lost('ca-1'))).toEqual({ conclude: { retries: 3 } })
    expect(next('odd', lost('ca-2'))).toMatchObject({ state: 1 })
    expect(next(0, lost('no-such'))).toEqual({ conclude: { retries: 0 } })
  })

  test('asks what a server failed over once more, each between two controls of its block', () => {
    const failed = { failed: ['a', 'b'].map((name) => ({ case: `${ID}:ca:${name}` })) }
    const steps = asked(0, failed)
    expect(order(steps)).toEqual([
      'ca-2/between-1000',
      'a',
      'ca-2/between-1001',
      'ca-2/between-1002',
      'b',
      'ca-2/between-1003',
    ])
    expect(waits(steps)).toEqual([null, 0, 1, null, 3, 4])
    expect(steps[0]?.due).toEqual({ atUs: 0 })
    const jti = (step: Step | undefined) => claimsIn(step?.parts['client_assertion'])['jti']
    const first = firstRound(plan()).find(({ caseId }) => caseId === `${ID}:ca:a`)
    expect(jti(steps[1])).not.toEqual(jti(first))
    expect(new Set(steps.map(({ node }) => node))).toEqual(new Set(['node-2']))
    expect(new Set(steps.map(({ principal }) => principal))).toEqual(new Set(['hostile']))
    expect(steps.every(({ name }) => name.startsWith('checks/r1/'))).toBe(true)
    expect(asked(0, { failed: [{ case: 'no/such:ca:case' }] })).toEqual([])
    expect(asked(1, failed)).toEqual([])
  })
})
