/** Whether and whose `client_id` goes beside the assertion of a client (RFC 7521 §4.2). */
import { describe, expect, test } from 'vitest'
import type { Source, Step } from '../../../harness/model/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { stepOf, type Request } from '../../../harness/plan/request.ts'
import { planChecks } from '../../../harness/plan/checks/checks.ts'
import { seeded } from '../../../harness/random.ts'
import { CHECKS } from '../../../suites/index.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS } from './facts.ts'

const ASKED: TargetFacts = { ...FACTS, sendsClientId: true }

function assertionOf(sub: string): Source {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer: 'honest-key',
    header: { alg: 'ES256' },
    claims: { iss: sub, sub },
    defect: null,
    last: false,
  }
}

function clientIds(some: Partial<Request>, facts: TargetFacts): readonly string[] {
  const { params }: Step = stepOf(
    {
      name: 'one',
      caseId: 'one',
      due: { atUs: 0 },
      endpoint: 'token',
      node: 'node-1',
      principal: 'honest',
      parts: { client_assertion: assertionOf('client-honest') },
      ...some,
    },
    facts,
  )
  return params.filter(([name]) => name === 'client_id').map(([, value]) => value)
}

describe('client_id', () => {
  test('is not sent unless the target file asks for it', () => {
    expect(clientIds({}, FACTS)).toEqual([])
    expect(clientIds({}, ASKED)).toEqual(['client-honest'])
  })

  test('names who asks, whomever the assertion names', () => {
    expect(clientIds({ parts: { client_assertion: assertionOf('nobody') } }, ASKED)).toEqual([
      'client-honest',
    ])
  })

  test('names the client beside a grant, and is left out where no client is', () => {
    const parts = { client_assertion: assertionOf('client-spare'), assertion: assertionOf('alice') }
    expect(clientIds({ principal: 'honest-issuer', parts }, ASKED)).toEqual(['client-spare'])
    expect(clientIds({ parts: { assertion: assertionOf('alice') } }, ASKED)).toEqual([])
  })

  test('is what a check makes of it', () => {
    expect(clientIds({ form: { set: { client_id: 'another' } } }, ASKED)).toEqual(['another'])
    expect(clientIds({ form: { drop: ['client_id'] } }, ASKED)).toEqual([])
  })
})

describe('whether a client may leave its name out', () => {
  const ID = 'rfc7521/4.2/client-id-left-out'
  const planned = (facts: TargetFacts) =>
    planChecks(
      CHECKS.filter(({ id }) => id === ID),
      [rfc7523bis],
      facts,
      seeded('7'),
    )

  test('is asked of a target whose file has it sent, between controls that send it', () => {
    const next = planned(ASKED).experiment.start()
    const sent = ('ask' in next ? [...next.ask] : []).map(({ caseId, params }) => [
      caseId.startsWith(ID),
      params.some(([name]) => name === 'client_id'),
    ])
    expect(sent).toEqual([
      [false, true],
      [true, false],
      [false, true],
    ])
  })

  test('is shown by the controls of any other', () => {
    const [check] = planned(FACTS).checks
    expect(check?.cases).toEqual([])
    expect(check?.unsupported['ca:absent']).toContain('leaves client_id out already')
  })
})
