/** RFC 9449 section 4.3: the twelve things that are looked at in a proof. */
import type { Change, Check } from '../../harness/model/check.ts'
import { accepted, claim, PROOF, refused, tabled, told, type Extra } from '../draft.ts'

const DPOP: Extra = { needs: ['dpop'] }
const FINDING = 'dpop/invalid-proof-accepted'
const SECTION = 'RFC 9449 §4.2, §4.3'

const malformed: Check = {
  id: 'rfc9449/4.3/malformed',
  title: 'A header with two proofs, or with none that can be read, is refused',
  section: SECTION,
  level: 'must',
  requirement: 'There is one DPoP header, and one well-formed JWT in it.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('two-with-a-comma', { defect: { kind: 'joined', separator: ', ' } }, 'it is two proofs'),
    wrong('two-segments', { defect: { kind: 'segments', form: 'two' } }, 'it has two segments'),
  ],
}

const claims: Check = {
  id: 'rfc9449/4.3/missing-claim',
  title: 'A proof without one of its claims is refused',
  section: SECTION,
  level: 'must',
  requirement: 'A proof has an identifier, a method, an address and a time of issue.',
  usages: PROOF,
  finding: FINDING,
  cases: ['jti', 'htm', 'htu', 'iat'].map((name) =>
    wrong(`without-${name}`, { drop: [name], defect: proof(name) }, `it has no ${name}`),
  ),
}

const type: Check = {
  id: 'rfc9449/4.3/typ',
  title: 'A proof that does not say that it is one is refused',
  section: 'RFC 9449 §4.2, §4.3, §11.5',
  level: 'must',
  requirement: 'The type is dpop+jwt: whoever signs other JWTs with that key did not sign a proof.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('absent', typed(null), 'it does not say what it is'),
    wrong('plain', typed('JWT'), 'it says no more than that it is a JWT'),
    wrong('access-token', typed('at+jwt'), 'it says that it is something else'),
  ],
}

const algorithm: Check = {
  id: 'rfc9449/4.3/alg',
  title: 'A proof that is not signed with a key of two halves is refused',
  section: 'RFC 9449 §4.2, §4.3, §11.6',
  level: 'must',
  requirement: 'A proof is signed, and not with a secret.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('none', { defect: { kind: 'algorithm-none' } }, 'it is not signed'),
    wrong(
      'hs256',
      { header: { alg: 'HS256' }, defect: { kind: 'public-key-as-secret', form: 'jwk-text' } },
      'its MAC was made with its own public key',
    ),
  ],
}

const signature: Check = {
  id: 'rfc9449/4.3/signature',
  title: 'A proof that the key in its header did not sign is refused',
  section: SECTION,
  level: 'must',
  requirement: 'The signature verifies with the key that the proof brings along.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('signature-bit', { defect: { kind: 'signature-bit' } }, 'one bit of it was changed'),
    wrong('another-key', { defect: { kind: 'attacker-key' } }, 'another key signed it'),
  ],
}

const privateKey: Check = {
  id: 'rfc9449/4.3/private-jwk',
  title: 'A proof that gives its private key away is refused',
  section: SECTION,
  level: 'must',
  requirement: 'The key in the header must not hold its private half.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong(
      'private-half',
      { defect: { kind: 'attacker-key', embed: 'private-jwk' } },
      'its header holds a private key',
    ),
  ],
}

const method: Check = {
  id: 'rfc9449/4.3/htm',
  title: 'A proof for another method is refused',
  section: SECTION,
  level: 'must',
  requirement: 'The method in the proof is that of its request.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('get', claim('htm', 'GET', proof('htm')), 'it was made for a GET'),
    told('small', claim('htm', 'post', proof('htm-case')), 'methods are told apart by case', DPOP),
  ],
}

const address: Check = {
  id: 'rfc9449/4.3/htu-other',
  title: 'A proof for another address is refused',
  section: SECTION,
  level: 'must',
  requirement: 'The address in the proof is that of its request.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong(
      'another-host',
      addressed('https://somebody-else.example/token'),
      'it was made for another host',
    ),
    wrong(
      'another-path',
      claim('htu', { $audience: 'token-endpoint', suffix: '/other' }, proof('htu')),
      'it was made for another path',
    ),
    wrong(
      'plain-http',
      claim('htu', { $audience: 'token-endpoint', spelling: 'plain-http' }, proof('htu')),
      'it was made for the same address without TLS',
    ),
  ],
}

const query: Check = {
  id: 'rfc9449/4.3/htu-query',
  title: 'A proof whose address has a query',
  section: SECTION,
  level: 'may',
  requirement: 'Query and fragment are left out of the comparison.',
  usages: PROOF,
  finding: 'refusal/valid-refused',
  cases: [
    told(
      'query-added',
      claim('htu', { $audience: 'token-endpoint', suffix: '?a=b' }, proof('htu-query')),
      'it ought not to be there, and is to be left out',
      DPOP,
    ),
  ],
}

const normalised: Check = {
  id: 'rfc9449/4.3/htu-normalise',
  title: 'A proof whose address is written otherwise ought to be accepted',
  section: SECTION,
  level: 'should',
  requirement: 'Addresses ought to be normalised before they are compared, unlike audiences.',
  usages: PROOF,
  finding: 'refusal/valid-refused',
  cases: [
    accepted(
      'upper-case-host',
      claim('htu', { $audience: 'token-endpoint', spelling: 'upper-host' }, null),
      'it is the same address in capitals',
      DPOP,
    ),
    accepted(
      'default-port',
      claim('htu', { $audience: 'token-endpoint', spelling: 'default-port' }, null),
      'it is the same address with the port that goes without saying',
      DPOP,
    ),
  ],
}

const old: Check = {
  id: 'rfc9449/4.3/iat-old',
  title: 'A proof of yesterday is refused',
  section: 'RFC 9449 §4.3, §11.1',
  level: 'must',
  requirement: 'A proof is good for seconds or minutes after it was made.',
  usages: PROOF,
  finding: FINDING,
  cases: [
    wrong('a-day-ago', claim('iat', { $now: -86_400 }, proof('iat')), 'it was made a day ago'),
  ],
}

const future: Check = {
  id: 'rfc9449/4.3/iat-future',
  title: 'A proof from the future',
  section: 'RFC 9449 §11.1; FAPI 2.0 Security Profile §5.3.2.1',
  level: 'must',
  requirement: 'Clocks may differ a little; FAPI 2.0 says by how much.',
  usages: PROOF,
  finding: FINDING,
  cases: [5, 30, 70, 3600].map((seconds) =>
    tabled(
      `${seconds}-seconds`,
      claim('iat', { $now: seconds }, proof('iat-ahead')),
      [
        ...(seconds > 60
          ? [
              {
                when: { 'future.leewaySeconds': { grant: 10, refuse: 60 } },
                deserves: 'reject',
                because: 'it lies more than a minute ahead',
              } as const,
            ]
          : []),
        { deserves: 'either', because: 'no text gives a number' },
      ],
      DPOP,
    ),
  ),
}

export const section43: readonly Check[] = [
  malformed,
  claims,
  type,
  algorithm,
  signature,
  privateKey,
  method,
  address,
  query,
  normalised,
  old,
  future,
]

function wrong(name: string, change: Change, because: string) {
  return refused(name, change, because, DPOP)
}

function proof(of: string) {
  return { kind: 'proof', of }
}

function typed(typ: string | null): Change {
  return { header: { typ }, defect: { kind: 'type', typ } }
}

function addressed(htu: string): Change {
  return claim('htu', htu, proof('htu'))
}
