/** RFC 7519 section 4.1.4: when an assertion ends. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, BOTH, claim, refused, told } from '../draft.ts'

const expiryType: Check = {
  id: 'rfc7519/4.1.4/exp-type',
  title: 'An end that is no number is refused',
  section: 'RFC 7519 §4.1.4',
  level: 'must',
  requirement: 'The end of an assertion is a number; what can be made into one is none.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    typed('digits', { $nowText: 60 }),
    typed('iso-date', '2099-01-01T00:00:00Z'),
    typed('null', null),
    typed('true', true),
    typed('in-a-list', [{ $now: 60 }]),
    typed('object', {}),
    // A token may have no end; one that cannot be read is not told from that by any sentence.
    ...Object.entries({ digits: { $nowText: 60 }, null: null, object: {} }).map(([form, value]) =>
      told(
        `of-a-token-${form}`,
        claim('exp', value, { kind: 'claim', claim: 'exp' }),
        'a resource server may know tokens without an end',
        { usages: ['bearer-token'] },
      ),
    ),
  ],
}

const expiryMillis: Check = {
  id: 'rfc7519/4.1.4/exp-millis',
  title: 'An end in milliseconds lies fifty thousand years ahead',
  section: 'RFC 7519 §2; RFC 7523 §3 item 4',
  level: 'may',
  requirement: 'Dates are seconds; a server may refuse an end that lies unreasonably far ahead.',
  usages: BOTH,
  finding: 'time/lifetime-unlimited',
  cases: [
    told(
      'a-minute-ahead',
      claim('exp', { $nowMs: 60 }, { kind: 'claim', claim: 'exp' }),
      'only a limit to lifetimes refuses it',
    ),
  ],
}

const expiryNow: Check = {
  id: 'rfc7519/4.1.4/exp-equals-now',
  title: 'An end that is this very second',
  section: 'RFC 7519 §4.1.4',
  level: 'may',
  requirement: 'The end must lie ahead of the clock; some leeway may be given.',
  usages: ALL,
  finding: 'time/expired-accepted',
  cases: [
    told(
      'this-second',
      claim('exp', { $now: 0 }, { kind: 'expired', seconds: 0 }),
      'whose clock was ahead, and by how much, decides',
    ),
  ],
}

const expiryNonpositive: Check = {
  id: 'rfc7519/4.1.4/exp-nonpositive',
  title: 'An end of zero or before is long past',
  section: 'RFC 7519 §4.1.4',
  level: 'must',
  requirement: 'Zero is a date like any other, and fifty years ago.',
  usages: ALL,
  finding: 'time/expired-accepted',
  cases: [ended('zero', 0), ended('minus-one', -1), ended('far-below', -10_000_000_000)],
}

const expiryOverflow: Check = {
  id: 'rfc7519/4.1.4/exp-overflow',
  title: 'An end that is too large to be a date',
  section: 'RFC 7519 §4.1.4; RFC 8259 §6; RFC 7523 §3 item 4',
  level: 'derived',
  requirement:
    'A number that no reader can hold must not come to mean “never”; one that can be held may be unreasonably far ahead.',
  usages: ALL,
  finding: 'time/expiry-missing-accepted',
  cases: [
    literal('infinite', '1e400'),
    literal('beyond-64-bits', '9223372036854775808'),
    literal('beyond-53-bits', '9007199254740993'),
  ],
}

export const section414: readonly Check[] = [
  expiryType,
  expiryMillis,
  expiryNow,
  expiryNonpositive,
  expiryOverflow,
]

function typed(form: string, value: Json) {
  return refused(
    form,
    claim('exp', value, { kind: 'claim', claim: 'exp' }),
    'its exp is of another type',
    { usages: BOTH },
  )
}

function ended(name: string, exp: number) {
  return refused(name, claim('exp', exp, { kind: 'claim', claim: 'exp' }), 'it ended decades ago')
}

function literal(name: string, text: string) {
  return told(
    name,
    { defect: { kind: 'raw-claim', claim: 'exp', literal: text } },
    'a server may call it unreasonable, and ought to',
  )
}
