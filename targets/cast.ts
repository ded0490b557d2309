/** The parties of the embedded targets: who they are, and the keys that the seed gives them. */
import { seededKey, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Principal, Random, Role } from '../harness/model/target.ts'

/** The person that every grant issuer may speak for. */
const SUBJECT = 'alice'

const NAMES: Readonly<
  Record<
    'client-authentication' | 'authorization-grant' | 'bearer-token',
    readonly (readonly [name: string, role: Role])[]
  >
> = {
  'client-authentication': [
    ['honest', 'honest'],
    ['hostile', 'hostile'],
    ['pressure', 'pressure'],
    ['spare-1', 'spare'],
    ['spare-2', 'spare'],
  ],
  'authorization-grant': [
    ['honest-issuer', 'honest'],
    ['hostile-issuer', 'hostile'],
    ['pressure-issuer', 'pressure'],
    ['spare-issuer-1', 'spare'],
    ['spare-issuer-2', 'spare'],
  ],
  'bearer-token': [
    ['honest-token-issuer', 'honest'],
    ['hostile-token-issuer', 'hostile'],
    ['spare-token-issuer-1', 'spare'],
    ['spare-token-issuer-2', 'spare'],
  ],
}

export type CastUsage = keyof typeof NAMES

/** The parties of the given usages. Clients are known by their names, issuers by URLs. */
export function cast(usages: readonly CastUsage[]): readonly Principal[] {
  return usages.flatMap((usage) =>
    NAMES[usage].map(([name, role]): Principal => {
      const isClient = usage === 'client-authentication'
      const id = isClient ? name : `https://${name}.cupel.example`
      return {
        name,
        usage,
        id,
        subject: isClient ? id : SUBJECT,
        roles: [role],
        keys: [{ name, algorithm: 'ES256', kid: `${name}-1` }],
      }
    }),
  )
}

/** One key for each, by key name; each from a stream of its own. */
export function castKeys(
  principals: readonly Principal[],
  random: Random,
): Readonly<Record<string, PrivateJwk>> {
  const keys = principals.flatMap((principal) => principal.keys)
  return Object.fromEntries(
    keys.map(({ name, kid }) => [name, seededKey('ES256', kid, random.stream(`keys/${name}`))]),
  )
}
