/** What a right request of EVERYTHING is, written down once more: the planner's own words prove nothing of it. */
import type { Json, Step, Usage } from '../../../harness/model/plan.ts'
import type { Profile } from '../../../harness/model/policy.ts'
import type { KeyFacts, Principal } from '../../../harness/model/target.ts'
import { EVERYTHING } from './facts.ts'

export type Members = Readonly<Record<string, Json>>

export function controlClaims(usage: Usage, step: Step, profile: Profile): Members {
  const { issuer, endpoints, audiences } = EVERYTHING
  if (usage === 'dpop-proof') {
    return { jti: 'fresh', htm: 'POST', htu: endpoints.token ?? '', iat: { $now: 0 } }
  }
  const by = partyFor(usage, step)
  const common = { jti: 'fresh', iat: { $now: 0 }, exp: { $now: 60 }, iss: by.id, sub: by.subject }
  switch (usage) {
    case 'bearer-token':
      return { ...common, aud: endpoints.resource ?? '', client_id: by.subject }
    case 'authorization-grant': {
      const beside = profile.policy['grant.clientAuth'] === 'required'
      const client = { client_id: besideId(step) }
      return { ...common, aud: issuer, ...(beside ? client : {}) }
    }
    case 'client-authentication': {
      const named = profile.policy['control.ca.audience'] === 'token-endpoint'
      const known = audiences.values.includes(endpoints.token ?? '')
      return { ...common, aud: named && known ? (endpoints.token ?? '') : issuer }
    }
  }
}

/** Of a usage that is not the asking party's own, the party of the same role. */
export function partyFor(usage: Usage, { principal }: Step): Principal {
  const asking = partyNamed(principal)
  if (asking.usage === usage) return asking
  const like = EVERYTHING.principals.find(
    (each) => each.usage === usage && each.roles[0] === asking.roles[0],
  )
  if (like === undefined) throw new Error(`nobody is there for ${usage}`)
  return like
}

/** The client that authenticates beside a grant is the one that the grant must name. */
function besideId(step: Step): Json {
  const { client_assertion: source } = step.parts
  const named = source?.kind === 'minted' ? members(source.claims)['iss'] : undefined
  const isClient = EVERYTHING.principals.some(
    ({ id, usage }) => usage === 'client-authentication' && id === named,
  )
  return isClient && named !== undefined ? named : partyFor('client-authentication', step).id
}

export function controlHeader(
  usage: Usage,
  { algorithm, kid }: KeyFacts,
  { policy }: Profile,
): Members {
  switch (usage) {
    case 'dpop-proof':
      return { alg: algorithm, typ: 'dpop+jwt', jwk: { $jwk: 'own' } }
    case 'bearer-token':
      return { alg: algorithm, kid, typ: 'at+jwt' }
    case 'authorization-grant':
      return {
        alg: algorithm,
        kid,
        ...(policy['typ.grant'] === null ? {} : { typ: policy['typ.grant'] }),
      }
    case 'client-authentication':
      return { alg: algorithm, kid }
  }
}

/** The parameters that the documents want beside the credentials of a step. */
export function plainParams({ endpoint, parts }: Step): readonly (readonly [string, string])[] {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return [
    ...(endpoint === 'token'
      ? [['grant_type', 'assertion' in parts ? GRANT : 'client_credentials'] as const]
      : []),
    ...(endpoint === 'par'
      ? [
          ['response_type', 'code'] as const,
          ['redirect_uri', 'https://client.cupel.example/back'] as const,
        ]
      : []),
    ...('client_assertion' in parts ? [['client_assertion_type', type] as const] : []),
  ]
}

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export function partyNamed(name: string): Principal {
  const party = EVERYTHING.principals.find((each) => each.name === name)
  if (party === undefined) throw new Error(`there is no ${name}`)
  return party
}

export function keyNamed(name: string): KeyFacts {
  const key = EVERYTHING.principals.flatMap(({ keys }) => keys).find((each) => each.name === name)
  if (key === undefined) throw new Error(`there is no key ${name}`)
  return key
}

export function firstKey(principal: string): KeyFacts {
  const [key] = partyNamed(principal).keys
  if (key === undefined) throw new Error(`${principal} has no key`)
  return key
}

export function members(value: Json): Members {
  return value as Members
}
