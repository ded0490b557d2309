/** RFC 7515 section 4: what the header of a signature may say, and who may be believed. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, refused, tabled, told, UNCHANGED } from '../draft.ts'

const unknownHeader: Check = {
  id: 'rfc7515/4/unknown-header',
  title: 'Header members the server does not know are ignored',
  section: 'RFC 7515 §4',
  level: 'must',
  requirement:
    'A header member that is not understood, and not marked as critical, is passed over.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('one-unknown', { header: { 'x-cupel': 'of no meaning' }, defect: null }, [
      // JWT-SVID §2 lets nobody put in others than those it names.
      { when: { 'typ.ca': 'plain' }, deserves: 'either', because: 'a JWT-SVID has no such member' },
      {
        declared: { without: 'spiffe' },
        deserves: 'accept',
        because: 'it is right in everything and has a header member more',
      },
      { deserves: 'either', because: 'a JWT-SVID has no such member' },
    ]),
  ],
}

const duplicate: Check = {
  id: 'rfc7515/4/dup-header',
  title: 'A header with a member twice is not judged by the first of them',
  section: 'RFC 7515 §4, §5.2, §10.12',
  level: 'must',
  requirement:
    'A header member that stands twice makes a reader refuse the whole or take the last one.',
  usages: ALL,
  finding: 'claims/first-duplicate-taken',
  cases: [
    refused(
      'none-last',
      { defect: { kind: 'duplicate-header', member: 'alg', last: 'none' } },
      'its last algorithm is none, and it has a signature',
    ),
    told(
      'none-first',
      {
        header: { alg: 'none' },
        defect: { kind: 'duplicate-header', member: 'alg', last: 'ES256' },
      },
      'both are allowed: to refuse it and to take the last',
      { needs: ['es256-key'] },
    ),
  ],
}

const algorithmMissing: Check = {
  id: 'rfc7515/4.1.1/alg-missing',
  title: 'A header without an algorithm is refused',
  section: 'RFC 7515 §4.1.1',
  level: 'must',
  requirement: 'The header must name the algorithm, as a text.',
  usages: ALL,
  finding: 'algorithm/unnamed-accepted',
  cases: [
    refused('absent', algorithm(null), 'it names no algorithm'),
    refused('in-a-list', algorithm(['ES256']), 'its algorithm is a list'),
    refused('number', algorithm(256), 'its algorithm is a number'),
  ],
}

const algorithmCase: Check = {
  id: 'rfc7515/4.1.1/alg-case',
  title: 'An algorithm spelt otherwise is another one',
  section: 'RFC 7515 §4.1.1',
  level: 'must',
  requirement: 'Names of algorithms are compared with regard to case, and to every character.',
  usages: ALL,
  finding: 'algorithm/unnamed-accepted',
  cases: [
    refused('small', algorithm('es256'), 'there is no algorithm of that name', {
      needs: ['es256-key'],
    }),
    refused('mixed', algorithm('Es256'), 'there is no algorithm of that name', {
      needs: ['es256-key'],
    }),
    refused('with-a-space', algorithm('ES256 '), 'there is no algorithm of that name', {
      needs: ['es256-key'],
    }),
  ],
}

const keyUrl: Check = {
  id: 'rfc7515/4.1.2/jku-x5u',
  title: 'A key that the header only points to is not believed',
  section: 'RFC 7515 §4.1.2, §4.1.5; RFC 8725 §3.10',
  level: 'must',
  requirement: 'An address in the header names nobody’s key unless it is known to be the issuer’s.',
  usages: ALL,
  finding: 'signature/embedded-key-accepted',
  cases: [
    refused(
      'jku',
      attackers({ jku: 'https://keys.cupel.example/attacker.json' }),
      'a stranger signed it and says where the key is to be found',
    ),
    refused(
      'x5u',
      attackers({ x5u: 'https://keys.cupel.example/attacker.pem' }),
      'a stranger signed it and says where the certificate is to be found',
    ),
  ],
}

const embeddedKey: Check = {
  id: 'rfc7515/4.1.3/jwk-embedded',
  title: 'A key that the header brings along is not believed',
  section: 'RFC 7515 §4.1.3, §10.3; RFC 8725 §3.8',
  level: 'must',
  requirement:
    'An assertion is verified with a key that its issuer registered, never with one it brings.',
  usages: ALL,
  finding: 'signature/embedded-key-accepted',
  cases: [
    refused(
      'without-a-kid',
      { header: { kid: null }, defect: { kind: 'attacker-key', embed: 'jwk' } },
      'a stranger signed it and put the key in the header',
    ),
    refused(
      'beside-the-right-kid',
      { defect: { kind: 'attacker-key', embed: 'jwk' } },
      'a stranger signed it, put the key in the header, and names the right one too',
    ),
  ],
}

const certificate: Check = {
  id: 'rfc7515/4.1.6/x5c',
  title: 'A certificate that the header brings along is not believed',
  section: 'RFC 7515 §4.1.6; RFC 8725 §3.8',
  level: 'must',
  requirement:
    'A certificate in the header names nobody’s key unless somebody who is trusted has signed it.',
  usages: ALL,
  finding: 'signature/embedded-key-accepted',
  cases: [
    refused(
      'signed-by-itself',
      { header: { kid: null }, defect: { kind: 'attacker-key', embed: 'x5c' } },
      'a stranger signed it and put a certificate of its own making in the header',
    ),
  ],
}

export const section4: readonly Check[] = [
  unknownHeader,
  duplicate,
  algorithmMissing,
  algorithmCase,
  keyUrl,
  embeddedKey,
  certificate,
]

function algorithm(alg: Json) {
  return { ...UNCHANGED, header: { alg }, defect: { kind: 'header', member: 'alg' } }
}

function attackers(header: Readonly<Record<string, Json>>) {
  return { header: { kid: null, ...header }, defect: { kind: 'attacker-key' } }
}
