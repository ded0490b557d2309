/** From a credential that was read to its outcome: decided by the node's own clock, and taken where it works once. */
import { release, type Asking } from './asking.ts'
import type { Behaviour } from './behaviour.ts'
import type { Memory } from './spending.ts'
import {
  rulesFor,
  type Assertion,
  type AssertionUsage,
  type Decision,
  type Endpoint,
  type Outcome,
  type Party,
  type Rules,
} from './decide.ts'

export interface Admitting {
  /** The audience values that assertions of a usage may carry. */
  readonly audiences: (usage: AssertionUsage) => readonly string[]
  readonly behaviour: Behaviour
  /** The node's own clock. */
  readonly nowMs: () => number
}

/** The request that a credential came in. */
export interface CameIn {
  readonly endpoint: Endpoint
  /** The `client_id` beside the credential, if there was one: its subject must be the same. */
  readonly clientId?: string | undefined
}

/** @param cameIn At the token endpoint and beside nothing when absent. */
export type Admit = (assertion: Assertion, party: Party | null, cameIn?: CameIn) => Asking<Outcome>

export function admission({ audiences, behaviour, nowMs }: Admitting): Admit {
  const { names, rules, decide, spend, take, key, quirks } = behaviour
  const rulesOf = (usage: AssertionUsage): Rules =>
    rules({ ...rulesFor(usage, audiences(usage)), names }, usage)
  const byUsage: Readonly<Record<AssertionUsage, Rules>> = {
    'client-authentication': rulesOf('client-authentication'),
    'authorization-grant': rulesOf('authorization-grant'),
    'bearer-token': rulesOf('bearer-token'),
  }
  const memoryAt = (endpoint: Endpoint): Memory => ({
    take: (assertion, keepUntilSeconds) => take(key(assertion, endpoint), keepUntilSeconds * 1000),
    release: (assertion) => release(key(assertion, endpoint)),
  })
  const memories: Readonly<Record<Endpoint, Memory>> = {
    token: memoryAt('token'),
    introspection: memoryAt('introspection'),
    revocation: memoryAt('revocation'),
    resource: memoryAt('resource'),
  }
  return (assertion, party, { endpoint, clientId } = AT_TOKEN) => {
    const decided = decide(assertion, party, byUsage[assertion.usage], nowMs() / 1000)
    const namesAnother =
      decided.kind === 'take' && clientId !== undefined && clientId !== (assertion.subject ?? '')
    const isOther = namesAnother && !quirks.has('any-client-id')
    return spend(assertion, isOther ? OTHER_CLIENT : decided, memories[endpoint])
  }
}

const AT_TOKEN: CameIn = { endpoint: 'token' }

const OTHER_CLIENT: Decision = {
  kind: 'refuse',
  code: 'invalid_client',
  description: 'client_id is not the subject of the assertion',
}
