/** Short ways to ask what one credential deserves, a second after it was minted, and on what ground. */
import { expect } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import type { Usage } from '../../../harness/model/plan.ts'
import type { Policy, Support } from '../../../harness/model/policy.ts'
import type { JudgedTarget } from '../../../harness/model/judging.ts'
import { deserves } from '../../../harness/oracle/deserving/deserves.ts'
import {
  ISSUER,
  policyNamed,
  RESOURCE,
  SECOND_US,
  START_US,
  targetWith,
  truthAt,
} from './histories.ts'

type Parameters = Partial<Policy>

export interface Given {
  readonly usage?: Usage
  readonly policy?: Parameters
  readonly target?: JudgedTarget
  readonly principal?: string
}

const OF: Readonly<Record<Usage, Partial<Truth>>> = {
  'client-authentication': {},
  'authorization-grant': { issuer: 'https://idp.example', subject: 'alice' },
  'bearer-token': { issuer: ISSUER, subject: 'alice', audience: RESOURCE },
  'dpop-proof': { issuer: null, subject: null, audience: null, expUs: null },
}

export function ground(truth: Partial<Truth>, given: Given = {}) {
  const { usage = 'client-authentication', target = targetWith(), principal = 'honest' } = given
  const policy = { ...policyNamed('rfc7523'), ...given.policy }
  const { because, ...rest } = deserves(
    truthAt(0, { ...OF[usage], ...truth }),
    usage,
    { policy, target, principal },
    { lowUs: START_US + SECOND_US, highUs: START_US + 1.01 * SECOND_US },
  )
  expect(because.length).toBeGreaterThan(10)
  return rest
}

export type Told = readonly [
  deserves: 'accept' | 'reject' | 'either',
  rule: string,
  spec: string,
  finding: string | null,
]

export function told([deserved, rule, spec, finding]: Told, declared = false) {
  return { deserves: deserved, rule, spec, finding, declared }
}

/** A target that also issues access tokens to be presented at its resource. */
export const RESOURCEFUL: JudgedTarget = {
  ...targetWith(),
  principals: {
    ...targetWith().principals,
    itself: { id: ISSUER, subject: 'alice', usage: 'bearer-token', roles: ['honest'] },
  },
}

/** The same, taking that too. */
export function taking(support: Support): JudgedTarget {
  const { declares, ...target } = RESOURCEFUL
  return { ...target, declares: { ...declares, supports: [support] } }
}

export const BEARER: Given = { usage: 'bearer-token', target: RESOURCEFUL }
export const GRANT: Given = { usage: 'authorization-grant' }
export const PROOF: Given = { usage: 'dpop-proof' }
