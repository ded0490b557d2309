import { expect, test } from 'vitest'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { EVERYTHING } from './facts.ts'

function settled(policy?: TargetFacts['policy']): unknown {
  const facts = { ...EVERYTHING, ...(policy === undefined ? {} : { policy }) }
  const none = { strict: false, clocks: [], blocks: [], checks: [], scenarios: [] }
  return judgingOf({ profiles: PROFILES, asked: ['rfc7523'], facts, ...none }).target.settles
}

test('a history says which parameters the target settled itself', () => {
  const policy = { 'jti.ca.singleUse': 'required', 'err.own.codes': ['jti_known'] } as const
  expect(settled(policy)).toEqual(['jti.ca.singleUse', 'err.own.codes'])
})

test('and must not say so of one that settled none', () => {
  expect(settled()).toBeUndefined()
})
