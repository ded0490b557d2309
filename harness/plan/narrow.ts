/**
 * A target's own parameters under a profile: they may narrow it, never relax it.
 *
 * Narrower is whatever accuses no server that the profile would spare, unless the server said so itself: fewer audiences,
 * algorithms or codes that may stand; more that is owed or forbidden by the target's own word. What would spare a server
 * from a demand of the profile is refused, for otherwise a file could make anything conform to anything.
 */
import type { Band, Parameter, Policy, Profile } from '../model/policy.ts'

export type Overrides = Partial<Policy>

export interface Narrowed {
  readonly profile: Profile
  /** Parameters that the overrides would relax; they stand as the profile has them. */
  readonly relaxed: readonly Parameter[]
}

export function narrowed(profile: Profile, overrides: Overrides): Narrowed {
  const relaxed: Parameter[] = []
  const values: Record<string, unknown> = { ...profile.policy }
  for (const [name, value] of Object.entries(overrides)) {
    if (!isParameter(name)) continue
    if (isNarrower(name, profile.policy, value)) values[name] = value
    else relaxed.push(name)
  }
  return { profile: { ...profile, policy: policyOf(values, profile.policy) }, relaxed }
}

type Order = (given: unknown, own: unknown, policy: Policy) => boolean

/** From the widest to the narrowest; what is not in the list is as wide as its beginning. */
function along(...order: readonly unknown[]): Order {
  const place = (value: unknown): number => Math.max(0, order.indexOf(value))
  return (given, own) => order.includes(own) && place(own) >= place(given)
}

const subset: Order = (given, own) =>
  Array.isArray(own) && (!Array.isArray(given) || own.every((each) => given.includes(each)))

const band: Order = (given, own) =>
  isBand(given) &&
  isBand(own) &&
  own.grant >= given.grant &&
  own.refuse <= given.refuse &&
  own.grant <= own.refuse

/** A choice of our own, as long as what it chooses names the server. */
const control: Order = (_, own, policy) =>
  own !== 'token-endpoint' || policy['aud.ca.values'] !== 'issuer'

const SINGLE_USE = along('reuse-allowed', 'may', 'unless-agreed', 'required')

const ORDERS: Readonly<Record<Parameter, Order>> = {
  'aud.ca.values': along('open', 'agreed', 'issuer'),
  'aud.ca.shape': along('open', 'any', 'string-or-one', 'string'),
  'aud.ca.sole': along(false, true),
  'aud.par.values': along('open', 'endpoints', 'issuer'),
  'aud.grant.values': along('open', 'agreed', 'issuer'),
  'aud.grant.shape': along('open', 'any', 'string-or-one', 'string'),
  'jti.ca.required': along('open', false, true),
  'jti.ca.singleUse': SINGLE_USE,
  'jti.grant.required': along('open', false, true),
  'jti.grant.singleUse': SINGLE_USE,
  'jti.scope': along('open', 'issuer'),
  'iss.ca.required': along(false, true),
  'iss.ca.mustEqualSub': along('open', false, true),
  'alg.allow': subset,
  'mac.allowed': along('open', true, false),
  'typ.ca': (given, own) =>
    own === given || ((given === 'open' || given === 'any') && own !== 'open' && own !== 'any'),
  'typ.grant': (given, own) => own === given || (given === null && typeof own === 'string'),
  'exp.leewaySeconds': band,
  'future.leewaySeconds': band,
  'lifetime.maxSeconds': (given, own) =>
    typeof own === 'number' && (typeof given !== 'number' || own <= given),
  'grant.clientAuth': along('open', 'optional', 'required'),
  'dup.policy': along('open', 'reject'),
  'b64.trailingBits': along('open', 'reject'),
  'err.ca.codes': subset,
  'err.ca.status': subset,
  'err.grant.codes': subset,
  // Its own word: what it is accused of then are refusals of what it owes.
  'err.own.codes': (given, own) =>
    Array.isArray(given) && Array.isArray(own) && given.every((each) => own.includes(each)),
  'hdr.pragma': along('open', 'required'),
  'dpop.jti.singleUse': SINGLE_USE,
  'control.ca.audience': control,
}

function isNarrower(name: Parameter, policy: Policy, own: unknown): boolean {
  const given = policy[name]
  return JSON.stringify(given) === JSON.stringify(own) || ORDERS[name](given, own, policy)
}

export function isParameter(name: string): name is Parameter {
  return Object.hasOwn(ORDERS, name)
}

function isBand(value: unknown): value is Band {
  return typeof value === 'object' && value !== null && 'grant' in value && 'refuse' in value
}

/** Every value was a parameter's own before it was put here, so that the whole is a policy again. */
function policyOf(values: Readonly<Record<string, unknown>>, like: Policy): Policy {
  return Object.assign({ ...like }, values)
}
