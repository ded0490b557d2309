/**
 * What one credential deserves, apart from replay: from what is so of it by construction, the profile, the target's
 * declarations and the target's own clock while it judged (oracle.md, section 2).
 *
 * Written from the documents alone. It shares no code with whatever mints or verifies, and never sees an assertion.
 */
import type { Truth } from '../../model/history.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { Usage } from '../../model/plan.ts'
import type { Support } from '../../model/policy.ts'
import type { Deserved } from '../../model/verdict.ts'
import {
  isAssertion,
  type Grounds,
  type Instants,
  type Untimed,
  type Rule,
  type Standard,
} from './grounds.ts'
import { demandsSingleUse, replayRule } from './obligation.ts'
import { audienceRule } from './rule-audience.ts'
import { formRule } from './rule-form.ts'
import { edgesOf, timeRule, type Edges, type Times } from './rule-time.ts'

/** The rule of a ruling on a credential that the target made itself, of which nothing is known by construction. */
export const TAKEN = 'taken'

/** Rules that do not ask for the time, in the order in which they are named when several object; time comes between. */
const BEFORE_TIME: readonly Rule[] = [
  issuerRule,
  subjectRule,
  authenticRule,
  algorithmRule,
  audienceRule,
]
const AFTER_TIME: readonly Rule[] = [identifierRule, formRule]

/**
 * One decisive ruling: a rule that demands rejection wins, then one that leaves it open, then acceptance.
 *
 * @param now The target's own clock while it judged, in microseconds; the ruling holds at every instant of it, or is
 *   `either`. An infinite end means that nothing is known.
 */
export function deserves(truth: Truth, usage: Usage, standard: Standard, now: Instants): Grounds {
  return timeless(truth, usage, standard).at(truth, now)
}

/** All but the times of a credential, ruled on. */
export interface Timeless {
  at(times: Times, now: Instants): Grounds
}

/** The ruling on everything that does not depend on when it was judged, which most credentials of a run have in common. */
export function timeless(truth: Truth, usage: Usage, standard: Standard, edges?: Edges): Timeless {
  if (isTaken(truth, usage)) return { at: () => TAKEN_GROUNDS }
  const matter = { ...standard, truth, usage }
  const before = gravest(BEFORE_TIME, matter)
  const after = gravest(AFTER_TIME, matter)
  const otherwise = isAssertion(usage) ? ACCEPTABLE_ASSERTION : ACCEPTABLE_TOKEN
  const known = edges ?? edgesOf(standard)
  if (before?.deserves === 'reject') return { at: () => before }
  return {
    at(each, now) {
      const time = timeRule(each, usage, now, known)
      if (time?.deserves === 'reject') return time
      if (after?.deserves === 'reject') return after
      return before ?? time ?? after ?? otherwise
    },
  }
}

/** What the first of them that demands rejection says, or else the first that objects at all. */
function gravest(rules: readonly Rule[], matter: Untimed): Grounds | null {
  const objections = rules.map((rule) => rule(matter)).filter((each) => each !== null)
  return objections.find((each) => each.deserves === 'reject') ?? objections[0] ?? null
}

/** Both the general rules and a check's own table must agree before anyone is held to anything. */
export function agreed(general: Grounds, table: Deserved): Deserved {
  if (general.rule === TAKEN) return table
  return general.deserves === table ? table : 'either'
}

const ACCEPTABLE_ASSERTION = acceptable('RFC 7523 §3')
const ACCEPTABLE_TOKEN = acceptable('RFC 9068 §4')
const TAKEN_GROUNDS = either(TAKEN, 'the target itself issued it', 'RFC 6749 §1.4')

function acceptable(spec: string): Grounds {
  const because = 'nothing about it is wrong'
  return { deserves: 'accept', rule: 'valid', because, spec, declared: false, finding: null }
}

/** A token from one of the target's own answers: only a check's table can say what it deserves there. */
function isTaken({ algorithm, issuer, expUs, defect }: Truth, usage: Usage): boolean {
  const nothingKnown = algorithm === null && issuer === null && expUs === null && defect === null
  return usage === 'bearer-token' && nothingKnown
}

function issuerRule(matter: Untimed): Grounds | null {
  const { truth, usage, target } = matter
  if (usage === 'dpop-proof') return null
  const spec = isAssertion(usage) ? 'RFC 7523 §3 item 1' : 'RFC 9068 §4'
  if (isAnyIssuers(matter)) return either('issuer', ANY_ISSUER, 'JWT-SVID §3')
  if (truth.issuer === null) {
    const because = 'it does not name its issuer'
    return isPlainToken(matter)
      ? either('issuer', because, 'RFC 7519 §4.1.1')
      : reject('issuer', because, spec, 'identity/issuer-missing-accepted')
  }
  if (partyOf(target, usage, truth.issuer) === undefined) {
    return either('issuer', 'whether the target trusts its issuer is not known', spec)
  }
  return usage === 'client-authentication' ? clientRule(matter) : null
}

const ANY_ISSUER = 'its subject says whose key it is, and nobody need look at its issuer'

/**
 * Whether what its issuer is changes nothing: a JWT-SVID is verified with the keys of the trust domain in its subject
 * (JWT-SVID §3.1, §4), so that one with another issuer, or none, is as good as any.
 */
function isAnyIssuers({ truth: { issuer, defect }, usage, target, policy }: Untimed): boolean {
  const isSvid =
    usage === 'client-authentication'
      ? // Histories from before this parameter do not have it.
        !(policy['iss.ca.required'] ?? true)
      : usage === 'bearer-token' && takes(target, 'spiffe')
  return isSvid && (isOfIssuer(defect) || (issuer === null && defect === null))
}

/** Whether its issuer is all that is wrong with it. */
function isOfIssuer(defect: Truth['defect']): boolean {
  return defect !== null && defect['claim'] === 'iss' && OF_CLAIMS.has(defect.kind)
}

const OF_CLAIMS: ReadonlySet<string> = new Set(['claim', 'duplicate-claim', 'junk'])

/** A claim that JWTs may have (RFC 7519 §4.1.1) and access tokens of RFC 9068 must. */
function isPlainToken({ usage, target }: Untimed): boolean {
  return usage === 'bearer-token' && !takes(target, 'at-jwt')
}

function takes({ declares }: JudgedTarget, support: Support): boolean {
  return declares.supports?.includes(support) === true
}

/** A client speaks for itself. */
function clientRule({ truth, usage, target, policy, principal }: Untimed): Grounds | null {
  const equal = policy['iss.ca.mustEqualSub']
  if (truth.subject !== null && truth.subject !== truth.issuer && equal !== false) {
    const because = 'its issuer is not the client that it speaks of'
    return equal === 'open'
      ? either('issuer', because, 'OpenID Connect Core §9')
      : reject('issuer', because, 'OpenID Connect Core §9', null)
  }
  const asker = target.principals[principal]
  const another = asker?.usage === usage && asker.id !== truth.issuer
  const because = 'it was sent by another party than its issuer'
  return another ? either('issuer', because, 'RFC 7523 §3 item 1') : null
}

function subjectRule({ truth, usage, target }: Untimed): Grounds | null {
  const { subject, issuer } = truth
  const spec = 'RFC 7523 §3 item 2'
  if (usage === 'dpop-proof') return null
  if (subject === null) {
    return isAssertion(usage)
      ? reject('subject', 'it speaks of nobody', spec, 'identity/subject-missing-accepted')
      : either('subject', 'whether the resource needs a subject is its own affair', 'RFC 9068 §2.2')
  }
  const party = partyOf(target, usage, issuer)
  if (party === undefined || party.subject === subject) return null
  return either('subject', 'whether its issuer may speak of that subject is not known', spec)
}

/** The party that the target knows by that name. Asked of every presentation, so that no list is made of them. */
function partyOf(
  { principals }: JudgedTarget,
  usage: Usage,
  issuer: string | null,
): JudgedTarget['principals'][string] | undefined {
  for (const name in principals) {
    const party = principals[name]
    if (party?.usage === usage && party.id === issuer) return party
  }
  return undefined
}

function authenticRule(matter: Untimed): Grounds | null {
  const { truth, usage } = matter
  if (truth.authentic || isAnyIssuers(matter)) return null
  // Nothing is said of whose key it would be (RFC 8725 §3.8), and the right party signed it.
  if (truth.issuer === null && isOfIssuer(truth.defect) && isPlainToken(matter)) return null
  const finding =
    truth.defect?.kind === 'foreign-key'
      ? 'signature/foreign-key-accepted'
      : 'signature/invalid-accepted'
  const because = 'it was not signed by a key of the issuer it names, or changed afterwards'
  return reject('authentic', because, isAssertion(usage) ? SIGNED : 'RFC 9068 §4', finding)
}

const SIGNED = 'RFC 7523 §3 item 9'

/** `none` in any spelling is no algorithm (RFC 8725 §3.2; its successor names the spellings). */
function algorithmRule({ truth: { algorithm }, usage, policy }: Untimed): Grounds | null {
  if (algorithm === null || algorithm.toLowerCase() === 'none') {
    return reject(
      'algorithm',
      'it is not signed at all',
      'RFC 8725 §3.2',
      'signature/invalid-accepted',
    )
  }
  if (policy['mac.allowed'] === false && usage === 'client-authentication' && isMac(algorithm)) {
    const because = 'the profile lets no shared secret authenticate a client'
    return reject('algorithm', because, 'RFC 9700 §2.5', 'algorithm/not-allowed-accepted')
  }
  const allowed = policy['alg.allow']
  // Histories from before this parameter do not have it.
  if (!Array.isArray(allowed) || allowed.includes(algorithm)) return null
  const because = `the profile allows ${allowed.join(', ')} only`
  return reject('algorithm', because, 'RFC 8725 §3.1', 'algorithm/not-allowed-accepted')
}

/** RFC 7518 §3.2. */
function isMac(algorithm: string): boolean {
  return /^HS\d/.test(algorithm)
}

/** A server that promises single use may need something to remember an assertion by. */
function identifierRule({ truth, usage, policy, target }: Untimed): Grounds | null {
  if (!isAssertion(usage)) return null
  // A text of no characters tells no two assertions apart, and is a text.
  if (truth.jti === '') return either('identifier', 'its jti is empty', RFC_JTI)
  if (truth.jti !== null) return null
  const ofClient = usage === 'client-authentication'
  const required = policy[ofClient ? 'jti.ca.required' : 'jti.grant.required']
  if (required !== false) {
    const spec = ofClient ? 'OpenID Connect Core §9' : RFC_JTI
    return required === 'open'
      ? either('identifier', 'it has no jti', spec)
      : reject('identifier', 'it has no jti', spec, null)
  }
  const singleUse =
    demandsSingleUse(replayRule(policy, usage)) || target.declares.replay === 'single-use'
  return singleUse ? either('identifier', 'it has no jti to be remembered by', RFC_JTI) : null
}

const RFC_JTI = 'RFC 7523 §3 item 7'

function reject(rule: string, because: string, spec: string, finding: string | null): Grounds {
  return { deserves: 'reject', rule, because, spec, declared: false, finding }
}

function either(rule: string, because: string, spec: string): Grounds {
  return { deserves: 'either', rule, because, spec, declared: false, finding: null }
}
