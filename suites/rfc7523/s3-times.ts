/** RFC 7523 section 3 items 4 to 6: from when and until when an assertion is good. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, BOTH, claim, CLIENT, GRANT, refused, tabled, told, type Row } from '../draft.ts'

const GRANTED = 'a clock that differs so little is granted by the target’s own word'
const NO_NUMBER = 'no document gives a number for so small a difference'

/** Distances in seconds: a second or two inside or outside of bands of 5, 10 and 30 s, for clocks that are read in whole ones. */
const NEAR = 5
const PAST_TEN = 25

const expiryMissing: Check = {
  id: 'rfc7523/3/exp-missing',
  title: 'An assertion that never expires is refused',
  section: 'RFC 7523 §3 item 4',
  level: 'must',
  requirement: 'An assertion must say when it ends; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'time/expiry-missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['exp'], defect: { kind: 'claim', claim: 'exp' } },
      'it says nothing of when it ends',
    ),
    refused(
      'null',
      { set: { exp: null }, defect: { kind: 'claim', claim: 'exp' } },
      'its end is null, which is none',
    ),
  ],
}

const expired: Check = {
  id: 'rfc7523/3/exp-past',
  title: 'An expired assertion is refused',
  section: 'RFC 7523 §3 item 4',
  level: 'must',
  requirement: 'The server must refuse an assertion whose end has passed, some clock skew allowed.',
  usages: BOTH,
  finding: 'time/expired-accepted',
  cases: [
    tabled('just-past-the-leeway', past(PAST_TEN), refusedFrom(PAST_TEN - 5)),
    tabled('five-minutes-ago', past(300), refusedFrom(290)),
    refused('eleven-minutes-ago', past(700), 'it ended more than ten minutes ago'),
    refused('a-day-ago', past(86_400), 'it ended a day ago'),
  ],
}

const expiryAhead: Check = {
  id: 'rfc7523/3/exp-ahead',
  title: 'An assertion that still has some seconds is accepted',
  section: 'RFC 7523 §3 item 4; RFC 7519 §4.1.4',
  level: 'derived',
  requirement:
    'Clock skew is allowed for by taking an assertion longer, never by refusing it sooner.',
  usages: BOTH,
  finding: 'time/leeway-wrong-way',
  cases: [
    accepted(
      'eight-seconds-left',
      claim('exp', { $now: 8 }, null),
      'it is good for eight seconds yet',
      {
        refusal: 'time/leeway-wrong-way',
      },
    ),
  ],
}

const expiryInLeeway: Check = {
  id: 'rfc7523/3/exp-past-in-leeway',
  title: 'An assertion that has just ended',
  section: 'RFC 7523 §3 item 4; RFC 7519 §4.1.4',
  level: 'may',
  requirement: 'Some leeway for differing clocks may be given; no document says how much.',
  usages: BOTH,
  finding: 'time/expired-accepted',
  cases: [told('a-second-ago', past(1), NO_NUMBER), told('half-a-minute-ago', past(30), NO_NUMBER)],
}

const expiryFar: Check = {
  id: 'rfc7523/3/exp-far-future',
  title: 'An assertion that lives very long',
  section: 'RFC 7523 §3 item 4',
  level: 'may',
  requirement: 'The server may refuse an assertion whose end lies unreasonably far ahead.',
  usages: BOTH,
  finding: 'time/expiry-missing-accepted',
  cases: [
    told(
      'an-hour',
      claim('exp', { $now: 3600 }, { kind: 'claim', claim: 'exp' }),
      'it is good for an hour',
    ),
    told(
      'a-day',
      claim('exp', { $now: 86_400 }, { kind: 'claim', claim: 'exp' }),
      'it is good for a day',
    ),
    told(
      'ten-years',
      claim('exp', { $now: 315_360_000 }, { kind: 'claim', claim: 'exp' }),
      'it is good for ten years',
    ),
  ],
}

const lifetimeLimit: Check = {
  id: 'rfc7523/3/lifetime-limit',
  title: 'An assertion that lives longer than its profile has it',
  section: 'RFC 7523 §3 item 4',
  // Profiles say it to the client; that the server must look follows from it.
  level: 'should',
  requirement:
    'Where a profile or a target names the longest life of an assertion, one of ten years is refused.',
  usages: BOTH,
  finding: 'time/lifetime-unlimited',
  cases: [
    tabled('ten-years', claim('exp', { $now: 315_360_000 }, { kind: 'claim', claim: 'exp' }), [
      {
        when: { 'lifetime.maxSeconds': null },
        deserves: 'either',
        because: 'no document gives a number',
      },
      { deserves: 'reject', because: 'it lives longer than the profile has it' },
    ]),
  ],
}

const notBefore: Check = {
  id: 'rfc7523/3/nbf-future',
  title: 'An assertion is refused before its time',
  section: 'RFC 7523 §3 item 5',
  level: 'must',
  requirement:
    'The server must refuse an assertion whose beginning is yet to come, some clock skew allowed.',
  usages: BOTH,
  finding: 'time/not-yet-valid-accepted',
  cases: [
    tabled('just-past-the-leeway', beginning(PAST_TEN), refusedFrom(PAST_TEN - 5)),
    refused('in-twelve-minutes', beginning(720), 'it begins in twelve minutes'),
    refused('in-an-hour', beginning(3600), 'it begins in an hour'),
  ],
}

const notBeforeInLeeway: Check = {
  id: 'rfc7523/3/nbf-in-leeway',
  title: 'An assertion that begins within the granted leeway is accepted',
  section: 'RFC 7523 §3 item 5; RFC 7519 §4.1.5',
  level: 'derived',
  requirement: 'What a target or a profile grants for differing clocks it must give.',
  usages: BOTH,
  finding: 'time/not-yet-valid-accepted',
  cases: [
    tabled('five-seconds-ahead', beginning(NEAR), granted(NEAR), {
      refusal: 'time/granted-skew-refused',
    }),
  ],
}

const issuedAtAbsent: Check = {
  id: 'rfc7523/3/iat-absent',
  title: 'An assertion that does not say when it was issued is accepted',
  section: 'RFC 7523 §3 item 6',
  level: 'may',
  requirement: 'The time of issue may be left out.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('absent', { drop: ['iat'], defect: null }, [
      { usages: CLIENT, deserves: 'accept', because: 'all that must be there is there' },
      // The one profile that wants an identifier in grants wants this, too.
      {
        usages: GRANT,
        when: { 'jti.grant.required': false },
        deserves: 'accept',
        because: 'all that must be there is there',
      },
      { deserves: 'either', because: 'an identity assertion must have one (ID-JAG §3.1)' },
    ]),
  ],
}

const issuedAtOld: Check = {
  id: 'rfc7523/3/iat-old',
  title: 'An assertion that was issued long ago and is still good',
  section: 'RFC 7523 §3 item 6',
  level: 'may',
  requirement: 'The server may refuse what was issued unreasonably long ago.',
  usages: BOTH,
  finding: 'time/expired-accepted',
  cases: [
    told(
      'a-day-ago',
      claim('iat', { $now: -86_400 }, { kind: 'claim', claim: 'iat' }),
      'it was issued a day ago, and ends in a minute',
    ),
  ],
}

const issuedAtFuture: Check = {
  id: 'rfc7523/3/iat-future',
  title: 'An assertion that was issued a little ahead of the server’s clock is accepted',
  section: 'RFC 7523 §3 item 6; RFC 7519 §4.1.6',
  level: 'derived',
  requirement:
    'What a target or a profile grants for differing clocks holds for the time of issue too; beyond that no document says anything of it.',
  usages: BOTH,
  finding: 'time/not-yet-valid-accepted',
  cases: [
    tabled('five-seconds-ahead', issued(NEAR), granted(NEAR), {
      refusal: 'time/granted-skew-refused',
    }),
    told('half-a-minute-ahead', issued(30), NO_NUMBER),
    told('an-hour-ahead', issued(3600), 'no document says what becomes of it'),
  ],
}

export const section3Times: readonly Check[] = [
  expiryMissing,
  expired,
  expiryAhead,
  expiryInLeeway,
  expiryFar,
  lifetimeLimit,
  notBefore,
  notBeforeInLeeway,
  issuedAtAbsent,
  issuedAtOld,
  issuedAtFuture,
]

function past(seconds: number) {
  return claim('exp', { $now: -seconds }, { kind: 'expired', seconds })
}

function beginning(seconds: number) {
  return claim('nbf', { $now: seconds }, { kind: 'not-yet', seconds })
}

function issued(seconds: number) {
  return claim('iat', { $now: seconds }, { kind: 'not-yet', seconds })
}

function refusedFrom(seconds: number): readonly Row[] {
  return [
    {
      declared: { refuses: seconds },
      deserves: 'reject',
      because: 'by its own word the target refuses what is so far past an edge',
    },
    { deserves: 'either', because: NO_NUMBER },
  ]
}

/** Two seconds more must be granted than are asked for, since clocks are read in whole ones. */
function granted(seconds: number): readonly Row[] {
  return [
    { declared: { grants: seconds + 2 }, deserves: 'accept', because: GRANTED },
    {
      when: { 'future.leewaySeconds': { grant: 10, refuse: 60 } },
      deserves: 'accept',
      because: 'the profile grants ten seconds',
    },
    { deserves: 'either', because: NO_NUMBER },
  ]
}
