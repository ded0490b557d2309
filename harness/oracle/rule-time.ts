/** When an assertion is good: RFC 7523 section 3 items 4 to 6, by the target's own clock. */
import type { Band } from '../model/policy.ts'
import { isAssertion, type Grounds, type Matter } from './grounds.ts'

const SECOND_US = 1e6

/** Clocks are read in whole seconds by many, rounded either way, so nothing is proved within one of an edge. */
const QUANTUM_SECONDS = 1

/**
 * How long an assertion may be good for, and how old it may be, before a server may call that unreasonable (RFC 7523 §3
 * items 4 and 6 give no number). Five minutes are what RFC 7519 §4.1.4 would call a few.
 */
const REASONABLE_SECONDS = 300

/** The gravest thing that its times say, if any. */
export function timeRule(matter: Matter): Grounds | null {
  const found = [expiry(matter), ...beginnings(matter), ...extents(matter)].filter(
    (each) => each !== null,
  )
  const gravest = found.find(({ deserves }) => deserves === 'reject') ?? found[0]
  if (gravest === undefined) return null
  return matter.usage === 'bearer-token' ? { ...gravest, spec: 'RFC 9068 §4' } : gravest
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

function expiry({ truth: { expUs }, usage, policy, target, now }: Matter): Grounds | null {
  if (expUs === null) {
    if (!isAssertion(usage)) return usage === 'bearer-token' ? open(NO_EXPIRY) : null
    return { ...wrong(NO_EXPIRY, 'time/expiry-missing-accepted'), spec: 'RFC 7523 §3 item 4' }
  }
  const band = bandOf(policy['exp.leewaySeconds'], target.declares.leewaySeconds)
  const owedUntilUs = expUs + (band.grant - QUANTUM_SECONDS) * SECOND_US
  if (now.highUs < owedUntilUs) return null
  if (now.lowUs >= expUs + (band.refuse + QUANTUM_SECONDS) * SECOND_US) {
    const because = `it ended more than ${seconds(band.refuse)} before`
    return { ...wrong(because, 'time/expired-accepted'), declared: band.declared }
  }
  return open('its end is so near, or so recent, that leeway and clocks decide')
}

/**
 * `nbf` and `iat` ahead of the clock. A claim in whole seconds that has come is behind every reading of a later time, so
 * the quantum is taken from what is granted beyond that only.
 */
function beginnings({ truth, usage, policy, target, now }: Matter): readonly (Grounds | null)[] {
  if (usage === 'dpop-proof') return []
  const band = bandOf(policy['future.leewaySeconds'], target.declares.leewaySeconds)
  const grantUs = Math.max(0, band.grant - QUANTUM_SECONDS) * SECOND_US
  const refuseUs = (band.refuse + QUANTUM_SECONDS) * SECOND_US
  const claims = [
    { name: 'nbf', us: truth.nbfUs },
    { name: 'iat', us: truth.iatUs },
  ]
  return claims.map(({ name, us }) => {
    if (us === null || us - now.lowUs <= grantUs) return null
    if (us - now.highUs < refuseUs) return open(`its ${name} is ahead of the clock, or may be`)
    // Only nbf forbids acceptance before it (RFC 7519 §4.1.5); an iat ahead does where the profile gives a number.
    if (name === 'iat' && !givesNumber(policy['future.leewaySeconds'])) {
      return open('its iat lies ahead, which no document names a limit for')
    }
    const because = `its ${name} lies more than ${seconds(band.refuse)} ahead`
    return { ...wrong(because, 'time/not-yet-valid-accepted'), declared: band.declared }
  })
}

/** Lifetimes and ages that a server may call unreasonable: owed neither acceptance nor refusal. */
function extents({ truth, usage, target, now }: Matter): readonly (Grounds | null)[] {
  if (!isAssertion(usage) || truth.expUs === null) return []
  const limit = target.declares.maxLifetimeSeconds ?? REASONABLE_SECONDS
  const longestUs = (limit + QUANTUM_SECONDS) * SECOND_US
  const { expUs, iatUs } = truth
  const tooLong = [now.lowUs, iatUs ?? expUs].some(
    (startUs) => Number.isFinite(startUs) && expUs - startUs > longestUs,
  )
  const ageUs = Number.isFinite(now.highUs) && iatUs !== null ? now.highUs - iatUs : 0
  const tooOld = ageUs > REASONABLE_SECONDS * SECOND_US
  return [
    tooLong ? open(`it is good for more than ${seconds(limit)}`) : null,
    tooOld ? open(`it was issued more than ${seconds(REASONABLE_SECONDS)} ago`) : null,
  ]
}

const NO_EXPIRY = 'it does not say when it ends'

/** A profile that grants something ahead has thought about it, and its upper end is a rule (FAPI 2.0 §5.3.2.1). */
function givesNumber({ grant }: Band): boolean {
  return grant > 0
}

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
