import { describe, expect, test } from 'vitest'
import type { Principal, TargetFacts } from '../../../harness/model/target.ts'
import { pressureStep } from '../../../harness/plan/scenarios/pressure.ts'
import { lacks, planScenario } from '../../../harness/plan/scenarios/scenario.ts'
import { seeded } from '../../../harness/random.ts'
import burst from '../../../scenarios/burst.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import { rfc7523bis } from '../../../suites/profiles/rfc7523bis.ts'
import { FACTS, offering } from './facts.ts'

const CROWD: Principal = {
  name: 'crowd',
  usage: 'client-authentication',
  id: 'client-crowd',
  subject: 'client-crowd',
  roles: ['pressure'],
  keys: [{ name: 'crowd-key', algorithm: 'ES256', kid: 'crowd-1' }],
}
const CROWDED: TargetFacts = { ...FACTS, principals: [...FACTS.principals, CROWD] }

describe('background load', () => {
  test('is right requests of the party for it, and of nobody else', () => {
    expect(pressureStep('burst', rfc7523bis.policy, CROWDED)).toMatchObject({
      name: 'burst/pressure',
      caseId: 'burst/pressure',
      due: { atUs: 0 },
      node: null,
      endpoint: 'token',
      principal: 'crowd',
      parts: {
        client_assertion: {
          kind: 'minted',
          signer: 'crowd-key',
          defect: null,
          claims: { iss: 'client-crowd', aud: FACTS.issuer, jti: { $jti: 'burst-' } },
        },
      },
    })
  })

  test('has nobody stand in: without a party for it the scenario is unsupported', () => {
    expect(lacks(burst, CROWDED, offering('load'))).toBeNull()
    expect(lacks(burst, FACTS, offering('load'))).toContain('role pressure')
    expect(() => pressureStep('burst', rfc7523bis.policy, FACTS)).toThrow('no party for pressure')
    const grants = { ...CROWD, usage: 'authorization-grant' as const }
    const elsewhere = { ...FACTS, principals: [...FACTS.principals, grants] }
    expect(lacks(burst, elsewhere, offering('load'))).toContain('role pressure')
    expect(lacks(burst, CROWDED, offering('link', 'clock'))).toContain('control load')
  })

  test('goes with the round of a scenario that needs it, and with no other', () => {
    const roundOf = (scenario: Parameters<typeof planScenario>[0]) =>
      planScenario(scenario, {
        policy: rfc7523bis.policy,
        facts: CROWDED,
        random: seeded('7'),
      }).start()
    expect(roundOf(burst)).toMatchObject({ pressure: { principal: 'crowd' } })
    expect(roundOf(partitionedCache)).not.toHaveProperty('pressure')
  })
})
