/** What a case needs of its target, and the words for what is not there. */
import type { CaseDraft, Declared, Need } from '../../model/check.ts'
import type { Support } from '../../model/policy.ts'
import type { EndpointName, Principal, TargetFacts } from '../../model/target.ts'
import { anotherThan, namesakeOf } from '../principals.ts'

interface Requirement {
  /** What to say where it is not met. */
  readonly lacking: string
  readonly met: (principal: Principal, facts: TargetFacts) => boolean
}

const NEEDS: Readonly<Record<Need, Requirement>> = {
  introspection: endpoint('introspection', 'an introspection endpoint'),
  revocation: endpoint('revocation', 'a revocation endpoint'),
  par: endpoint('par', 'an endpoint for pushed requests'),
  metadata: endpoint('metadata', 'the address of its metadata'),
  'token-issuer': {
    lacking: 'needs an issuer whose bearer tokens it trusts (tokens in the target file)',
    met: (_, { principals }) => principals.some(({ usage }) => usage === 'bearer-token'),
  },
  'second-client': {
    lacking: 'needs a second registered party',
    met: (principal, facts) => anotherThan(facts, principal) !== undefined,
  },
  namesake: {
    lacking:
      'needs a second registered party whose name is that of the honest one with something behind it',
    met: (principal, facts) => namesakeOf(facts, principal) !== undefined,
  },
  'complete-audiences': {
    lacking:
      'needs the target to say that its list of audiences is complete (audiences.complete: true)',
    met: (_, { audiences }) => audiences.complete,
  },
  'bound-algorithms': {
    lacking:
      'needs the target to say that keys are good for their registered algorithm only (declares.algorithms: as-registered)',
    met: (_, { declares }) => declares.algorithms === 'as-registered',
  },
  'token-endpoint-apart': {
    lacking: 'the issuer and the token endpoint have one name',
    met: (_, { endpoints: { token }, issuer }) => token !== undefined && token !== issuer,
  },
  'client-id-sent': {
    lacking: 'every right request leaves client_id out already (sendClientId is not set)',
    met: (_, { sendsClientId }) => sendsClientId === true,
  },
  'es256-key': {
    lacking: 'needs a party that signs with ES256',
    met: ({ keys: [first] }) => first?.algorithm === 'ES256',
  },
  'idle-key': {
    lacking: 'needs a key that its party publishes and is not registered to use (mark: idle)',
    met: ({ keys }) => keys.some(({ mark }) => mark === 'idle'),
  },
  'weak-key': {
    lacking: 'needs a registered key that is shorter than documents allow (mark: weak)',
    met: ({ keys }) => keys.some(({ mark }) => mark === 'weak'),
  },
  listener: {
    lacking: 'needs an address that the target can reach and that Cupel listens at',
    met: () => false,
  },
  dpop: support('dpop', 'takes DPoP proofs'),
  'mutual-tls': support('mutual-tls', 'binds tokens to certificates'),
  'token-exchange': support('token-exchange', 'exchanges tokens'),
  'id-jag': support('id-jag', 'takes identity assertion grants'),
  spiffe: support('spiffe', 'takes JWT-SVIDs'),
  'at-jwt': support('at-jwt', 'takes access tokens of RFC 9068'),
}

/** What keeps a case from being asked, in words; undefined if nothing does. */
export function lackingFor(
  { needs = [] }: CaseDraft,
  principal: Principal,
  facts: TargetFacts,
): string | undefined {
  const lacking = needs.find((need) => !NEEDS[need].met(principal, facts))
  return lacking === undefined ? undefined : NEEDS[lacking].lacking
}

export const NO_SECOND_PARTY = NEEDS['second-client'].lacking

function endpoint(name: EndpointName, what: string): Requirement {
  return {
    lacking: `needs ${what} (endpoints.${name} in the target file)`,
    met: (_, { endpoints }) => endpoints[name] !== undefined,
  }
}

function support(name: Support, what: string): Requirement {
  return {
    lacking: `needs a target that ${what} (declares.supports in the target file)`,
    met: (_, { declares }) => declares.supports?.includes(name) ?? false,
  }
}

/** Whether the target declares at least as much of the edges of time, and takes what is named and not what is left out. */
export function isDeclared(
  { grants = 0, refuses = Infinity, without, with: needed }: Declared = {},
  { declares: { leewaySeconds, supports = [] } }: TargetFacts,
): boolean {
  const { grant, refuse } = leewaySeconds ?? { grant: 0, refuse: Infinity }
  const isWithout = without === undefined || !supports.includes(without)
  const isWith = needed === undefined || supports.includes(needed)
  return isWithout && isWith && grant >= grants && refuse <= refuses
}
