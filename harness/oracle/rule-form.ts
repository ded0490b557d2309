/** What documents make of an assertion that is right in its claims and its key, yet not in its bytes, header or request. */
import type { Defect } from '../model/plan.ts'
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
  'duplicate-claim',
  'raw-claim',
])

/** Other bytes for what is right: a reader must take them (RFC 7519 §3, RFC 8259 §2). */
const HARMLESS: ReadonlySet<string> = new Set(['payload-spaced'])

const UNREADABLE: Settled = {
  because: 'its claims are no JSON object in UTF-8',
  spec: 'RFC 7519 §7.2',
}
const UNENCODED: Settled = {
  because: 'a JWT must not have an unencoded payload',
  spec: 'RFC 7797 §7',
}

const REFUSED: ReadonlyMap<string, Settled> = new Map([
  [
    'crit-unknown',
    { because: 'it names an extension as critical that nobody knows', spec: 'RFC 7515 §4.1.11' },
  ],
  ['padded', { because: 'a segment of it ends in padding', spec: 'RFC 7515 §2, §5.2' }],
  ['payload-text', UNREADABLE],
  ['payload-unencoded', UNENCODED],
  ['b64-false', UNENCODED],
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
    default:
      return REFUSED.get(defect.kind) ?? null
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
