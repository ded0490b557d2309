/** RFC 7523 section 3 items 7 and 8: what an assertion is remembered by, and what else may stand in it. */
import type { CaseDraft, Check } from '../../harness/model/check.ts'
import type { Defect } from '../../harness/model/plan.ts'
import { accepted, BOTH, CLIENT, claim, GRANT, tabled } from '../draft.ts'

/** The same signed object in bytes that anybody can make of it, without its key (RFC 4648 §3.5, RFC 7518 §3.4). */
const OTHERWISE: readonly (readonly [name: string, altered: Defect])[] = [
  ['in-other-characters', { kind: 'signature-trailing-bits' }],
  ['with-the-other-s', { kind: 'signature-high-s' }],
]

const jtiAbsent: Check = {
  id: 'rfc7523/3/jti-absent',
  title: 'An assertion without an identifier',
  section: 'RFC 7523 §3 item 7',
  level: 'may',
  requirement: 'An assertion may have an identifier; some profiles demand one.',
  usages: BOTH,
  finding: 'identity/identifier-missing-accepted',
  cases: [
    tabled(
      'absent',
      { drop: ['jti'], defect: { kind: 'claim', claim: 'jti' } },
      [
        {
          when: { 'jti.ca.required': false },
          deserves: 'accept',
          because: 'an identifier is optional',
        },
        { deserves: 'either', because: 'the profile demands an identifier' },
      ],
      { usages: CLIENT },
    ),
    tabled(
      'absent-from-a-grant',
      { drop: ['jti'], defect: { kind: 'claim', claim: 'jti' } },
      [
        {
          when: { 'jti.grant.required': false },
          deserves: 'accept',
          because: 'an identifier is optional',
        },
        { deserves: 'either', because: 'the profile demands an identifier' },
      ],
      { usages: GRANT },
    ),
  ],
}

const replayed: Check = {
  id: 'rfc7523/3/replay-ca',
  title: 'A client assertion sent twice',
  section: 'RFC 7523 §3 item 7, §6; OpenID Connect Core §9',
  level: 'must',
  requirement:
    'A server may see to it that an assertion is used once; OpenID Connect demands it, and so does a target’s own promise.',
  usages: CLIENT,
  finding: 'replay/accepted-sequentially',
  cases: [twice('jti.ca.singleUse'), ...OTHERWISE.map((each) => again(each, 'jti.ca.singleUse'))],
}

const replayedGrant: Check = {
  id: 'rfc7523/3/replay-jg',
  title: 'A grant sent twice',
  section: 'RFC 7523 §3 item 7, §6; RFC 7521 §4.1',
  level: 'may',
  requirement:
    'A server may see to it that a grant is used once, and may as well let a valid one be used again.',
  usages: GRANT,
  finding: 'replay/accepted-sequentially',
  cases: [
    twice('jti.grant.singleUse'),
    ...OTHERWISE.map((each) => again(each, 'jti.grant.singleUse')),
  ],
}

const sameIdentifier: Check = {
  id: 'rfc7523/3/jti-same-other-body',
  title: 'A used identifier in a new assertion',
  section: 'RFC 7523 §3 item 7',
  level: 'derived',
  requirement: 'What is remembered is the identifier, whatever else the assertion says.',
  usages: BOTH,
  finding: 'replay/accepted-sequentially',
  cases: [
    {
      name: 'signed-anew',
      steps: [
        { name: 'first', change: claim('jti', { $jti: 'one-for-two-' }, null) },
        {
          name: 'second',
          change: { set: { jti: { $jti: 'one-for-two-' }, exp: { $now: 50 } }, defect: null },
        },
      ],
      expects: [
        { step: 'first', deserves: 'accept', because: 'its identifier is new' },
        {
          step: 'second',
          deserves: 'either',
          because: 'only a target that promises single use must refuse it',
        },
      ],
    },
  ],
}

const afterFailure: Check = {
  id: 'rfc7523/3/jti-after-failure',
  title: 'An identifier of a request that failed for another reason',
  section: 'RFC 7523 §3 item 7',
  level: 'may',
  requirement: 'Whether a right assertion is spent by a request that fails otherwise is not said.',
  usages: CLIENT,
  finding: 'replay/accepted-sequentially',
  cases: [
    {
      name: 'for-a-grant-that-nobody-knows',
      steps: [
        { name: 'failed', form: { set: { grant_type: 'urn:example:grant-type:nobodys' } } },
        { name: 'again', parts: [{ kind: 'again', step: 'failed' }] },
      ],
      expects: [
        {
          step: 'failed',
          deserves: 'either',
          because: 'its assertion is right, and its request not',
        },
        { step: 'again', deserves: 'either', because: 'a server may have spent it, or not' },
      ],
    },
  ],
}

const perIssuer: Check = {
  id: 'rfc7523/3/jti-per-issuer',
  title: 'An identifier that another party has used',
  section: 'RFC 7523 §3 item 7; RFC 7519 §4.1.7',
  level: 'derived',
  requirement:
    'Identifiers are unique to their issuer; a memory that is shared by all issuers lets one spend another’s.',
  usages: BOTH,
  finding: 'replay/refused-first-use',
  cases: [
    {
      name: 'the-same-from-two',
      needs: ['second-client'],
      refusal: 'replay/refused-first-use',
      steps: [
        { name: 'before', by: 'another' },
        { name: 'first', change: claim('jti', { $jti: 'shared-' }, null) },
        { name: 'other', by: 'another', change: claim('jti', { $jti: 'shared-' }, null) },
        { name: 'after', by: 'another' },
      ],
      expects: [
        { step: 'before', deserves: 'either', because: 'it shows that the other party is known' },
        { step: 'first', deserves: 'accept', because: 'its identifier is new' },
        {
          step: 'other',
          when: { 'jti.scope': 'issuer' },
          deserves: 'accept',
          because: 'its issuer has not used that identifier',
        },
        {
          step: 'other',
          deserves: 'either',
          because: 'issuers are told to avoid each other’s identifiers',
        },
        { step: 'after', deserves: 'either', because: 'it shows that the other party is known' },
      ],
    },
    joined('where-one-name-goes-on', 'namesake', 'issuer and identifier in one text'),
    joined(
      'where-one-name-goes-on-with-a-mark',
      'namesake-and-mark',
      'issuer, mark and identifier in one text',
    ),
  ],
}

const mac: Check = {
  id: 'rfc7523/3/mac',
  title: 'An assertion with a MAC of the client’s secret',
  section: 'RFC 7523 §3 item 9; OpenID Connect Core §9',
  level: 'must',
  requirement:
    'A client that is registered with a secret may prove it by a MAC, unless its profile wants a signature.',
  usages: CLIENT,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    tabled('hs256', { algorithm: 'HS256', defect: null }, [
      {
        when: { 'mac.allowed': true, 'alg.allow': 'agreed' },
        deserves: 'accept',
        because: 'it is registered for it',
      },
      {
        when: { 'mac.allowed': false },
        deserves: 'reject',
        because: 'the profile wants a signature',
      },
      { deserves: 'either', because: 'whether a secret will do is not settled' },
    ]),
  ],
}

const extraClaims: Check = {
  id: 'rfc7523/3/extra-claims',
  title: 'Claims the server does not know are ignored',
  section: 'RFC 7523 §3 item 8',
  level: 'must',
  requirement: 'Further claims may stand in an assertion; what is not understood is passed over.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    accepted(
      'three-unknown',
      {
        set: {
          'https://cupel.example/claim': 'of no meaning',
          department: { name: 'assay', floor: 3 },
          colours: ['gold', 'lead'],
        },
        defect: null,
      },
      'it is right in everything and has three claims more',
    ),
  ],
}

export const section3Identifiers: readonly Check[] = [
  jtiAbsent,
  replayed,
  replayedGrant,
  sameIdentifier,
  afterFailure,
  perIssuer,
  mac,
  extraClaims,
]

/** Two parties, of whom one is named like the other with more behind it, and identifiers that make up for it. */
function joined(name: string, after: string, what: string): CaseDraft {
  return {
    name,
    needs: ['namesake'],
    refusal: 'replay/refused-first-use',
    steps: [
      { name: 'before', by: 'namesake' },
      { name: 'first', change: claim('jti', { $jti: 'joined-', after }, null) },
      { name: 'other', by: 'namesake', change: claim('jti', { $jti: 'joined-' }, null) },
      { name: 'after', by: 'namesake' },
    ],
    expects: [
      { step: 'before', deserves: 'either', because: 'it shows that the other party is known' },
      { step: 'first', deserves: 'accept', because: 'its identifier is new' },
      {
        step: 'other',
        deserves: 'accept',
        because: `nobody has used its identifier; only ${what} read as another’s do`,
      },
      { step: 'after', deserves: 'either', because: 'it shows that the other party is known' },
    ],
  }
}

type SingleUse = 'jti.ca.singleUse' | 'jti.grant.singleUse'

function twice(rule: SingleUse): CaseDraft {
  return {
    name: 'one-after-the-other',
    steps: [{ name: 'first' }, { name: 'second', parts: [{ kind: 'again', step: 'first' }] }],
    expects: once(rule, 'it has been used before'),
  }
}

function again([name, altered]: (typeof OTHERWISE)[number], rule: SingleUse): CaseDraft {
  return {
    name,
    needs: ['es256-key'],
    steps: [
      { name: 'first' },
      { name: 'second', parts: [{ kind: 'again', step: 'first', altered }] },
    ],
    expects: once(rule, 'it has been used before, in other bytes'),
  }
}

/** Whose reuse was agreed is held to nothing, by the general rule (oracle/deserving/obligation.ts). */
function once(rule: SingleUse, because: string): CaseDraft['expects'] {
  return [
    { step: 'first', deserves: 'accept', because: 'it is the control' },
    { step: 'second', when: { [rule]: 'required' }, deserves: 'reject', because },
    { step: 'second', when: { [rule]: 'unless-agreed' }, deserves: 'reject', because },
    {
      step: 'second',
      deserves: 'either',
      because: 'only a target that promises single use must refuse it',
    },
  ]
}
