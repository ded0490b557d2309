import { expect, test } from 'vitest'
import { planRun } from '../../../api/plan.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { simulated } from '../../../targets/simulated/target.ts'

/** Under a profile that has an assertion used once unless reuse was agreed. */
function planned(policy: TargetFacts['policy']) {
  const random = seeded('7')
  const target = simulated(random.stream('target'))
  const declares = { ...target.facts.declares, replay: null }
  const facts = { ...target.facts, declares, ...(policy === undefined ? {} : { policy }) }
  return planRun(
    {
      target: { ...target, facts },
      suites: ['rfc7523/3/exp-past'],
      scenarios: [],
      profiles: ['oidc-core'],
      strict: false,
      maxPerSecond: null,
    },
    '7',
    random,
  )
}

test('whoever says nothing of reuse is asked to, and is told both ways', async () => {
  await expect(planned(undefined)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    hint: expect.stringContaining('jti.ca.singleUse'),
  })
})

test('of client assertions alone it is said by a parameter of the policy', async () => {
  const { profiles } = await planned({ 'jti.ca.singleUse': 'required' })
  expect(profiles[0].policy['jti.ca.singleUse']).toBe('required')
  expect(profiles[0].policy['jti.grant.singleUse']).toBe('may')
})
