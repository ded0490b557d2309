/** What is so of every assertion: its writing decides nothing, its signature and what it says everything. */
import type { Json, Usage } from '../../harness/model/plan.ts'
import type { AssertionsProperty, Oddity, Spoiling } from '../../harness/model/property.ts'
import { ALL, BOTH, CLIENT, GRANT } from '../draft.ts'

/**
 * No oddity of a request makes an assertion right that is wrong (RFC 6749 §3.2). A second grant type is none of these: who
 * is a client beside a grant may be given a token for itself, and then nobody has looked at the grant.
 */
const ODD: readonly Oddity[] = [
  { assertion: 'twice' },
  { assertion: 'in-query' },
  { carrier: 'json' },
  { carrier: 'query' },
  {
    params: [
      ['scope', ''],
      ['scope', 'x y'],
    ],
  },
]

const JUNK = { kind: 'junk' }

export const assertions: AssertionsProperty = {
  kind: 'assertions',
  name: 'property-assertions',
  question:
    'Does a rightly signed assertion get the same answer however it is written, and is none ever accepted that is unsigned or says the wrong thing?',
  section: 'RFC 7523 §3, RFC 7519 §4, RFC 8725 §3.2',
  means: {
    conforms: 'Every right assertion that was drawn was accepted, and none of the others.',
    violates:
      'A right assertion was refused for how it is written, or accepted in spite of its signature or of what it says.',
  },
  usages: ALL,
  variations: [
    // RFC 7523 §3 item 8; RFC 7519 §4: what is not understood is ignored.
    { kind: 'unknown-claims', most: 3 },
    // Far below what servers limit a request to, so that nobody may call it too long.
    { kind: 'length', most: 1000 },
    // Optional by RFC 7523 §3 items 5 and 6; RFC 9068 §2.2 wants iat in access tokens.
    { kind: 'claim', name: 'iat', others: [null, { $now: -10 }], usages: BOTH },
    // RFC 7519 §2: dates are numbers, which need not be whole.
    { kind: 'claim', name: 'nbf', others: [{ $now: -10 }, { $now: -9.5 }] },
    { kind: 'claim', name: 'exp', others: [{ $now: 59.5 }] },
    // RFC 7519 §4.1.3, where the profile does not narrow it.
    { kind: 'audience-list' },
    // RFC 10070 §4 for clients; RFC 7519 §5.1 for other assertions.
    { kind: 'header', name: 'typ', others: ['client-authentication+jwt'], usages: CLIENT },
    { kind: 'header', name: 'typ', others: ['JWT'], usages: GRANT },
    // With several keys registered OpenID Connect Core §10.1 asks for a kid.
    { kind: 'header', name: 'kid', others: [null], needs: 'one-key' },
    // RFC 7519 §7.1 signs the JSON as it is written; RFC 8259 §2 and §7 leave much of that open.
    { kind: 'indent', others: [' ', '\t', '\r\n  '] },
    { kind: 'escapes', others: ['names', 'letters'] },
    { kind: 'order', ways: ['reversed'] },
    // RFC 6749 §3.2: parameters that are not recognised are ignored; its appendix B says how values may be written.
    { kind: 'unknown-parameters', most: 2, usages: BOTH },
    { kind: 'parameter-order', usages: BOTH },
    {
      kind: 'encoding',
      others: ['octets', 'small-octets', 'percent-spaces'],
      usages: BOTH,
    },
    // RFC 9110 §8.3.1: a media type with a parameter is that media type still.
    { kind: 'charset', usages: BOTH },
  ],
  statements: [
    { name: 'well-signed', attack: null, by: 'honest', cases: 16, spoilings: [] },
    {
      name: 'unsigned',
      attack: 'unsigned',
      by: 'hostile',
      cases: 12,
      oddities: ODD,
      spoilings: [
        { defect: { kind: 'algorithm-none' } },
        { defect: { kind: 'algorithm-none', spelling: 'None' } },
        { defect: { kind: 'algorithm-none', spelling: 'NONE' } },
        { defect: { kind: 'algorithm-none', spelling: 'nOnE' } },
        { defect: { kind: 'signature-empty' } },
        { defect: { kind: 'signature-bit' } },
        { defect: { kind: 'payload-bit' } },
        {
          defect: { kind: 'signature-random' },
          drawn: { octets: { kind: 'octets', least: 8, most: 96 } },
        },
        {
          defect: { kind: 'signature-cut' },
          drawn: { by: { kind: 'integer', least: 1, most: 63 } },
        },
      ],
    },
    {
      name: 'misspoken',
      attack: 'misspoken',
      by: 'hostile',
      cases: 12,
      oddities: ODD,
      spoilings: misspoken(),
    },
    {
      name: 'junk',
      attack: 'junk',
      by: 'hostile',
      cases: 16,
      open: true,
      oddities: [...ODD, { assertion: 'omitted' }, { assertion: 'empty' }],
      spoilings: junk(),
    },
  ],
}

/**
 * Whatever a stranger may send: right or wrong is not asked, as long as it is answered (RFC 6749 §5.2). The limits are
 * far below what servers have for a request, and RFC 8259 §9 lets a reader refuse what is nested too deeply.
 */
function junk(): readonly Spoiling[] {
  const json = { kind: 'json', least: 0, most: 3 } as const
  const text = { kind: 'text', least: 0, most: 200 } as const
  const claims = ['exp', 'nbf', 'iat', 'iss', 'sub', 'aud', 'jti', 'cnf', 'client_id']
  const members = ['alg', 'kid', 'typ', 'cty', 'crit', 'b64', 'jwk', 'jku', 'x5c', 'zip']
  return [
    { defect: JUNK, drawnClaims: { cupel_deep: { kind: 'nested', least: 2, most: 512 } } },
    ...claims.map((name) => ({ defect: { ...JUNK, claim: name }, drawnClaims: { [name]: json } })),
    ...members.map((name) => ({ defect: JUNK, drawnHeader: { [name]: json } })),
    { defect: JUNK, drawnHeader: { kid: text } },
    { defect: { ...JUNK, claim: 'jti' }, drawnClaims: { jti: text } },
    { defect: JUNK, drawnHeader: { cupel_deep: { kind: 'nested', least: 2, most: 512 } } },
    { defect: { kind: 'junk-text' }, drawn: { text }, usages: BOTH },
  ]
}

/** Rightly signed, and wrong by what it says: far enough from every edge that no leeway and no clock decides. */
function misspoken(): readonly Spoiling[] {
  return [
    { defect: { kind: 'expired' }, claims: { exp: { $now: -86_400 } } },
    { defect: { kind: 'not-yet' }, claims: { nbf: { $now: 86_400 }, exp: { $now: 86_460 } } },
    without('exp', BOTH),
    {
      defect: { kind: 'audience', form: 'foreign' },
      claims: { aud: 'https://another-server.cupel.example' },
    },
    without('aud', ALL),
    without('sub', BOTH),
    without('iss', GRANT),
    // RFC 7519 §4.1: of another type than the claim has.
    typed('exp', '2099-01-01T00:00:00Z', BOTH),
    typed('aud', 42, ALL),
    typed('sub', ['somebody'], BOTH),
    // RFC 7519 §4: of a claim that stands twice the last counts, or the whole is refused.
    { defect: { kind: 'duplicate-claim', claim: 'exp', last: { $now: -86_400 } } },
    {
      defect: {
        kind: 'duplicate-claim',
        claim: 'aud',
        last: 'https://another-server.cupel.example',
      },
    },
  ]
}

function typed(claim: string, value: Json, usages: readonly Usage[]): Spoiling {
  return { defect: { kind: 'claim', claim, form: 'typed' }, claims: { [claim]: value }, usages }
}

function without(claim: string, usages: readonly Usage[]): Spoiling {
  return { defect: { kind: 'claim', claim, form: 'missing' }, claims: { [claim]: null }, usages }
}
