/** The parties of the embedded targets: who they are, and the keys that the seed gives them. */
import { readFileSync } from 'node:fs'
import { seededKey, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { KeyFacts, Principal, Random, Role } from '../harness/model/target.ts'

/** The person that every grant issuer may speak for. */
const SUBJECT = 'alice'

const NAMES: Readonly<
  Record<
    'client-authentication' | 'authorization-grant' | 'bearer-token',
    readonly (readonly [name: string, role: Role, id?: string])[]
  >
> = {
  'client-authentication': [
    ['honest', 'honest'],
    ['hostile', 'hostile'],
    ['pressure', 'pressure'],
    ['spare-1', 'spare'],
    ['spare-2', 'spare'],
    ['rotating', 'rotating'],
    // Its name goes on where another's ends.
    ['honest-2', 'spare'],
  ],
  'authorization-grant': [
    ['honest-issuer', 'honest'],
    ['hostile-issuer', 'hostile'],
    ['pressure-issuer', 'pressure'],
    ['spare-issuer-1', 'spare'],
    ['spare-issuer-2', 'spare'],
    ['honest-issuer-2', 'spare', 'https://honest-issuer.cupel.example/2'],
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
    NAMES[usage].map(([name, role, given]): Principal => {
      const isClient = usage === 'client-authentication'
      const id = given ?? (isClient ? name : `https://${name}.cupel.example`)
      return {
        name,
        usage,
        id,
        subject: isClient ? id : SUBJECT,
        roles: [role],
        keys: [
          { name, algorithm: 'ES256', kid: `${name}-1` },
          ...(hasFurtherKeys(usage, role) ? FURTHER.map((each) => furtherKey(name, each)) : []),
          ...(role === 'rotating' ? [nextKey(name)] : []),
          ...(hasFurtherKeys(usage, role) && role === 'hostile' ? [idleKey(name)] : []),
        ],
      }
    }),
  )
}

/** Every key by its name: from a stream of its own, or from a file where it takes a search for primes to make it. */
export function castKeys(
  principals: readonly Principal[],
  random: Random,
): Readonly<Record<string, PrivateJwk>> {
  const keys = principals.flatMap((principal) => principal.keys)
  return Object.fromEntries(keys.map((key) => [key.name, keyOf(key, random)]))
}

/** The algorithms that some parties have keys of besides ES256, each bound to a key of its own (RFC 8725 §3.1). */
const FURTHER = ['RS256', 'PS256', 'EdDSA'] as const

const IDLE = 'ES384'

/** Whoever presents the cases of checks. The others keep one key: clients of most servers have no more. */
function hasFurtherKeys(usage: CastUsage, role: Role): boolean {
  return usage !== 'bearer-token' && (role === 'honest' || role === 'hostile')
}

function furtherKey(owner: string, algorithm: string): KeyFacts {
  const name = `${owner}-${algorithm.toLowerCase()}`
  return { name, algorithm, kid: `${name}-1` }
}

/** Not published until its owner goes over to it. */
function nextKey(owner: string): KeyFacts {
  return { name: `${owner}-next`, algorithm: 'ES256', kid: `${owner}-2`, mark: 'next' }
}

/** Published with the others, and registered for nothing. */
function idleKey(owner: string): KeyFacts {
  return { ...furtherKey(owner, IDLE), mark: 'idle' }
}

function keyOf({ name, algorithm, kid }: KeyFacts, random: Random): PrivateJwk {
  switch (algorithm) {
    case 'ES256':
    case 'EdDSA':
      return seededKey(algorithm, kid, random.stream(`keys/${name}`))
    default:
      return keyInFile(name)
  }
}

/** A test key that anyone can read: see targets/keys/README.md. */
function keyInFile(name: string): PrivateJwk {
  const jwk: PrivateJwk = JSON.parse(
    readFileSync(new URL(`./keys/${name}.jwk`, import.meta.url), 'utf8'),
  )
  return jwk
}
