/** What documents make of an assertion that is right in its claims and its key, yet not in its bytes, header or request. */
import type { Defect } from '../../model/plan.ts'
import { isAssertion, type Grounds, type Untimed } from './grounds.ts'

interface Settled {
  readonly because: string
  readonly spec: string
}

/** Defects whose whole effect stands in the truth, so that the other rules see it. */
const SEEN_IN_TRUTH: ReadonlySet<string> = new Set([
  'claim',
  'audience',
  'expired',
  'not-yet',
  'foreign-key',
  'signature-bit',
  'payload-bit',
  'signature-empty',
  'algorithm-none',
  'attacker-key',
  'public-key-as-secret',
  'guessed-secret',
  'raw-claim',
])

/** Other bytes for what is right: a reader must take them (RFC 7519 §3, RFC 8259 §2). */
const HARMLESS: ReadonlySet<string> = new Set([
  'payload-spaced',
  // RFC 7515 §10.13: names are compared after unescaping.
  'escaped-name',
])

const UNREADABLE: Settled = {
  because: 'its claims are no JSON object in UTF-8',
  spec: 'RFC 7519 §7.2',
}
const UNENCODED: Settled = {
  because: 'a JWT must not have an unencoded payload',
  spec: 'RFC 7797 §7',
}
const MALFORMED: Settled = {
  because: 'it has other characters in it than base64url has',
  spec: 'RFC 7515 §2, §5.2',
}

const REFUSED: ReadonlyMap<string, Settled> = new Map([
  [
    'crit-unknown',
    { because: 'it names an extension as critical that nobody knows', spec: 'RFC 7515 §4.1.11' },
  ],
  ['padded', { because: 'a segment of it ends in padding', spec: 'RFC 7515 §2, §5.2' }],
  ['respelt', MALFORMED],
  ['payload-text', UNREADABLE],
  ['payload-unencoded', UNENCODED],
  ['b64-false', UNENCODED],
  ['header-text', { because: 'its header is no JSON object in UTF-8', spec: 'RFC 7515 §5.2' }],
  ['nested', { because: 'it is a JWT around another that nobody signed', spec: 'RFC 8725 §3.3' }],
  ['jwe', { because: 'it is encrypted, and signed by nobody', spec: 'RFC 7519 §7.2, §8' }],
  ['proof', { because: 'it proves nothing of this request', spec: 'RFC 9449 §4.3' }],
  ['binding', { because: 'it is bound to somebody else', spec: 'RFC 8705 §3; RFC 9449 §7' }],
  [
    'svid',
    { because: 'it is no identity of the trust domain that signed it', spec: 'JWT-SVID §3' },
  ],
])

/** What is wrong with the request around a right assertion, by the defect's `form`. */
const REQUESTS: ReadonlyMap<string, Settled> = new Map([
  [
    'type-missing',
    { because: 'nothing says of what type the client assertion is', spec: 'RFC 7521 §4.2' },
  ],
  ['type-unknown', { because: 'its type is no registered one', spec: 'RFC 7521 §4.2' }],
  [
    'client-id-mismatch',
    { because: 'client_id is another client than its subject', spec: 'RFC 7521 §4.2' },
  ],
  [
    'two-mechanisms',
    { because: 'the client authenticates in two ways at once', spec: 'RFC 7521 §4.2.1' },
  ],
  ['repeated', { because: 'a parameter stands in the request twice', spec: 'RFC 6749 §3.2' }],
  ['assertion-missing', { because: 'it was not sent', spec: 'RFC 7521 §4.1, §4.2' }],
  ['grant-type-missing', { because: 'nothing says what is asked for', spec: 'RFC 6749 §5.2' }],
  ['grant-type-unknown', { because: 'what is asked for is no grant', spec: 'RFC 6749 §5.2' }],
  ['not-a-form', { because: 'the parameters do not come as a form', spec: 'RFC 6749 §4.4.2' }],
  ['in-query', { because: 'a secret stands in an address', spec: 'RFC 6749 §3.2; RFC 6750 §2.3' }],
])

export function formRule(matter: Untimed): Grounds | null {
  const { defect } = matter.truth
  if (defect === null || SEEN_IN_TRUTH.has(defect.kind) || HARMLESS.has(defect.kind)) return null
  const wrong = refused(defect, matter)
  if (wrong !== null) {
    return { deserves: 'reject', rule: 'form', ...wrong, declared: false, finding: null }
  }
  return {
    deserves: 'either',
    rule: 'form',
    because: `whether a ${defect.kind.replaceAll('-', ' ')} may pass is not settled`,
    spec: 'RFC 7515 §5.2',
    declared: false,
    finding: null,
  }
}

function refused(defect: Defect, matter: Untimed): Settled | null {
  switch (defect.kind) {
    case 'request':
      return typeof defect['form'] === 'string' ? (REQUESTS.get(defect['form']) ?? null) : null
    case 'claim-type':
      return ofWrongType(defect)
    case 'other-usage':
      return madeForAnotherUsage(matter)
    case 'type':
      return ofAnotherType(matter)
    case 'idle-key':
      return UNREGISTERED
    case 'signature-trailing-bits':
      return matter.policy['b64.trailingBits'] === 'reject' ? MALFORMED : null
    case 'duplicate-claim':
      return matter.policy['dup.policy'] === 'reject' ? DUPLICATE : null
    default:
      return REFUSED.get(defect.kind) ?? null
  }
}

/** By the word of the target file, which marks the key. */
const UNREGISTERED: Settled = {
  because: 'its party published the key and is not registered to sign with it',
  spec: 'RFC 8725 §3.1',
}

const DUPLICATE: Settled = { because: 'a claim stands in it twice', spec: 'RFC 7519 §4' }

/** The type that a JWT names is another than its use has; whether that matters is for the profile to say. */
function ofAnotherType({ usage, policy }: Untimed): Settled | null {
  const spec = 'RFC 8725 §3.12'
  switch (usage) {
    case 'client-authentication':
      if (policy['typ.ca'] === 'explicit' || policy['typ.ca'] === 'plain') {
        return { because: 'it says that it is something else than a client assertion', spec }
      }
      return null
    case 'authorization-grant':
      if ((policy['typ.grant'] ?? null) === null) return null
      return { because: `its type is not ${policy['typ.grant']}`, spec }
    case 'bearer-token':
      return { because: 'its type is not at+jwt', spec: 'RFC 9068 §4' }
    case 'dpop-proof':
      return { because: 'its type is not dpop+jwt', spec: 'RFC 9449 §4.3' }
  }
}

/** A time that is no number says nothing of when; only `nbf` then forbids what would be wrong to let pass. */
function ofWrongType(defect: Defect): Settled | null {
  if (defect['claim'] !== 'nbf') return null
  return { because: 'its nbf is no number, so it does not say from when', spec: 'RFC 7519 §4.1.5' }
}

/** Sound only where its issuer is known as a party of the other usage and not of this one. */
function madeForAnotherUsage({ truth, usage, target }: Untimed): Settled | null {
  if (!isAssertion(usage)) return null
  const parties = Object.values(target.principals).filter(({ id }) => id === truth.issuer)
  if (parties.length === 0 || parties.some((each) => each.usage === usage)) return null
  return {
    because: 'it was made for the other use of assertions, by a party that has no part in this one',
    spec: 'RFC 7523 §3; RFC 8725 §3.12',
  }
}
