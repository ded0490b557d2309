/** When an assertion is good: RFC 7523 section 3 items 4 to 6, by the target's own clock. */
import type { Band } from '../../model/policy.ts'
import type { Truth } from '../../model/history.ts'
import type { Usage } from '../../model/plan.ts'
import { isAssertion, type Grounds, type Instants, type Standard } from './grounds.ts'

const SECOND_US = 1e6

/** Clocks are read in whole seconds by many, rounded either way, so nothing is proved within one of an edge. */
const QUANTUM_SECONDS = 1

/**
 * How long an assertion may be good for, and how old it may be, before a server may call that unreasonable (RFC 7523 §3
 * items 4 and 6 give no number). Five minutes are what RFC 7519 §4.1.4 would call a few.
 */
const REASONABLE_SECONDS = 300

/** What profile and declarations make of the edges of time; the same for every credential of a run. */
export interface Edges {
  readonly expiry: Band & { readonly declared: boolean }
  readonly future: Band & { readonly declared: boolean }
  /** Whether the profile itself gives a number for what lies ahead: then its upper end is a rule (FAPI 2.0 §5.3.2.1). */
  readonly limitsIssue: boolean
  /** What is good for longer a server may call unreasonable. */
  readonly longestSeconds: number
  /** What is good for longer a profile has refused; infinite where none names a number. */
  readonly mostSeconds: number
}

export function edgesOf({ policy, target }: Pick<Standard, 'policy' | 'target'>): Edges {
  const { leewaySeconds, maxLifetimeSeconds } = target.declares
  return {
    expiry: bandOf(policy['exp.leewaySeconds'], leewaySeconds),
    future: bandOf(policy['future.leewaySeconds'], leewaySeconds),
    limitsIssue: policy['future.leewaySeconds'].grant > 0,
    longestSeconds: maxLifetimeSeconds ?? REASONABLE_SECONDS,
    mostSeconds: policy['lifetime.maxSeconds'] ?? Infinity,
  }
}

/**
 * The gravest thing that its times say, if any. Asked twice of every presentation, it makes nothing where all is well.
 *
 * @param now The target's clock while it judged.
 */
export function timeRule(truth: Times, usage: Usage, now: Instants, edges: Edges): Grounds | null {
  const gravest = graver(
    graver(
      expiry(truth, usage, now, edges),
      graver(notBefore(truth, usage, now, edges), issued(truth, usage, now, edges)),
    ),
    graver(
      graver(limit(truth, usage, now, edges), lifetime(truth, usage, now, edges)),
      age(truth, usage, now),
    ),
  )
  if (gravest === null) return null
  return usage === 'bearer-token' ? { ...gravest, spec: 'RFC 9068 §4' } : gravest
}

/** What a credential says of when it is good; microseconds since 1970. */
export type Times = Pick<Truth, 'expUs' | 'nbfUs' | 'iatUs'>

/**
 * How far the target's clock may be from the harness's, either way, for times that object to nothing by the harness's to
 * object to nothing by the target's either. It saves asking twice: nearly all offsets lie well within.
 */
export interface Slack extends Times {
  /** When it was judged, on the harness's clock. */
  readonly fromUs: number
  readonly toUs: number
  slackLowUs: number
  slackHighUs: number
}

/** Rounding must not decide. */
const HAIR_US = 1

export function setSlack(slack: Slack, edges: Edges): void {
  const { future, expiry: end } = edges
  const longestSeconds = Math.min(edges.longestSeconds, edges.mostSeconds)
  const { expUs, nbfUs, iatUs } = slack
  const grantedUs = Math.max(0, future.grant - QUANTUM_SECONDS) * SECOND_US
  let latestUs = -Infinity
  if (nbfUs !== null) latestUs = nbfUs - grantedUs
  if (iatUs !== null) latestUs = Math.max(latestUs, iatUs - grantedUs)
  if (expUs !== null) {
    latestUs = Math.max(latestUs, expUs - (longestSeconds + QUANTUM_SECONDS) * SECOND_US)
  }
  let soonestUs = Infinity
  if (expUs !== null) soonestUs = expUs + (end.grant - QUANTUM_SECONDS) * SECOND_US
  if (iatUs !== null) soonestUs = Math.min(soonestUs, iatUs + REASONABLE_SECONDS * SECOND_US)
  slack.slackLowUs = latestUs - slack.fromUs + HAIR_US
  slack.slackHighUs = soonestUs - slack.toUs - HAIR_US
}

/** The first that demands rejection, or else the first. */
function graver(one: Grounds | null, other: Grounds | null): Grounds | null {
  if (one === null) return other
  return other?.deserves === 'reject' && one.deserves !== 'reject' ? other : one
}

/**
 * The band of an edge. A declaration may narrow it from either side: more acceptance promised, or refusal promised
 * earlier; it never takes back what the profile grants or demands.
 */
export function bandOf(
  profile: Band,
  declared: Band | null,
): Band & { readonly declared: boolean } {
  if (declared === null) return { ...profile, declared: false }
  const grant = Math.max(profile.grant, declared.grant)
  const refuse = Math.min(profile.refuse, declared.refuse)
  if (grant > refuse) return { ...profile, declared: false }
  return { grant, refuse, declared: refuse < profile.refuse }
}

function expiry(
  { expUs }: Times,
  usage: Usage,
  now: Instants,
  { expiry: band }: Edges,
): Grounds | null {
  if (expUs === null) {
    if (!isAssertion(usage)) return usage === 'bearer-token' ? open(NO_EXPIRY) : null
    return { ...wrong(NO_EXPIRY, 'time/expiry-missing-accepted'), spec: 'RFC 7523 §3 item 4' }
  }
  const owedUntilUs = expUs + (band.grant - QUANTUM_SECONDS) * SECOND_US
  if (now.highUs < owedUntilUs) return null
  if (now.lowUs >= expUs + (band.refuse + QUANTUM_SECONDS) * SECOND_US) {
    const because = `it ended more than ${seconds(band.refuse)} before`
    return { ...wrong(because, 'time/expired-accepted'), declared: band.declared }
  }
  return open('its end is so near, or so recent, that leeway and clocks decide')
}

function notBefore(
  { nbfUs }: Times,
  usage: Usage,
  now: Instants,
  { future }: Edges,
): Grounds | null {
  if (nbfUs === null || usage === 'dpop-proof' || isGranted(nbfUs, now, future)) return null
  if (nbfUs - now.highUs < refusedFromUs(future)) return open(AHEAD.nbf)
  return tooFarAhead('nbf', future)
}

/** Only nbf forbids acceptance before it (RFC 7519 §4.1.5); an iat ahead does where the profile gives a number. */
function issued(
  { iatUs }: Times,
  usage: Usage,
  now: Instants,
  { future, limitsIssue }: Edges,
): Grounds | null {
  if (iatUs === null || usage === 'dpop-proof' || isGranted(iatUs, now, future)) return null
  if (iatUs - now.highUs < refusedFromUs(future)) return open(AHEAD.iat)
  return limitsIssue
    ? tooFarAhead('iat', future)
    : open('its iat lies ahead, which no document names a limit for')
}

const AHEAD = {
  nbf: 'its nbf is ahead of the clock, or may be',
  iat: 'its iat is ahead of the clock, or may be',
}

/**
 * A claim in whole seconds that has come is behind every reading of a later time, so the quantum is taken from what is
 * granted beyond that only.
 */
function isGranted(us: number, now: Instants, { grant }: Band): boolean {
  return us - now.lowUs <= Math.max(0, grant - QUANTUM_SECONDS) * SECOND_US
}

function refusedFromUs({ refuse }: Band): number {
  return (refuse + QUANTUM_SECONDS) * SECOND_US
}

function tooFarAhead(claim: string, { refuse, declared }: Edges['future']): Grounds {
  const because = `its ${claim} lies more than ${seconds(refuse)} ahead`
  return { ...wrong(because, 'time/not-yet-valid-accepted'), declared }
}

/** Where the profile names the longest life there may be, what lives longer by any reading is refused. */
function limit(
  { expUs }: Times,
  usage: Usage,
  now: Instants,
  { mostSeconds }: Edges,
): Grounds | null {
  if (expUs === null || !isAssertion(usage)) return null
  if (!(expUs - now.highUs > (mostSeconds + QUANTUM_SECONDS) * SECOND_US)) return null
  return wrong(`it is good for more than ${seconds(mostSeconds)}`, 'time/lifetime-unlimited')
}

/** A lifetime that a server may call unreasonable: owed neither acceptance nor refusal. */
function lifetime(
  { expUs, iatUs }: Times,
  usage: Usage,
  now: Instants,
  { longestSeconds }: Edges,
): Grounds | null {
  if (!isAssertion(usage) || expUs === null) return null
  const longestUs = (longestSeconds + QUANTUM_SECONDS) * SECOND_US
  const fromNow = Number.isFinite(now.lowUs) && expUs - now.lowUs > longestUs
  const fromIssue = iatUs !== null && expUs - iatUs > longestUs
  return fromNow || fromIssue ? open(`it is good for more than ${seconds(longestSeconds)}`) : null
}

/** Likewise an age. */
function age({ expUs, iatUs }: Times, usage: Usage, now: Instants): Grounds | null {
  if (!isAssertion(usage) || expUs === null || iatUs === null) return null
  const tooOld = Number.isFinite(now.highUs) && now.highUs - iatUs > REASONABLE_SECONDS * SECOND_US
  return tooOld ? open(`it was issued more than ${seconds(REASONABLE_SECONDS)} ago`) : null
}

const NO_EXPIRY = 'it does not say when it ends'

function wrong(because: string, finding: string): Grounds {
  return { deserves: 'reject', rule: 'time', because, spec: SPEC, declared: false, finding }
}

function open(because: string): Grounds {
  return { deserves: 'either', rule: 'time', because, spec: SPEC, declared: false, finding: null }
}

const SPEC = 'RFC 7523 §3 items 4 to 6'

function seconds(count: number): string {
  return `${count} s`
}
